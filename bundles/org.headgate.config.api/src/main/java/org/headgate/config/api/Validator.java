package org.headgate.config.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Judges files of one kind before they are written. Whoever runs instances of a kind offers one, and judges by the code that
 * reads the instance later. Has no side effects, touches no device and no network, and is quick. Called from any thread.
 */
@ConsumerType
public interface Validator {
    /** What it judges: {@code device}, {@code profile}, {@code table}, {@code rule}, {@code uplink}, {@code gateway} or {@code broker}. */
    String kind();

    /**
     * What is wrong with an instance.
     *
     * @param instance the instance, as it would be
     * @param whole the set-up that it would be part of: its profile, the streams that there would be
     * @return one line each, such as {@code poll: 0s (expected: a duration such as 1s, at least 10ms)}; empty when nothing is. What
     *     cannot be judged now, since its driver is not installed, is not wrong
     */
    List<String> problems(Instance instance, SetUp whole);
}
