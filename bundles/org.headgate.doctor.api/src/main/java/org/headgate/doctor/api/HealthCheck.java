package org.headgate.doctor.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Looks after one thing that usually goes wrong. Called from a thread that may block; several checks run side by side. */
@ConsumerType
public interface HealthCheck {
    /** What it looks after, in a word or two, unique: {@code clock}, {@code disk}, {@code i2c}. */
    String name();

    /**
     * Looks. One that takes longer than ten seconds is reported as such; one that throws is a finding itself.
     *
     * @return what it found, the worst first; what is well is a finding, too, so that the user sees what was looked at
     * @throws InterruptedException when the time is over
     */
    List<Finding> check() throws InterruptedException;
}
