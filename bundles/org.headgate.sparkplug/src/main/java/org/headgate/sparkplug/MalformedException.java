package org.headgate.sparkplug;

/** Bytes that are no Sparkplug payload. */
public final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public MalformedException(String what) {
        super("no Sparkplug B payload: " + what);
    }
}
