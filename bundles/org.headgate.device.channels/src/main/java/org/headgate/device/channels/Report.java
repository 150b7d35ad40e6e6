package org.headgate.device.channels;

import java.time.Duration;
import java.util.Optional;

/**
 * When a sample is worth a report.
 *
 * @param onChange only when it differs from what was reported last; else always
 * @param deadband how far a number must be from what was reported last; 0 for any difference
 * @param every also after that time without a report, even unchanged
 */
public record Report(boolean onChange, double deadband, Optional<Duration> every) {
    /** Every sample. */
    public static final Report ALWAYS = new Report(false, 0, Optional.empty());

    public Report {
        if (!(deadband >= 0) || !onChange && (deadband > 0 || every.isPresent())) {
            throw new IllegalArgumentException("onChange=" + onChange + " deadband=" + deadband + " every=" + every);
        }
    }
}
