package org.headgate.uplink.commands;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.headgate.codec.JsonReader;
import org.headgate.codec.JsonWriter;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.Publication;

/**
 * Sends one request to a gateway's command topic and waits for the answer. While none comes the same request goes out again: by its id it is
 * done once, whatever was lost on the way.
 */
final class ViaCall implements MqttEvents {
    /** When a request goes out again. */
    static final long AGAIN_MILLIS = 5_000;

    private static final Answer END = new Answer("", 0, "", "", "");

    private final ViaOptions options;
    private final String id;
    private final BlockingQueue<Answer> arrived = new LinkedBlockingQueue<>();
    private final AtomicInteger others = new AtomicInteger();
    private volatile String lost = "";

    /**
     * A call that is not made yet.
     *
     * @param id the request's id, unlike any other
     */
    ViaCall(ViaOptions options, String id) {
        this.options = options;
        this.id = id;
    }

    /**
     * What a gateway has answered.
     *
     * @param status {@code done}, {@code refused} or {@code failed}
     * @param exit the command's exit status; 1 where it was not begun
     * @param output what it printed
     * @param error why it failed; empty where it did not
     * @param note what is to be known beside; may be empty
     */
    record Answer(String status, int exit, String output, String error, String note) {}

    /**
     * Makes the call.
     *
     * @param nowMillis the time, in ms since 1970
     * @throws IOException with one line for the user when the broker cannot be reached, or no answer comes
     */
    Answer make(MqttSettings settings, long nowMillis) throws IOException, InterruptedException {
        String topic = options.response(id);
        byte[] payload = request(nowMillis).getBytes(StandardCharsets.UTF_8);
        // MQTT 3.1.1 has no place for the last three.
        Publication request =
                new Publication(options.topic(), payload, 1, false, "application/json", topic, correlation());
        try (MqttSession session = Mqtt.connect(settings, this)) {
            session.subscribe(List.of(topic));
            long left = options.timeout().toMillis();
            for (long token = 1; left > 0; token++) {
                session.publish(token, request);
                long patience = Math.min(left, AGAIN_MILLIS);
                Answer answer = arrived.poll(patience, TimeUnit.MILLISECONDS);
                if (!lost.isEmpty()) {
                    throw new IOException(options.text("via") + ": " + lost);
                }
                if (answer != null) {
                    return answer;
                }
                left -= patience;
            }
        }
        throw new SilenceException(options.text("gateway") + " has not answered within "
                + options.timeout().toSeconds()
                + " s: is it connected, is its uplink's key commands set, and does the broker let this user publish to "
                + options.topic() + " and read " + topic + "?"
                + (others.get() == 0 ? "" : " " + others.get() + " messages there were no answers to this request"));
    }

    /** Nobody answered. */
    static final class SilenceException extends IOException {
        private static final long serialVersionUID = 1;

        SilenceException(String message) {
            super(message);
        }
    }

    private String request(long nowMillis) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("id")
                .value(id)
                .name("command")
                .value(options.command().get(0))
                .name("arguments")
                .beginArray();
        List<String> words = options.command();
        words.subList(1, words.size()).forEach(json::value);
        return json.endArray().name("time").value(nowMillis).endObject().toString();
    }

    private byte[] correlation() {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    /** Whoever may publish on the topic may answer others there, or write what is no answer at all. */
    private Optional<Answer> answer(Publication message) {
        boolean stranger = message.correlation().length > 0 && !Arrays.equals(message.correlation(), correlation());
        try {
            if (!stranger
                    && JsonReader.read(new String(message.payload(), StandardCharsets.UTF_8))
                            instanceof Map<?, ?> members
                    && id.equals(members.get("id"))
                    && members.get("status") instanceof String status) {
                int exit =
                        members.get("exit") instanceof Long number ? number.intValue() : status.equals("done") ? 0 : 1;
                return Optional.of(new Answer(
                        status, exit, text(members, "output"), text(members, "error"), text(members, "note")));
            }
        } catch (IllegalArgumentException notJson) {
            // No answer either.
        }
        return Optional.empty();
    }

    private static String text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    @Override
    public void received(Publication message) {
        answer(message).ifPresentOrElse(arrived::add, others::incrementAndGet);
    }

    @Override
    public void refused(long token, String why) {
        lost("the broker refuses the request: " + why);
    }

    @Override
    public void lost(String why) {
        lost = why;
        arrived.add(END);
    }
}
