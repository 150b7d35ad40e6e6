package org.headgate.rule.aggregates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.headgate.codec.JsonReader;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Tracker;
import org.headgate.rule.functions.Tracking;

/**
 * A call and the rows to try it on, without a parser: {@code lag(x, 1, 0)} and JSON objects separated by blanks. Numbers are DOUBLE, in
 * columns n and m LONG; column a is ANY; the others have the type of their values. A field {@code t} is the row's time in seconds, otherwise
 * rows are a second apart; a row with {@code "skip": true} does not count (WHEN).
 */
final class Sheet {
    static final FunctionCatalog CATALOG = new FunctionCatalog(Aggregates.all(), Analytics.all());

    final Frame frame = new Frame("test");
    private final List<Map<?, ?>> lines = new ArrayList<>();
    private final Map<String, Type> types = new LinkedHashMap<>();
    private final Schema schema;
    private final FunctionDefinition function;
    private final List<Expression> arguments = new ArrayList<>();

    Sheet(String call, String input) {
        String json = "[" + input.trim().replaceAll("}\\s+\\{", "},{") + "]";
        for (Object line : (List<?>) JsonReader.read(json)) {
            lines.add((Map<?, ?>) line);
        }
        lines.forEach(line -> line.forEach((name, value) ->
                types.merge(name.toString(), type(name.toString(), value), (a, b) -> a == Type.ANY ? b : a)));
        String name = call.substring(0, call.indexOf('('));
        String written =
                call.substring(call.indexOf('(') + 1, call.lastIndexOf(')')).trim();
        List<String> words = Stream.of(written.split("\\s*,\\s*"))
                .filter(word -> !word.isEmpty() && !word.equals("*"))
                .toList();
        words.stream()
                .filter(word -> word.matches("[a-z]+") && !isLiteral(word))
                .forEach(word -> types.putIfAbsent(word, type(word, 1.0)));
        schema = Schema.of(types.entrySet().stream()
                .map(entry -> new Column(entry.getKey(), entry.getValue(), ""))
                .toList());
        words.forEach(word -> arguments.add(argument(word)));
        function = CATALOG.find(name).orElseThrow();
    }

    private static boolean isLiteral(String word) {
        return word.equals("true") || word.equals("false") || word.equals("null");
    }

    private static Type type(String name, Object value) {
        if (name.equals("a")) {
            return Type.ANY;
        }
        if (name.equals("n") || name.equals("m")) {
            return Type.LONG;
        }
        if (value instanceof Boolean) {
            return Type.BOOLEAN;
        }
        if (value instanceof String) {
            return Type.STRING;
        }
        if (value instanceof List) {
            return Type.ARRAY;
        }
        return value instanceof Map ? Type.STRUCT : value == null ? Type.ANY : Type.DOUBLE;
    }

    private Expression argument(String word) {
        if (word.equals("true") || word.equals("false")) {
            return Columns.constant(Type.BOOLEAN, word.equals("true"));
        }
        if (word.equals("null")) {
            return Columns.constant(Type.ANY, null);
        }
        if (word.startsWith("'")) {
            return Columns.constant(Type.STRING, word.substring(1, word.length() - 1));
        }
        if (word.matches("-?\\d+")) {
            return Columns.constant(Type.LONG, Long.parseLong(word));
        }
        if (word.matches("-?\\d+\\.\\d+(e\\d+)?")) {
            return Columns.constant(Type.DOUBLE, Double.parseDouble(word));
        }
        return Columns.of(types.get(word), schema.indexOf(word));
    }

    List<Expression> arguments() {
        return arguments;
    }

    int size() {
        return lines.size();
    }

    /** Puts a line into the frame. */
    void enter(int line) {
        RowBuilder row = Row.builder(schema);
        lines.get(line).forEach((name, value) -> {
            int column = schema.indexOf(name.toString());
            if (value == null) {
                return;
            }
            if (schema.type(column) == Type.DOUBLE) {
                row.set(column, ((Number) value).doubleValue());
            } else {
                row.set(column, value);
            }
        });
        Object time = lines.get(line).get("t");
        long nanos = time == null ? (line + 1) * 1_000_000_000L : (long) (((Number) time).doubleValue() * 1e9);
        frame.enter(row.build(nanos, ClockState.SYNCED));
        frame.now(nanos);
    }

    /** A row with these numbers in its first columns. */
    Row row(double... numbers) {
        RowBuilder row = Row.builder(schema);
        for (int i = 0; i < numbers.length; i++) {
            row.set(i, numbers[i]);
        }
        return row.build(0, ClockState.SYNCED);
    }

    boolean isAggregate() {
        return function instanceof FunctionDefinition.Aggregating;
    }

    /** A row of random values, a fifth of them null, at most so many seconds after or a little before the one before. */
    Row random(Random random, Row before) {
        RowBuilder row = Row.builder(schema);
        for (int i = 0; i < schema.size(); i++) {
            if (random.nextInt(5) > 0) {
                row.set(i, random(random, schema.type(i)));
            }
        }
        long from = before == null ? 0 : before.timeNanos();
        return row.build(from + random.nextInt(10_000_000) * 1000L - 1_000_000_000L, ClockState.SYNCED);
    }

    private static Object random(Random random, Type type) {
        if (type == Type.BYTES) {
            return new byte[] {(byte) random.nextInt(2)};
        }
        return switch (type) {
            case BOOLEAN -> (Object) random.nextBoolean();
            case LONG -> (Object) (long) random.nextInt(9);
            case DOUBLE -> random.nextInt(3) == 0 ? (Object) (double) random.nextInt(5) : random.nextGaussian() * 100;
            case STRING -> (Object) ("text " + random.nextInt(5));
            case ARRAY -> List.of(random.nextInt(2), "b");
            case STRUCT -> Map.of("f" + random.nextInt(3), (Object) (long) random.nextInt(3));
            default -> random(random, Type.values()[random.nextInt(6)]);
        };
    }

    boolean skips(int line) {
        return Boolean.TRUE.equals(lines.get(line).get("skip"));
    }

    Aggregate aggregate() {
        return ((FunctionDefinition.Aggregating) function).compiler().compile(arguments);
    }

    Tracking tracking() {
        return ((FunctionDefinition.Analytic) function).compiler().compile(arguments);
    }

    /** What it gives: of an aggregate over all rows, of an analytic function for each. */
    String results() {
        if (function instanceof FunctionDefinition.Aggregating) {
            Accumulator accumulator = aggregate().accumulators().get();
            for (int i = 0; i < size(); i++) {
                enter(i);
                accumulator.add(frame);
            }
            return read(accumulator, aggregate().type());
        }
        Tracker tracker = tracking().trackers().get();
        List<String> results = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            step(tracker, i);
            results.add(read(tracker, tracking().type()));
        }
        return String.join(" ", results);
    }

    void step(Tracker tracker, int line) {
        enter(line);
        if (skips(line)) {
            tracker.skip(frame);
        } else {
            tracker.step(frame);
        }
    }

    /** The result, read in the way of its type, which must agree with the boxed one. */
    String read(Result result, Type type) {
        Object boxed = result.asObject(frame);
        if (boxed == null != frame.isNull()) {
            throw new AssertionError("isNull is " + frame.isNull() + " for " + boxed);
        }
        boolean isNull = frame.isNull();
        Object direct = switch (type) {
            case BOOLEAN -> (Object) result.asBoolean(frame);
            case LONG -> (Object) result.asLong(frame);
            case DOUBLE -> (Object) result.asDouble(frame);
            default -> result.asObject(frame);
        };
        if (isNull != frame.isNull() || !isNull && !direct.equals(boxed)) {
            throw new AssertionError(direct + " and " + boxed);
        }
        return text(boxed);
    }

    static String text(Object value) {
        if (value instanceof Number number) {
            double x = number.doubleValue();
            return x == Math.rint(x) && Math.abs(x) < 1e18 ? String.valueOf(number.longValue()) : number.toString();
        }
        if (value instanceof String text) {
            return '"' + text + '"';
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(",", list.stream().map(Sheet::text).toList()) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            return "{"
                    + String.join(
                            ",",
                            map.entrySet().stream()
                                    .map(e -> text(e.getKey()) + ":" + text(e.getValue()))
                                    .toList())
                    + "}";
        }
        return value instanceof byte[] bytes ? "bytes " + Arrays.toString(bytes) : String.valueOf(value);
    }
}
