package org.headgate.mqtt.client;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** Passes a session's events on until it is lost or closed, and tells of a loss once. */
final class Fate {
    private static final byte[] NONE = {};

    private final MqttEvents events;
    private final Excess excess;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger unanswered = new AtomicInteger();

    Fate(MqttEvents events, Excess excess) {
        this.events = events;
        this.excess = excess;
    }

    void acknowledged(long token) {
        if (!over.get()) {
            events.acknowledged(token);
        }
    }

    void refused(long token, String why) {
        if (!over.get()) {
            events.refused(token, why);
        }
    }

    void message(Publication message) {
        if (over.get()) {
            return;
        }
        OptionalLong skipped = excess.bytes(message.payload());
        if (skipped.isPresent()) {
            events.skipped(
                    new Publication(message.topic(), NONE, message.qos(), message.retain(), "", "", NONE),
                    skipped.getAsLong());
        } else {
            events.received(message);
        }
    }

    void note(String line) {
        if (!over.get()) {
            events.note(line);
        }
    }

    void lost(Throwable cause, String otherwise) {
        if (over.compareAndSet(false, true)) {
            events.lost(cause == null ? otherwise : Causes.line(cause));
        }
    }

    void exhausted(String why) {
        if (over.compareAndSet(false, true)) {
            events.exhausted(why);
        }
    }

    /** The broker has answered a message with a reason code of MQTT 5 (3.4.2.1). */
    void answered(long token, int code) {
        answered();
        String why = "reason code 0x" + Integer.toHexString(code) + " of the PUBACK";
        if (code < MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
            acknowledged(token);
        } else if (Causes.isFinal(code)) {
            refused(token, why);
        } else if (!Causes.isOwn(code) || !over.get() && !events.failed(token, why)) {
            exhausted(why);
        }
    }

    /** A message goes out; returns how many wait for their answer now. */
    int sent() {
        return unanswered.incrementAndGet();
    }

    /** A message that went out was answered, or did not go out. */
    void answered() {
        unanswered.decrementAndGet();
    }

    /**
     * Nothing is told any more. Returns whether all was answered and nothing lost: only then the broker may be told that the end is in good
     * order, and forget the will; a farewell that it has not read it would never read.
     */
    boolean end() {
        return !over.getAndSet(true) && unanswered.get() == 0;
    }
}
