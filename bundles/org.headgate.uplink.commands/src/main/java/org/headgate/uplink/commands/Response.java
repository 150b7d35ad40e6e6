package org.headgate.uplink.commands;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.headgate.codec.JsonWriter;
import org.headgate.command.api.CommandResult;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.RemoteCommands.Source;

/**
 * The answer to a request, as it goes to the broker: {@code {"id":"c-17","status":"done","exit":0,"output":"..."}}. Status is {@code done},
 * {@code refused} (nothing was begun) or {@code failed}; the last two have {@code error}; {@code "cut":true} says that the output is not all.
 *
 * @param result what is told
 * @param topic where
 * @param correlation what the request wants back
 */
record Response(CommandResult result, String topic, byte[] correlation) implements RemoteCommands.Reply {
    private static final String TYPE = "application/json";
    private static final byte[] NONE = {};
    /** How many bytes a request may want back. */
    static final int MOST_CORRELATION = 1024;

    private static final int BRIEF = 80;

    /** What answers a request. */
    static Response of(CommandResult result, Source source, Incoming request) {
        boolean asked = isTopic(request.responseTopic());
        String topic = asked ? request.responseTopic() : source.responseTopic().replace("{id}", result.id());
        return new Response(result, topic, asked && fits(request) ? request.correlation() : NONE);
    }

    /** Whether what a request wants back is not too much. */
    static boolean fits(Incoming request) {
        return request.correlation().length <= MOST_CORRELATION;
    }

    @Override
    public Message within(long bytes) {
        long room = bytes - topic.getBytes(StandardCharsets.UTF_8).length - correlation.length - TYPE.length();
        byte[] whole = bytes(result);
        if (whole.length <= room) {
            return message(whole);
        }
        String tail = "\n[cut: the broker takes " + bytes + " bytes a message]\n";
        String output = result.values().getOrDefault(Run.OUTPUT, "");
        // How much of the text stays: how long it becomes in JSON nobody knows but the writer.
        int fits = 0;
        int tooLong = output.length() + 1;
        while (tooLong - fits > 1) {
            int half = fits + (tooLong - fits) / 2;
            if (bytes(cut(output.substring(0, half) + tail)).length <= room) {
                fits = half;
            } else {
                tooLong = half;
            }
        }
        fits -= fits > 0 && Character.isHighSurrogate(output.charAt(fits - 1)) ? 1 : 0;
        byte[] cut = bytes(cut(output.substring(0, fits) + tail));
        return message(cut.length <= room ? cut : brief("the broker takes " + bytes + " bytes a message"));
    }

    /** What the command did is true all the same, and nobody may do it again for want of an answer. */
    @Override
    public Message insteadOf(String why) {
        return message(brief("the broker refuses the answer: " + why));
    }

    private Message message(byte[] payload) {
        return new Message(topic, payload, TYPE, 1, false, correlation);
    }

    private CommandResult cut(String output) {
        Map<String, String> values = new HashMap<>(result.values());
        values.put(Run.CUT, "true");
        if (values.containsKey(Run.EXIT)) {
            values.put(Run.OUTPUT, output);
        }
        return new CommandResult(result.id(), result.status(), result.message(), values);
    }

    /** Without output, and with a word of the error. */
    private byte[] brief(String why) {
        String message = result.message();
        String said = result.isDone() || message.isEmpty()
                ? why
                : (message.length() <= BRIEF ? message : message.substring(0, BRIEF) + "…") + "; " + why;
        CommandResult cut = cut("");
        return bytes(new CommandResult(cut.id(), cut.status(), said, cut.values()));
    }

    private static byte[] bytes(CommandResult result) {
        return json(result).getBytes(StandardCharsets.UTF_8);
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
        } else if (exit == null || !result.message().equals(Run.WELL)) {
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
