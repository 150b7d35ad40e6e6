package org.headgate.stream.api;

/**
 * Something that an operator or the cloud may want to hear of: a row of the stream {@value Events#STREAM}.
 *
 * @param kind what it is about
 * @param source the device, uplink, edge or user concerned
 * @param state what is the case now, for example {@code OFFLINE}
 * @param detail why, in one line; may be empty
 * @param count how many, where that is the point (rows dropped); else 1
 */
public record Event(Kind kind, String source, String state, String detail, long count) {
    /** What an event is about. */
    public enum Kind {
        /** A device has another state. */
        DEVICE,
        /** An uplink has another state. */
        UPLINK,
        /** The clock was set or has jumped. */
        CLOCK,
        /** Somebody was refused. */
        SECURITY,
        /** A contact says that somebody is at the gateway, or at what it watches. */
        TAMPER,
        /** Rows were dropped. */
        DROP,
        /** A driver was installed, updated or removed. */
        DRIVER
    }

    /** An event that happened once. */
    public static Event of(Kind kind, String source, String state, String detail) {
        return new Event(kind, source, state, detail, 1);
    }
}
