package org.headgate.uplink.runtime;

import java.util.List;
import java.util.Optional;
import org.headgate.codec.JsonWriter;
import org.headgate.system.api.Clock;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.PayloadSession;

/**
 * What an uplink tells of itself: a retained message that says {@code online}, and the will that says {@code offline}. A format with
 * certificates of its own replaces it.
 */
record Announcement(UplinkSettings settings, PayloadSession session, Clock clock) {
    /** What the server publishes when the link breaks. */
    Optional<Message> will() {
        return session.will().or(() -> tells() ? Optional.of(state("offline")) : Optional.empty());
    }

    /** What goes first. */
    List<Message> births(long messageLimit) {
        List<Message> births = session.births(messageLimit);
        return births.isEmpty() && tells() && session.will().isEmpty() ? List.of(state("online")) : births;
    }

    /** What goes last. */
    List<Message> farewell() {
        List<Message> farewell = session.farewell();
        return farewell.isEmpty() && tells() && session.will().isEmpty() ? List.of(state("offline")) : farewell;
    }

    private boolean tells() {
        return settings.remote().tellsState();
    }

    private Message state(String word) {
        JsonWriter json = new JsonWriter();
        json.beginObject().name("gateway").value(settings.link().gateway());
        json.name("state").value(word);
        json.name("time").value(clock.epochNanos() / 1_000_000);
        return Message.of(settings.remote().stateTopic(), json.endObject().toBytes(), "application/json")
                .as(1, true);
    }
}
