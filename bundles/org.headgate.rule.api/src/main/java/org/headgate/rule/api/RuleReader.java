package org.headgate.rule.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Reads a rule's text as the engine does, without running it: for whoever shows rules or lets them be written. Thread-safe. */
@ProviderType
public interface RuleReader {
    /** What a text says. Where its stream has had a row, columns and types are judged, too. */
    Reading read(String sql);

    /**
     * A text that was read.
     *
     * @param stream the stream that it reads; empty when the text cannot be parsed
     * @param problem the first mistake, such as {@code line 1, column 8: expected an expression}; empty when none was found
     */
    record Reading(Optional<String> stream, Optional<String> problem) {}
}
