package org.headgate.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the last search of each line has seen, and what one that runs is doing: for the command that shows it. Thread-safe. */
final class Sightings {
    private final Map<String, Search> searches = new ConcurrentHashMap<>();

    /** A search of one line. */
    static final class Search {
        private final List<ProbedUnit> seen = new ArrayList<>();
        private String progress = "";

        synchronized void progress(String line) {
            progress = line;
        }

        synchronized void saw(ProbedUnit unit) {
            seen.add(unit);
        }

        /** What it is doing. */
        synchronized String progress() {
            return progress;
        }

        synchronized List<ProbedUnit> seen() {
            return List.copyOf(seen);
        }
    }

    /** A search begins; what the one before has seen is forgotten. */
    Search begin(String medium) {
        Search search = new Search();
        searches.put(medium, search);
        return search;
    }

    Optional<Search> of(String medium) {
        return Optional.ofNullable(searches.get(medium));
    }
}
