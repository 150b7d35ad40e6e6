package org.headgate.driver.mqtt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.device.api.Discovered.Point;

/** Devices that announce themselves as Home Assistant wants it: {@code homeassistant/COMPONENT/[NODE/]OBJECT/config}. */
final class HomeAssistant {
    private static final Pattern TOPIC = Pattern.compile("homeassistant/([a-z_]+)/(?:[^/]+/)?[^/]+/config");
    /** {@code {{ value_json.a.b }}} and {@code {{ value_json['a'] }}}, also with a filter behind it. */
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{\\s*value_json((?:\\.\\w+|\\[(?:'[^']+'|\"[^\"]+\")\\])+)\\s*(?:\\|[^}]*)?\\}\\}");

    private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[['\"]([^'\"]+)['\"]\\]");

    private HomeAssistant() {}

    static void find(Finds finds) {
        Map<String, List<Point>> devices = new LinkedHashMap<>();
        List<String> spokenFor = new ArrayList<>();
        finds.messages().forEach((topic, payload) -> {
            Matcher announced = TOPIC.matcher(topic);
            if (announced.matches()
                    && Finds.json(payload).orElse(null) instanceof Map<?, ?> said
                    && said.size() < Finds.MOST_POINTS) {
                String state = text(said, "state_topic", "stat_t").replace("~", text(said, "~", "~"));
                // What others have spoken for already is theirs.
                if (finds.messages().containsKey(state)) {
                    point(announced.group(1), said, state).ifPresent(point -> {
                        devices.computeIfAbsent(device(said, topic), any -> new ArrayList<>())
                                .add(point);
                        spokenFor.add(state);
                    });
                }
            }
        });
        devices.forEach((name, points) -> finds.add(name, "announced for Home Assistant: " + name, Map.of(), points));
        finds.messages().keySet().removeIf(topic -> topic.startsWith("homeassistant/"));
        finds.messages().keySet().removeAll(spokenFor);
    }

    private static String device(Map<?, ?> said, String topic) {
        Object device = said.containsKey("device") ? said.get("device") : said.get("dev");
        String name = device instanceof Map<?, ?> known ? text(known, "name", "name") : "";
        String[] levels = topic.split("/");
        return name.isEmpty() ? levels[levels.length - 2] : name;
    }

    private static Optional<Point> point(String component, Map<?, ?> said, String state) {
        String template = text(said, "value_template", "val_tpl");
        String source = template.isBlank() ? "text" : source(template);
        if (source.isEmpty() || state.matches(".*[{+#].*")) {
            return Optional.empty();
        }
        String unit = Finds.unit(text(said, "unit_of_measurement", "unit_of_meas"));
        String type = switch (component) {
            case "binary_sensor", "switch" -> "bool";
            case "number" -> "double";
            default -> unit.isEmpty() ? "string" : "double";
        };
        String name = text(said, "object_id", "obj_id");
        String shown = name.isEmpty() ? text(said, "name", "name") : name;
        return Optional.of(new Point(
                Finds.word(shown.isEmpty() ? "value" : shown),
                Finds.channel(source, type, unit, "topic=" + state.replace(" ", "~s")),
                Finds.line(shown),
                ""));
    }

    /** The JSON pointer of a simple template; empty for one that computes. */
    private static String source(String template) {
        Matcher simple = TEMPLATE.matcher(template.strip());
        if (!simple.matches()) {
            return "";
        }
        StringBuilder pointer = new StringBuilder();
        Matcher step = STEP.matcher(simple.group(1));
        while (step.find()) {
            pointer.append('/').append(Finds.token(step.group(1) == null ? step.group(2) : step.group(1)));
        }
        return pointer.toString().contains(" ") ? "" : pointer.toString();
    }

    private static String text(Map<?, ?> said, String name, String brief) {
        Object value = said.containsKey(name) ? said.get(name) : said.get(brief);
        return value instanceof String text ? text : "";
    }
}
