package org.headgate.payload.sparkplug;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.headgate.codec.JsonReader;
import org.headgate.sparkplug.MalformedException;

/**
 * What a session knows of its primary host application from {@code spBv1.0/STATE/HOST}, for example {@code
 * {"online":true,"timestamp":1668114759262}} (Sparkplug 3.0, 5.4 and 5.10). Messages that are older than the last one do not count: a host's
 * will may come late. The time of a host's death is that of its own connect, so an equal one does count.
 */
final class PrimaryHost {
    private boolean online;
    private long latest = Long.MIN_VALUE;

    /** Whether it was online by the last message that counts. */
    boolean online() {
        return online;
    }

    /**
     * Takes a message.
     *
     * @return whether it counts
     * @throws MalformedException when it is no state
     */
    boolean told(byte[] payload) {
        if (payload.length > 1024) {
            throw new MalformedException("a state of " + payload.length + " bytes");
        }
        Object json;
        try {
            json = JsonReader.read(new String(payload, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException none) {
            throw new MalformedException("a state that is no JSON, " + none.getMessage());
        }
        if (!(json instanceof Map<?, ?> state
                && state.get("online") instanceof Boolean now
                && state.get("timestamp") instanceof Long millis)) {
            throw new MalformedException("a state without online and timestamp");
        }
        if (millis < latest) {
            return false;
        }
        latest = millis;
        online = now;
        return true;
    }
}
