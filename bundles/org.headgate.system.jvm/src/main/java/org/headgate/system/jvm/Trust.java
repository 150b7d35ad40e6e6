package org.headgate.system.jvm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When the clock counts as set: the setting {@code clock} of the gateway. */
enum Trust {
    /** When the kernel says so, when a battery-backed clock has set it, or when nobody can say. */
    AUTO,
    /** When the kernel says so. */
    KERNEL,
    /** Always. */
    TRUSTED;

    static Optional<Trust> of(String text) {
        return Arrays.stream(values())
                .filter(trust -> trust.name().toLowerCase(Locale.ROOT).equals(text.strip()))
                .findFirst();
    }
}
