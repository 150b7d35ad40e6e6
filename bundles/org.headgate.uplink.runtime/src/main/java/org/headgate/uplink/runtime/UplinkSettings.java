package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.outbox.api.DropPolicy;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.TimeUnitName;
import org.headgate.uplink.api.Transport;

/**
 * One uplink's file, read.
 *
 * @param name the uplink's name
 * @param transport the name of its transport
 * @param enabled whether it is switched on
 * @param streams names and patterns of the streams that it carries
 * @param format the name of its payload format
 * @param topic where to, with {@code {gateway}} and {@code {stream}}
 * @param timeUnit the unit of times in the payload
 * @param maxHold how long rows from before the clock was set wait for that
 * @param outbox how its rows are kept
 * @param link what the transport gets to know, the password left out
 * @param password the setting that names the password; empty for none
 * @param secrets finds what such a setting names
 * @param invalid why it cannot work; empty when it can
 */
record UplinkSettings(
        String name,
        String transport,
        boolean enabled,
        List<String> streams,
        String format,
        String topic,
        TimeUnitName timeUnit,
        Duration maxHold,
        OutboxSettings outbox,
        LinkSettings link,
        Optional<String> password,
        Function<String, Optional<char[]>> secrets,
        Optional<String> invalid) {
    private static final String TOPIC = "headgate/{gateway}/{stream}";
    private static final Duration MAX_HOLD = Duration.ofMinutes(10);
    private static final int COMMIT_ROWS = 1000;
    private static final int MOST_IN_FLIGHT = 1000;

    static UplinkSettings of(Instance instance, String gateway, Function<String, Optional<char[]>> secrets) {
        Settings keys = instance.settings();
        String transport = keys.text("transport").orElse("mqtt");
        String address = keys.required("address", "the server, for example mqtt://127.0.0.1:1883");
        List<String> streams = keys.list("streams");
        if (streams.isEmpty()) {
            keys.wrong("streams", "names of streams, * for any text, separated by commas");
        }
        String format = keys.text("format").orElse("json");
        String topic = keys.text("topic").orElse(TOPIC);
        if (topic.isBlank()
                || topic.replace("{gateway}", "").replace("{stream}", "").matches(".*[{}#+].*")) {
            keys.wrong("topic", "a topic such as " + TOPIC + ", without # and +");
        }
        TimeUnitName unit = switch (keys.choice("time.unit", List.of("ms", "us", "ns"))) {
            case "us" -> TimeUnitName.US;
            case "ns" -> TimeUnitName.NS;
            default -> TimeUnitName.MS;
        };
        boolean enabled = keys.flag("enabled", true);
        Duration timeout = keys.duration("timeout", Duration.ofMillis(100), Duration.ofSeconds(5));
        int inFlight = (int) keys.number("inflight", 1, MOST_IN_FLIGHT, 20);
        Duration maxHold = keys.duration("max-hold", Duration.ZERO, MAX_HOLD);
        OutboxSettings outbox = new OutboxSettings(
                keys.bytes("outbox.max-bytes", 64 << 10, OutboxSettings.DEFAULT.maxBytes()),
                OutboxSettings.DEFAULT.segmentBytes(),
                keys.duration("commit", Duration.ofMillis(1), OutboxSettings.DEFAULT.commitInterval()),
                COMMIT_ROWS,
                Duration.ZERO,
                0,
                DropPolicy.OLDEST,
                Durability.ALWAYS,
                "",
                false);
        String user = keys.text("user").orElse("");
        Optional<String> password = keys.text("password");
        LinkSettings link = new LinkSettings(
                instance.name(),
                gateway,
                address,
                timeout,
                inFlight,
                user,
                new char[0],
                keys.rest(),
                Optional.empty(),
                name -> Optional.empty());
        Optional<String> invalid = instance.invalid();
        if (invalid.isEmpty()) {
            invalid = password.filter(text -> !text.startsWith("@") || text.length() == 1)
                    .map(UplinkSettings::wrongPassword);
        }
        return new UplinkSettings(
                instance.name(),
                transport,
                enabled,
                streams,
                format,
                topic,
                unit,
                maxHold,
                outbox,
                link,
                password,
                secrets,
                invalid);
    }

    /** What the transport gets to know, with the password as it is now; empty while that is not set. */
    Optional<LinkSettings> current() {
        return password.isEmpty()
                ? Optional.of(link)
                : password.flatMap(secrets).map(link::withPassword);
    }

    /** What is not there, when it is not the transport it is the format. */
    String missing(Optional<Transport> found) {
        return "no bundle offers the " + (found.isEmpty() ? "transport " + transport : "format " + format);
    }

    /** What to do when there is nothing {@link #current}. */
    String missingSecret() {
        String name = password.orElse("@").substring(1);
        return "password: no secret " + name + " (secret:set " + name + " sets it)";
    }

    /** A password that stands in the file is not repeated. */
    private static String wrongPassword(String text) {
        return "password: " + (text.startsWith("@") ? text : "***")
                + " (expected: @name of a file in HOME/secrets; clear text is refused)";
    }

    String topicOf(String stream) {
        return topic.replace("{gateway}", link.gateway()).replace("{stream}", stream);
    }
}
