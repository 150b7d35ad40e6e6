package org.headgate.driver.process;

import java.util.Set;

/** What a device knows of its program. */
final class Counts {
    static final String ROWS = "count/rows";
    static final String REFUSED = "count/refused";
    static final String ERRORS = "count/errors";
    private static final Set<String> SOURCES = Set.of(ROWS, REFUSED, ERRORS);

    private Counts() {}

    static boolean isSource(String source) {
        return SOURCES.contains(source);
    }
}
