package org.headgate.driver.gpio;

import java.util.Locale;
import java.util.Optional;

/** Which edges are counted, seen after {@code active=low}: rising is to active. */
enum Edges {
    /** To active: one for each pulse. */
    RISING,
    /** To inactive. */
    FALLING,
    /** Two for each pulse. */
    BOTH;

    static Optional<Edges> of(String word) {
        for (Edges edges : values()) {
            if (edges.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(edges);
            }
        }
        return Optional.empty();
    }

    boolean takes(boolean rising) {
        return this == BOTH || rising == (this == RISING);
    }
}
