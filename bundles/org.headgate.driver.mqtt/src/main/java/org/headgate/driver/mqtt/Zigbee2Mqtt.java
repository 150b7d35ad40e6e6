package org.headgate.driver.mqtt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Discovered.Point;

/** The devices of Zigbee2MQTT, which says all about them in one kept message ({@code BASE/bridge/devices}: definition, exposes). */
final class Zigbee2Mqtt {
    static final String LIST = "/bridge/devices";

    private static final int PUBLISHED = 1;
    private static final int SETTABLE = 2;

    private Zigbee2Mqtt() {}

    static void find(Finds finds) {
        List<String> lists = finds.messages().keySet().stream()
                .filter(topic -> topic.endsWith(LIST))
                .toList();
        for (String list : lists) {
            String base = list.substring(0, list.length() - LIST.length());
            if (Finds.json(finds.messages().get(list)).orElse(null) instanceof List<?> devices) {
                devices.forEach(device -> device(base, device, finds));
            }
            finds.messages().keySet().removeIf(topic -> topic.startsWith(base + "/bridge/"));
        }
    }

    private static void device(String base, Object device, Finds finds) {
        if (!(device instanceof Map<?, ?> known)
                || !(known.get("friendly_name") instanceof String name)
                || !(known.get("definition") instanceof Map<?, ?> definition)
                || name.matches(".*[{+#].*")) {
            return;
        }
        String topic = base + "/" + name;
        List<Point> points = new ArrayList<>();
        exposes(definition.get("exposes"), "", points);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("topic", topic.replace(" ", "~s"));
        if (finds.messages().remove(topic + "/availability") != null) {
            settings.put("availability", (topic + "/availability").replace(" ", "~s"));
        }
        if (points.stream().anyMatch(point -> point.text().contains("access=rw"))) {
            settings.put("write", (topic + "/set").replace(" ", "~s"));
        }
        finds.messages().remove(topic);
        finds.add(
                name,
                "Zigbee2MQTT: " + definition.get("vendor") + " " + definition.get("model") + ", "
                        + definition.get("description"),
                settings,
                points);
    }

    private static void exposes(Object exposes, String above, List<Point> points) {
        if (!(exposes instanceof List<?> all)) {
            return;
        }
        for (Object one : all) {
            if (!(one instanceof Map<?, ?> expose) || points.size() >= Finds.MOST_POINTS) {
                continue;
            }
            String property = expose.get("property") instanceof String text ? text : "";
            if (expose.get("features") instanceof List<?> features) {
                boolean nested = "composite".equals(expose.get("type")) && !property.isEmpty();
                if (above.length() < 100) {
                    exposes(features, nested ? above + "/" + Finds.token(property) : above, points);
                }
            } else if (!property.isEmpty() && property.equals(property.replaceAll("\\s", ""))) {
                point(expose, above + "/" + Finds.token(property), property, points);
            }
        }
    }

    private static void point(Map<?, ?> expose, String pointer, String property, List<Point> points) {
        long access = expose.get("access") instanceof Long bits ? bits : PUBLISHED;
        if ((access & PUBLISHED) == 0) {
            return;
        }
        String type = switch (String.valueOf(expose.get("type"))) {
            case "numeric" -> "double";
            case "binary" -> "bool";
            default -> "string";
        };
        String options = (access & SETTABLE) == 0 ? "" : "access=rw";
        if (type.equals("bool")
                && expose.get("value_on") instanceof String on
                && expose.get("value_off") instanceof String off
                && (on + off).matches("\\w+")) {
            options += (options.isEmpty() ? "" : " ") + "map=" + on + ":true," + off + ":false";
        }
        points.add(new Point(
                Finds.word(property),
                Finds.channel(pointer, type, Finds.unit(expose.get("unit")), options),
                expose.get("description") instanceof String text ? Finds.line(text) : "",
                ""));
    }
}
