package org.headgate.config.api;

import java.util.List;

/**
 * A state of the set-up that was in force, with who made it.
 *
 * @param number counts up from 1; numbers are never used again
 * @param epochNanos when it came into force, in nanoseconds since the epoch, by the clock of then
 * @param by who made it: a user's name; {@code editor} where files were edited by hand
 * @param what what was typed or asked for
 * @param files what it changed: {@code + FILE}, {@code ~ FILE} or {@code - FILE}
 * @param state where it stands
 */
public record Revision(long number, long epochNanos, String by, String what, List<String> files, State state) {
    /** Where a revision stands. */
    public enum State {
        /** It is not to be undone by itself. */
        CONFIRMED,
        /** It goes back by itself unless it is confirmed in time. */
        WAITING,
        /** It was not confirmed in time, and was undone. */
        UNDONE
    }

    public Revision {
        files = List.copyOf(files);
    }
}
