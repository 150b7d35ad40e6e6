package org.headgate.driver.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.codec.JsonReader;

/** What devices say of themselves, mostly by the broker as their last will: {@code offline}, {@code {"state":"online"}}, {@code false}. */
final class Availability {
    private static final int LONGEST = 1024;
    private static final Set<String> OFFLINE = Set.of("offline", "false", "0", "disconnected", "lost", "down", "off");
    private static final Set<String> ONLINE = Set.of("online", "true", "1", "connected", "ready", "up", "on", "init");

    private Availability() {}

    /** Whether the device is there; empty when the message says nothing of that. */
    static Optional<Boolean> of(byte[] payload) {
        if (payload.length > LONGEST) {
            return Optional.empty();
        }
        String text = new String(payload, StandardCharsets.UTF_8).strip();
        if (text.startsWith("{")) {
            try {
                Object state = JsonReader.read(text) instanceof Map<?, ?> members ? members.get("state") : null;
                text = String.valueOf(state);
            } catch (IllegalArgumentException noJson) {
                return Optional.empty();
            }
        }
        String word = text.toLowerCase(Locale.ROOT);
        return OFFLINE.contains(word)
                ? Optional.of(false)
                : ONLINE.contains(word) ? Optional.of(true) : Optional.empty();
    }
}
