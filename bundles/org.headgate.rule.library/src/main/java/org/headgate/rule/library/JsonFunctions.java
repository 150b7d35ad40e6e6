package org.headgate.rule.library;

import java.util.List;
import org.headgate.codec.JsonReader;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionDefinition;

/** JSON paths, on arrays, structs and texts that are JSON. */
final class JsonFunctions {
    private static final String S =
            "{\"s\": {\"group\": [{\"name\": \"a\", \"age\": 22}, {\"name\": \"b\", \"age\": 33}]}}";

    private JsonFunctions() {}

    static List<FunctionDefinition> all() {
        return List.of(
                Define.of(
                                "json_path_query(x, path)",
                                "what a JSON path finds: an array where it can find several values",
                                "json_path_query(s, '$.group[*].name')",
                                S,
                                "[\"a\",\"b\"]")
                        .takes(Kind.ANY, Kind.TEXT)
                        .any(() -> on(JsonFunctions::query)),
                Define.of(
                                "json_path_query_first(x, path)",
                                "the first of what a JSON path finds",
                                "json_path_query_first(s, '$.group[? @.age>30].name')",
                                S,
                                "\"b\"")
                        .takes(Kind.ANY, Kind.TEXT)
                        .any(() -> on((frame, path, found) -> found.isEmpty() ? null : first(path, found.get(0)))),
                Define.of(
                                "json_path_exists(x, path)",
                                "whether a JSON path finds anything",
                                "json_path_exists(s, '$.group[? @.age>60]')",
                                S,
                                "false")
                        .takes(Kind.ANY, Kind.TEXT)
                        .ofNull(false)
                        .flag(() -> on((frame, path, found) -> !found.isEmpty())));
    }

    @FunctionalInterface
    private interface Found {
        Object apply(Frame frame, JsonPath path, List<Object> found);
    }

    private static Object query(Frame frame, JsonPath path, List<Object> found) {
        if (!path.isDefinite()) {
            return found;
        }
        return found.isEmpty() ? Values.failed(frame, "expected a value at " + path.text()) : found.get(0);
    }

    private static Object first(JsonPath path, Object found) {
        if (path.isDefinite() && found instanceof List<?> list) {
            return list.isEmpty() ? null : list.get(0);
        }
        return found;
    }

    /** Finds by the path that is the second argument, which is read again when another comes. */
    private static Define.Body on(Found result) {
        return new Define.Body() {
            private JsonPath path;

            @Override
            public Object apply(Frame frame, Object[] v) {
                try {
                    if (path == null || !path.text().equals(v[1])) {
                        path = JsonPath.of((String) v[1]);
                    }
                    Object root = v[0] instanceof String text ? JsonReader.read(text) : v[0];
                    return result.apply(frame, path, path.find(root));
                } catch (IllegalArgumentException wrong) {
                    return Values.failed(frame, wrong.getMessage());
                }
            }
        };
    }
}
