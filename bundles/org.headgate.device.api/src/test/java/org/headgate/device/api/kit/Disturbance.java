package org.headgate.device.api.kit;

import java.time.Duration;

/** What a {@link FaultyProxy} does to the peer's answers. */
sealed interface Disturbance {
    Disturbance NONE = new None();

    /** Nothing. */
    record None() implements Disturbance {}

    /** Nothing passes. */
    record Hang() implements Disturbance {}

    /** The connection is reset after some bytes. */
    record Cut(int bytes) implements Disturbance {}

    /** One byte at a time. */
    record Trickle(Duration perByte) implements Disturbance {}

    /** Random bytes in place of the right ones. */
    record Garble(long seed) implements Disturbance {}

    /** One bit of each piece. */
    record Flip(long seed) implements Disturbance {}
}
