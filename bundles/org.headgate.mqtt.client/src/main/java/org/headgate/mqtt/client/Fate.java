package org.headgate.mqtt.client;

import java.util.concurrent.atomic.AtomicBoolean;

/** Passes a session's events on until it is lost or closed, and tells of a loss once. */
final class Fate {
    private final MqttEvents events;
    private final AtomicBoolean over = new AtomicBoolean();

    Fate(MqttEvents events) {
        this.events = events;
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
        if (!over.get()) {
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

    /** Nothing is told any more; returns whether a loss was. */
    boolean end() {
        return over.getAndSet(true);
    }
}
