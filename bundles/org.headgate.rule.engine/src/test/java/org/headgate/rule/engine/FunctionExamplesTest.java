package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.headgate.codec.JsonReader;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Signature;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every example that {@code rule:functions} shows, through parser, linker and engine, as a user would run it. */
class FunctionExamplesTest {
    private static final List<FunctionDefinition> ALL = BuiltIns.all(ZoneOffset.UTC, new SplittableRandom(7));
    private static final FunctionCatalog CATALOG = new FunctionCatalog(ALL);
    private static final long SECOND = 1_000_000_000L;

    @TestFactory
    Stream<DynamicTest> examples() {
        return CATALOG.all().stream().map(function -> DynamicTest.dynamicTest(function.usage(), () -> run(function)));
    }

    @Test
    void everyNameIsThereOnceAndLooksAsItShould() {
        Set<String> names = new HashSet<>();
        for (FunctionDefinition function : ALL) {
            Signature signature = function.signature();
            assertThat(names.add(function.name())).as(function.name()).isTrue();
            assertThat(function.name()).matches("[a-z][a-z0-9_]*");
            assertThat(signature.usage()).startsWith(function.name() + "(");
            assertThat(signature.summary()).as(function.name()).isNotEmpty().doesNotEndWith(".");
            assertThat(signature.example()).as(function.name()).contains(function.name() + "(");
            assertThat(signature.result()).as(function.name()).isNotEmpty();
        }
        assertThat(names).hasSizeGreaterThan(170);
    }

    @Test
    void inputsAndResultsAreSplitWhereAValueEnds() {
        assertThat(values("{\"a\": [1, \"} x\"]} {} 1.5 null \"a \\\" b\" [1] true"))
                .containsExactly("{\"a\": [1, \"} x\"]}", "{}", "1.5", "null", "\"a \\\" b\"", "[1]", "true");
    }

    private static void run(FunctionDefinition function) throws RuleException {
        Signature signature = function.signature();
        List<Map<?, ?>> rows = new ArrayList<>();
        values(signature.input()).forEach(json -> rows.add((Map<?, ?>) JsonReader.read(json)));
        if (rows.isEmpty()) {
            rows.add(Map.of());
        }
        Schema schema = schema(rows);
        boolean aggregate = function instanceof FunctionDefinition.Aggregating;
        boolean condition =
                function instanceof FunctionDefinition.Reducing || function instanceof FunctionDefinition.Delaying;
        // A condition lets rows through: what they hold shows which.
        String sql = condition
                ? "SELECT * FROM s WHERE " + signature.example()
                : "SELECT " + signature.example() + " AS result FROM s"
                        + (aggregate ? " GROUP BY TUMBLINGWINDOW(dd, 1)" : "");
        List<String> results = new ArrayList<>();
        RuleProgram program = new RuleProgram(
                "r", RuleParser.parse(sql), CATALOG, Inputs.NONE, RuleOptions.DEFAULT, row -> results.add(result(row)));
        long now = 0;
        for (Map<?, ?> values : rows) {
            now += SECOND;
            program.row(0, row(schema, values, now), now);
        }
        assertThat(program.detail(now)).as(sql).isEmpty();
        program.finish();
        program.stop();
        assertThat(results.stream().map(FunctionExamplesTest::normal))
                .as(sql + " on " + signature.input())
                .containsExactlyElementsOf(values(signature.result()).stream()
                        .map(FunctionExamplesTest::normal)
                        .toList());
    }

    private static String result(Row row) {
        return new JsonWriter().value(row.object(0)).toString();
    }

    /** The same value in the same spelling: numbers without a needless fraction, no blanks. */
    private static String normal(String json) {
        return new JsonWriter().value(JsonReader.read(json)).toString();
    }

    private static Row row(Schema schema, Map<?, ?> values, long now) {
        RowBuilder builder = Row.builder(schema);
        values.forEach((name, value) -> {
            if (value != null) {
                int column = schema.indexOf((String) name);
                boolean whole = schema.type(column) == Type.DOUBLE;
                builder.set(column, whole ? (Object) ((Number) value).doubleValue() : value);
            }
        });
        return builder.build(now, ClockState.SYNCED);
    }

    private static Schema schema(List<Map<?, ?>> rows) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (Map<?, ?> row : rows) {
            row.forEach((name, value) -> {
                if (value != null) {
                    types.merge((String) name, type(value), (a, b) -> a == b ? a : Type.ANY);
                }
            });
        }
        return Schema.of(types.entrySet().stream()
                .map(entry -> Column.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static Type type(Object value) {
        if (value instanceof Number) {
            return Type.DOUBLE;
        }
        if (value instanceof String) {
            return Type.STRING;
        }
        if (value instanceof Boolean) {
            return Type.BOOLEAN;
        }
        return value instanceof List ? Type.ARRAY : Type.STRUCT;
    }

    /** The JSON values of a text, which blanks divide. */
    static List<String> values(String text) {
        List<String> all = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ' ' && depth == 0) {
                if (i > start) {
                    all.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return all;
    }
}
