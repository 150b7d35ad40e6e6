package org.headgate.config.api;

import java.util.List;

/**
 * A change that was made.
 *
 * @param revision the number of the revision that it made; that of the one before where nothing was different
 * @param files the files that are different now, in their order; empty when everything was already as it was asked for
 * @param notes what the user should know beside, one line each: what else is INVALID now, for example
 */
public record Applied(long revision, List<String> files, List<String> notes) {
    public Applied {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /** Whether everything was already as it was asked for. */
    public boolean isNothing() {
        return files.isEmpty();
    }
}
