package org.headgate.driver.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.codec.JsonReader;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovered.Point;

/**
 * Makes devices of what was heard at a broker. Who says what the fields of its messages are is asked first; what they have spoken for is not
 * found a second time.
 */
final class Finds {
    /** So many channels of one device. */
    static final int MOST_POINTS = 200;

    private static final int MOST_DEVICES = 1_000;
    private static final int DEEPEST = 4;

    private final String address;
    private final Map<String, String> shared;
    private final Map<String, byte[]> messages;
    private final List<Discovered> found = new ArrayList<>();

    /**
     * Of a broker.
     *
     * @param shared keys that all of its devices need, such as the user
     * @param messages the last message of each topic
     */
    Finds(String address, Map<String, String> shared, Map<String, byte[]> messages) {
        this.address = address;
        this.shared = shared;
        this.messages = new LinkedHashMap<>(messages);
    }

    void tell(Consumer<Discovered> listener) {
        Zigbee2Mqtt.find(this);
        HomeAssistant.find(this);
        SparkplugBirths.find(this);
        others();
        found.forEach(listener);
    }

    /** What is left: nobody has spoken for it. */
    Map<String, byte[]> messages() {
        return messages;
    }

    /** A device; nothing where it has no points. */
    void add(String name, String description, Map<String, String> settings, List<Point> points) {
        if (!points.isEmpty() && found.size() < MOST_DEVICES) {
            Map<String, String> all = new LinkedHashMap<>(shared);
            all.putAll(settings);
            found.add(new Discovered(
                    word(name),
                    address,
                    line(description),
                    "",
                    all,
                    points.subList(0, Math.min(MOST_POINTS, points.size()))));
        }
    }

    private void others() {
        messages.forEach((topic, payload) -> {
            List<Point> points = new ArrayList<>();
            Optional<Object> json = json(payload);
            if (json.isPresent()) {
                fields(json.get(), "", "", 0, points);
            } else if (isNumber(payload)) {
                points.add(new Point("value", "text double", "the whole message", ""));
            }
            if (!topic.contains("{") && topic.equals(topic.strip()) && !topic.contains("#") && !topic.contains("+")) {
                add(topic, "publishes to " + topic, Map.of("topic", topic), points);
            }
        });
    }

    private static void fields(Object value, String pointer, String name, int depth, List<Point> points) {
        if (points.size() >= MOST_POINTS) {
            return;
        }
        if (value instanceof Map<?, ?> members && depth < DEEPEST) {
            members.forEach((key, member) -> {
                String token = key.toString();
                fields(
                        member,
                        pointer + "/" + token(token),
                        name.isEmpty() ? token : name + "_" + token,
                        depth + 1,
                        points);
            });
        } else if (!pointer.isEmpty() && pointer.equals(pointer.replaceAll("\\s", ""))) {
            type(value)
                    .ifPresent(
                            type -> points.add(new Point(word(name), pointer + " " + type, "is " + shown(value), "")));
        }
    }

    private static Optional<String> type(Object value) {
        if (value instanceof Number) {
            return Optional.of("double");
        }
        return value instanceof Boolean
                ? Optional.of("bool")
                : value instanceof String ? Optional.of("string") : Optional.empty();
    }

    private static String shown(Object value) {
        String text = line(value.toString());
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private static boolean isNumber(byte[] payload) {
        return payload.length < 40
                && new String(payload, StandardCharsets.UTF_8).strip().matches("[-+]?[0-9]+(\\.[0-9]+)?");
    }

    /** A part of a JSON pointer (RFC 6901, 3). */
    static String token(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** The JSON object or array of a message; empty when it is none. */
    static Optional<Object> json(byte[] payload) {
        try {
            Object value = JsonReader.read(new String(payload, StandardCharsets.UTF_8));
            return Optional.ofNullable(value).filter(some -> some instanceof Map || some instanceof List);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** A name for a device or a channel. */
    static String word(String text) {
        String word =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^[-_0-9]+|-+$", "");
        return word.isEmpty() ? "device" : word.substring(0, Math.min(63, word.length()));
    }

    static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() > 120 ? line.substring(0, 120) : line;
    }

    /** A unit as channels have it; empty for what is none. */
    static String unit(Object unit) {
        String text = unit instanceof String some ? some.strip() : "";
        return switch (text) {
            case "°C", "℃" -> "degC";
            case "°F" -> "degF";
            case "µg/m³" -> "ug/m3";
            case "m³" -> "m3";
            case "m³/h" -> "m3/h";
            case "°" -> "deg";
            default -> text.matches("[A-Za-z0-9/%]{1,16}") && !text.equals("lqi") ? text : "";
        };
    }

    /** The text of a channel. */
    static String channel(String source, String type, String unit, String options) {
        return source + " " + type + (unit.isEmpty() ? "" : " unit=" + unit) + (options.isEmpty() ? "" : " " + options);
    }
}
