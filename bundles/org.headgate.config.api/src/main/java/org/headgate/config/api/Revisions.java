package org.headgate.config.api;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the set-up was: each change makes a revision, which holds all files of {@code HOME/etc} that Headgate reads. The last 50
 * are kept, and the last confirmed one always. While one waits to be confirmed no other change is taken. Thread-safe.
 */
@ProviderType
public interface Revisions {
    /**
     * The kept revisions, the newest first; the first is in force, unless an editor has been at work since.
     *
     * @throws java.io.UncheckedIOException when they cannot be read now, with one line for the user
     */
    List<Revision> list();

    /**
     * The texts of a revision's files, by name.
     *
     * @throws IOException with one line for the user when it is not kept any more or cannot be read
     */
    Map<String, String> files(long number) throws IOException;

    /**
     * Goes back to a revision, which makes a new one with the same files. The gateway's identity stays. What waits to be confirmed
     * is over with it.
     *
     * @throws IOException as {@link Configurations#change}
     */
    Applied rollback(long number, String by) throws IOException;

    /**
     * Makes a change that goes back by itself unless it is confirmed in time, also across a restart.
     *
     * @param within how long it may wait, from 10 s to 24 h
     * @throws IOException as {@link Configurations#change}
     */
    Applied tryOut(Change change, Duration within) throws IOException;

    /**
     * Keeps the change that waits.
     *
     * @return its number
     * @throws IOException with one line for the user when none waits, or when that cannot be made durable
     */
    long confirm() throws IOException;

    /**
     * What waits to be confirmed.
     *
     * @throws java.io.UncheckedIOException when that cannot be read now, with one line for the user
     */
    Optional<Waiting> waiting();

    /**
     * A change that waits to be confirmed.
     *
     * @param number its revision
     * @param back the revision that it would go back to
     * @param left how long it still waits
     */
    record Waiting(long number, long back, Duration left) {}
}
