package org.headgate.driver.process;

import java.util.Set;

/** What a device knows of its program: rows, refused lines, lines on standard error, and those of a poll of which newer ones had all. */
final class Counts {
    static final String ROWS = "count/rows";
    static final String REFUSED = "count/refused";
    static final String ERRORS = "count/errors";
    static final String OLDER = "count/older";
    private static final Set<String> SOURCES = Set.of(ROWS, REFUSED, ERRORS, OLDER);

    private Counts() {}

    static boolean isSource(String source) {
        return SOURCES.contains(source);
    }
}
