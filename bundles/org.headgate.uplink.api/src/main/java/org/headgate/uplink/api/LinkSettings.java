package org.headgate.uplink.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a transport gets to know of an uplink.
 *
 * @param uplink the uplink's name, for log lines
 * @param gateway the gateway's identity
 * @param address the server, for example {@code mqtt://127.0.0.1:1883}
 * @param timeout how long connecting may take
 * @param inFlight how many messages may be unacknowledged at a time
 * @param user the user's name; empty for none
 * @param password the password; empty for none. Never logged
 * @param options keys of the uplink's file that neither the runtime nor the format knows, for the transport
 * @param will what the server publishes when the link breaks without a farewell; empty for nothing
 * @param files reads a file that a setting names, anew each time: {@code @name} a secret, any other name a file in {@code HOME/files};
 *     empty when there is none
 */
public record LinkSettings(
        String uplink,
        String gateway,
        String address,
        Duration timeout,
        int inFlight,
        String user,
        char[] password,
        Map<String, String> options,
        Optional<Message> will,
        Function<String, Optional<byte[]>> files) {
    public LinkSettings {
        options = Map.copyOf(options);
    }

    /** The same with another password. */
    public LinkSettings withPassword(char[] text) {
        return new LinkSettings(uplink, gateway, address, timeout, inFlight, user, text, options, will, files);
    }

    /** The same with a will. */
    public LinkSettings withWill(Optional<Message> other) {
        return new LinkSettings(uplink, gateway, address, timeout, inFlight, user, password, options, other, files);
    }

    @Override
    public String toString() {
        return "LinkSettings[" + uplink + " " + address + "]";
    }
}
