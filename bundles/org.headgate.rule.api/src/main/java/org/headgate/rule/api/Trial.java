package org.headgate.rule.api;

import java.util.List;

/**
 * What a rule has put out on trial.
 *
 * @param in rows that it read
 * @param out rows that it put out
 * @param emissions how many times it did
 * @param first the first emissions, each as a JSON object
 * @param notes what went wrong on the way, a line each
 */
public record Trial(long in, long out, long emissions, List<String> first, List<String> notes) {
    public Trial {
        first = List.copyOf(first);
        notes = List.copyOf(notes);
    }
}
