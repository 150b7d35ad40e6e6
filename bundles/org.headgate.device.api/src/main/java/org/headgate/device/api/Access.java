package org.headgate.device.api;

/** What may be done with a channel. */
public enum Access {
    /** Read only: {@code access=r}. */
    READ("r"),
    /** Write only: {@code access=w}. */
    WRITE("w"),
    /** Both: {@code access=rw}. */
    READ_WRITE("rw");

    private final String label;

    Access(String label) {
        this.label = label;
    }

    /** As written in configuration. */
    public String label() {
        return label;
    }

    /** Whether the channel is polled. */
    public boolean canRead() {
        return this != WRITE;
    }

    /** Whether commands may write the channel. */
    public boolean canWrite() {
        return this != READ;
    }
}
