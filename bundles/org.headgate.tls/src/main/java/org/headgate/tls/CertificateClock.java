package org.headgate.tls;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * The time by which certificates are judged, and whether it can be believed.
 *
 * @param now what time it is
 * @param set whether somebody has set the clock since the machine was started; a board without a battery wakes up in the past
 */
public record CertificateClock(InstantSource now, BooleanSupplier set) {
    /** The machine's clock, taken for set: for programs without a clock service. */
    public static final CertificateClock MACHINE = new CertificateClock(InstantSource.system(), () -> true);

    /** Before this code was written it was not run: a clock that says so is wrong. */
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    Instant instant() {
        return now.instant();
    }

    /** Whether a certificate may seem invalid only since this clock is wrong. */
    boolean doubtful() {
        return !set.getAsBoolean() || instant().isBefore(BUILT);
    }
}
