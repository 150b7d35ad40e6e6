package org.headgate.uplink.api;

import java.util.Collection;
import java.util.List;

/** A key of an uplink's file that neither the transport nor the format knows: the user may have meant another one, which the runtime finds. */
public final class UnknownKeyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final List<String> known;

    /**
     * A key that nobody knows.
     *
     * @param key as it stands in the file
     * @param value what stands there
     * @param expected what should stand there instead, for the user
     * @param known the keys, as they would stand in the file; one that ends in {@code .NAME} stands for all that begin like it
     */
    public UnknownKeyException(String key, String value, String expected, Collection<String> known) {
        super(key + ": " + value + " (expected: " + expected + ")");
        this.key = key;
        this.known = List.copyOf(known);
    }

    /** The key. */
    public String key() {
        return key;
    }

    /** What is known in its place. */
    public List<String> known() {
        return known;
    }
}
