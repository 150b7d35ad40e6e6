package org.headgate.uplink.api;

import java.time.Duration;

/**
 * One step of a test.
 *
 * @param name what was tried
 * @param took how long it took
 * @param note what the user should know beside; may be empty
 * @param failure why it failed and what to do; empty when it did not
 */
public record TrialStep(String name, Duration took, String note, String failure) {
    /** Whether it failed. It is the last one then. */
    public boolean failed() {
        return !failure.isEmpty();
    }
}
