package org.headgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a benchmark has measured. */
final class Report {
    private final String bench;
    private String version;
    private final List<String> results = new ArrayList<>();

    Report(String bench, String version) {
        this.bench = bench;
        this.version = version;
    }

    /** Names the version that was measured, once it is known. */
    Report of(String measured) {
        version = measured;
        return this;
    }

    /** A figure without an aim. */
    void add(String name, double value, String unit) {
        results.add(
                String.format(Locale.ROOT, "{\"name\":%s,\"value\":%.3f,\"unit\":%s}", text(name), value, text(unit)));
    }

    /** A figure that should be at most the aim. */
    void atMost(String name, double value, String unit, double aim) {
        results.add(String.format(
                Locale.ROOT,
                "{\"name\":%s,\"value\":%.3f,\"unit\":%s,\"aim\":\"<= %s\",\"met\":%b}",
                text(name),
                value,
                text(unit),
                aim,
                value <= aim));
    }

    /** A figure that should be at least the aim. */
    void atLeast(String name, double value, String unit, double aim) {
        results.add(String.format(
                Locale.ROOT,
                "{\"name\":%s,\"value\":%.3f,\"unit\":%s,\"aim\":\">= %s\",\"met\":%b}",
                text(name),
                value,
                text(unit),
                aim,
                value >= aim));
    }

    String json(Map<String, String> machine) {
        List<String> facts = machine.entrySet().stream()
                .map(fact -> text(fact.getKey()) + ":" + text(fact.getValue()))
                .toList();
        return "{\"bench\":" + text(bench) + ",\"machine\":{" + String.join(",", facts) + "},\"version\":"
                + text(version) + ",\"results\":[\n  " + String.join(",\n  ", results) + "\n]}";
    }

    private static String text(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
