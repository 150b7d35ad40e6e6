package org.headgate.uplink.commands;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.headgate.codec.JsonWriter;
import org.headgate.command.api.CommandResult;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands.Source;

/**
 * The answer to a request, as it goes to the broker: {@code {"id":"c-17","status":"done","exit":0,"output":"..."}}. Status is {@code done},
 * {@code refused} (nothing was begun) or {@code failed}; the last two have {@code error}; {@code "cut":true} says that the output is not all.
 */
final class Response {
    private static final String TYPE = "application/json";
    private static final byte[] NONE = {};
    /** How many bytes a request may want back. */
    static final int MOST_CORRELATION = 1024;

    private Response() {}

    /** The message that answers a request. */
    static Message of(CommandResult result, Source source, Incoming request) {
        byte[] payload = json(result).getBytes(StandardCharsets.UTF_8);
        boolean asked = isTopic(request.responseTopic());
        String topic = asked ? request.responseTopic() : source.responseTopic().replace("{id}", result.id());
        return new Message(topic, payload, TYPE, 1, false, asked && fits(request) ? request.correlation() : NONE);
    }

    /** Whether what a request wants back is not too much. */
    static boolean fits(Incoming request) {
        return request.correlation().length <= MOST_CORRELATION;
    }

    static String json(CommandResult result) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("id")
                .value(result.id())
                .name("status")
                .value(result.status().name().toLowerCase(Locale.ROOT));
        String exit = result.values().get(Run.EXIT);
        if (exit != null) {
            json.name("exit").value(Long.parseLong(exit));
            json.name("output").value(result.values().getOrDefault(Run.OUTPUT, ""));
        }
        if (result.values().containsKey(Run.CUT)) {
            json.name("cut").value(true);
        }
        if (!result.isDone()) {
            json.name("error").value(result.message());
        } else if (exit == null) {
            json.name("note").value(result.message());
        }
        return json.endObject().toString();
    }

    /** What a sender may name as a topic (MQTT 5, 3.3.2.3.5 and 4.7): no wildcards; a broker hangs up on whoever publishes there. */
    private static boolean isTopic(String text) {
        return !text.isEmpty()
                && text.length() <= 1024
                && text.chars().noneMatch(c -> c == '+' || c == '#' || c == 0)
                && text.charAt(0) != '$';
    }
}
