package org.headgate.device.api;

/** A setting that cannot work, however often it is tried. Shown as {@code key: value (expected: ...)}. */
public class InvalidSettingException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * A wrong setting.
     *
     * @param key the key, for example {@code address}
     * @param value what stands there
     * @param expected what should stand there
     */
    public InvalidSettingException(String key, String value, String expected) {
        super(key + ": " + (value.isEmpty() ? "missing" : value) + " (expected: " + expected + ")");
    }
}
