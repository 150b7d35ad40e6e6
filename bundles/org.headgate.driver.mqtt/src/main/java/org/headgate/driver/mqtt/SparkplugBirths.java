package org.headgate.driver.mqtt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Discovered.Point;
import org.headgate.sparkplug.DataType;
import org.headgate.sparkplug.MalformedException;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.PayloadReader;

/** Edge nodes of Sparkplug that were born while somebody listened: their births are not kept by the broker. */
final class SparkplugBirths {
    private static final String NAMESPACE = "spBv1.0/";

    private SparkplugBirths() {}

    static void find(Finds finds) {
        finds.messages().forEach((topic, payload) -> {
            String[] levels = topic.split("/", -1);
            boolean node = levels.length == 4 && levels[2].equals("NBIRTH");
            if (topic.startsWith(NAMESPACE) && (node || levels.length == 5 && levels[2].equals("DBIRTH"))) {
                born(levels, metrics(payload), finds);
            }
        });
        finds.messages().keySet().removeIf(topic -> topic.startsWith(NAMESPACE));
    }

    /** None where somebody else's bytes are on a topic of Sparkplug. */
    private static List<Metric> metrics(byte[] payload) {
        try {
            return PayloadReader.read(payload).metrics();
        } catch (MalformedException none) {
            return List.of();
        }
    }

    private static void born(String[] levels, List<Metric> metrics, Finds finds) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("group", levels[1]);
        settings.put("edge", levels[3]);
        if (levels.length > 4) {
            settings.put("device", levels[4]);
        }
        List<Point> points = new ArrayList<>();
        for (Metric metric : metrics) {
            DataType.of(metric.datatype())
                    .filter(type -> !metric.name().isEmpty() && !metric.name().contains("~"))
                    .ifPresent(type -> points.add(point(metric, type)));
        }
        String name = levels[levels.length - 1];
        finds.add(name, "Sparkplug: " + String.join("/", settings.values()), settings, points);
    }

    private static Point point(Metric metric, DataType type) {
        String word = switch (type) {
            case BOOLEAN -> "bool";
            case FLOAT, DOUBLE -> "double";
            case STRING, TEXT, DATE_TIME -> "string";
            case BYTES -> "bytes";
            default -> "int64";
        };
        Metric.Property unit = metric.properties().get("engUnit");
        return new Point(
                Finds.word(metric.name()),
                Finds.channel(
                        "sparkplug/" + metric.name().replaceAll("\\s", "~s"),
                        word,
                        unit == null ? "" : Finds.unit(unit.value().orElse("")),
                        ""),
                Finds.line(metric.name()) + ", " + type,
                "");
    }
}
