package org.headgate.device.runtime;

import java.time.Duration;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.DeviceState;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a device stands, since when, and who is told of a change. Written by the device's loop, read by anyone. */
final class Standing {
    private static final Logger LOG = LoggerFactory.getLogger(Device.class);

    private final String device;
    private final Clock clock;
    private final Events events;
    private volatile DeviceState state;
    private volatile long sinceNanos;
    private boolean told;

    Standing(String device, DeviceState first, Clock clock, Events events) {
        this.device = device;
        this.clock = clock;
        this.events = events;
        this.state = first;
        this.sinceNanos = clock.epochNanos();
    }

    DeviceState state() {
        return state;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /** The state and why, on one line: {@code INVALID: poll: 0s (expected: ...)}. */
    String line() {
        DeviceState now = state;
        return now.label() + (now.detail().isEmpty() ? "" : ": " + now.detail());
    }

    /**
     * One log line and one event a change, the first state included; a device that stays OFFLINE or DEGRADED for another reason has not
     * changed.
     */
    void become(DeviceState next) {
        boolean changed = !next.label().equals(state.label());
        state = next;
        if (changed) {
            sinceNanos = clock.epochNanos();
        }
        if (changed || !told) {
            tell();
        }
    }

    /** Whether the device does not answer and is tried again. */
    boolean isDown() {
        return state instanceof DeviceState.Offline || state instanceof DeviceState.ActionNeeded;
    }

    /** The device does not answer. */
    void down(Exception failure, String why, Duration retryIn) {
        become(
                failure instanceof ActionNeededException action
                        ? new DeviceState.ActionNeeded(why, action.command())
                        : new DeviceState.Offline(why, retryIn));
    }

    /** The device is no more; whoever follows the events must not believe it to be what it was. */
    void stopped() {
        events.raise(Event.of(Event.Kind.DEVICE, device, "STOPPED", ""));
    }

    /** Says that the outputs had to be made safe. */
    void madeSafe() {
        LOG.warn("device {}: its outputs were made safe, because the last run ended with them on", device);
        events.raise(Event.of(Event.Kind.DEVICE, device, "MADE_SAFE", "the last run ended with its outputs on"));
    }

    /** Says where the device stands, without a change. */
    void tell() {
        told = true;
        if (isDown() || state instanceof DeviceState.Invalid) {
            LOG.warn("device {}: {} {}", device, state.label(), state.detail());
        } else {
            LOG.info("device {}: {} {}", device, state.label(), state.detail());
        }
        events.raise(Event.of(Event.Kind.DEVICE, device, state.label(), state.detail()));
    }
}
