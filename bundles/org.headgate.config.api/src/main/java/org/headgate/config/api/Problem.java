package org.headgate.config.api;

/**
 * What is wrong with one setting, as the user reads it: {@code poll: 1 sec (expected: a duration such as 500ms or 1s)}.
 *
 * @param key the key
 * @param value what stands there; empty when the key is missing
 * @param expected what should stand there
 */
public record Problem(String key, String value, String expected) {
    @Override
    public String toString() {
        return key + ": " + (value.isEmpty() ? "missing" : SecretKeys.shown(key, value)) + " (expected: " + expected
                + ")";
    }
}
