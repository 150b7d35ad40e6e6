package org.headgate.uplink.runtime;

import java.util.Optional;
import java.util.TreeMap;

/** The messages that wait for the server's answer, by their tokens, in the order in which they were sent. On the uplink's loop only. */
final class InFlight {
    private final TreeMap<Long, Flight> flights = new TreeMap<>();
    private long nextToken;

    /** A message goes out; returns its token, which no other message has. */
    long add(Flight flight) {
        flights.put(nextToken, flight);
        return nextToken++;
    }

    /** A message is answered; empty when it is not waited for any more. */
    Optional<Flight> remove(long token) {
        return Optional.ofNullable(flights.remove(token));
    }

    int size() {
        return flights.size();
    }

    /** The one that has waited longest of those that carry a batch. */
    Optional<Flight> firstBatch() {
        return flights.values().stream()
                .filter(flight -> flight.shipment().isPresent())
                .findFirst();
    }

    /** Since when the one that has waited longest of all is on its way. */
    Optional<Long> sinceNanos() {
        return Optional.ofNullable(flights.firstEntry())
                .map(first -> first.getValue().sinceNanos());
    }

    void clear() {
        flights.clear();
    }
}
