package org.headgate.mqtt.client.kit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.Publication;

/** Writes down what a session tells, a line for each event, and messages as they are. */
public final class Heard implements MqttEvents {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Publication> messages = new CopyOnWriteArrayList<>();

    private volatile boolean failures;

    /** From now on the connection goes on behind an error of the broker's own. */
    public void bearFailures() {
        failures = true;
    }

    /** {@code ack 1}, {@code refused 2 why}, {@code failed 2 why}, {@code note why}, {@code skipped topic bytes}, {@code lost why}, {@code exhausted why}, {@code
     * topic text}. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The messages. */
    public List<Publication> messages() {
        return List.copyOf(messages);
    }

    /** Waits until a line begins so; fails after twenty seconds. */
    public String await(String beginning) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> lines.stream().anyMatch(line -> line.startsWith(beginning)));
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void acknowledged(long token) {
        lines.add("ack " + token);
    }

    @Override
    public void refused(long token, String why) {
        lines.add("refused " + token + " " + why);
    }

    @Override
    public boolean failed(long token, String why) {
        lines.add("failed " + token + " " + why);
        return failures;
    }

    @Override
    public void received(Publication message) {
        messages.add(message);
        lines.add(message.topic() + " " + new String(message.payload(), StandardCharsets.UTF_8));
    }

    @Override
    public void skipped(Publication message, long bytes) {
        lines.add("skipped " + message.topic() + " " + bytes);
    }

    @Override
    public void note(String line) {
        lines.add("note " + line);
    }

    @Override
    public void lost(String why) {
        lines.add("lost " + why);
    }

    @Override
    public void exhausted(String why) {
        lines.add("exhausted " + why);
    }
}
