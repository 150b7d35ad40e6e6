package org.headgate.device.api.kit;

/** What can be wrong with a device and the way to it. */
public enum Fault {
    /** Nothing accepts a connection: what an unplugged device or a stopped server is like. */
    REFUSE,
    /** Connections are accepted and kept, and nothing is ever answered. */
    HANG,
    /** The answer ends in its middle, and the connection with it. */
    DISCONNECT,
    /** Answers have the right length and are damaged, from one bit to all of them. */
    GARBAGE,
    /** Answers are right and come a few bytes at a time. */
    SLOW
}
