package org.headgate.device.api;

import java.time.Duration;
import java.util.Locale;

/** Where a device stands. */
public sealed interface DeviceState {
    /** No bundle offers the driver. */
    record WaitingForDriver(String driver) implements DeviceState {}

    /** A connection is being opened. */
    record Connecting() implements DeviceState {}

    /** Every channel that is due is read. */
    record Online() implements DeviceState {}

    /** The device answers, but some channels are BAD. */
    record Degraded(String why) implements DeviceState {}

    /** The device does not answer; the next try is due in {@code retryIn}, or there is none to make where that is zero. */
    record Offline(String why, Duration retryIn) implements DeviceState {}

    /** Switched off by {@code enabled = false}. */
    record Disabled() implements DeviceState {}

    /** The configuration cannot work: {@code key: value (expected: ...)}. */
    record Invalid(String why) implements DeviceState {}

    /** A person must decide something; {@code command} is what to type. */
    record ActionNeeded(String what, String command) implements DeviceState {}

    /** The state's name as users see it, for example {@code WAITING_FOR_DRIVER}. */
    default String label() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** Why, or what for; empty where there is nothing to say. */
    default String detail() {
        if (this instanceof WaitingForDriver waiting) {
            return "driver " + waiting.driver() + " is not installed";
        }
        if (this instanceof Degraded degraded) {
            return degraded.why();
        }
        if (this instanceof Offline offline) {
            return offline.why()
                    + (offline.retryIn().isZero()
                            ? ""
                            : "; next try in " + offline.retryIn().toMillis() / 1000.0 + " s");
        }
        if (this instanceof Invalid invalid) {
            return invalid.why();
        }
        if (this instanceof ActionNeeded action) {
            return action.what() + ": " + action.command();
        }
        return "";
    }
}
