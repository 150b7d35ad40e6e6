package org.headgate.system.api;

import java.util.Optional;

/**
 * How a call ended: with a value or with an exception, one of which is there.
 *
 * @param value the value, empty when the call failed or returned {@code null}
 * @param failure why it failed
 */
public record Outcome<T>(Optional<T> value, Optional<Exception> failure) {
    /** A call that returned. */
    public static <T> Outcome<T> of(T value) {
        return new Outcome<>(Optional.ofNullable(value), Optional.empty());
    }

    /** A call that failed. */
    public static <T> Outcome<T> failed(Exception failure) {
        return new Outcome<>(Optional.empty(), Optional.of(failure));
    }
}
