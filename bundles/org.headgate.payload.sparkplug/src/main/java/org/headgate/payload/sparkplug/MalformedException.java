package org.headgate.payload.sparkplug;

/** Bytes that are no Sparkplug payload. */
final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedException(String what) {
        super("no Sparkplug B payload: " + what);
    }
}
