package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.functions.Frame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording without a schema gives what one with a schema gives: types change how a value is found, not which. */
class AnyTypeTest {
    private static final Schema TYPED = Schema.of(
            Column.of("d", Type.DOUBLE),
            Column.of("l", Type.LONG),
            Column.of("s", Type.STRING),
            Column.of("b", Type.BOOLEAN));
    private static final Schema ANY = Schema.of(
            Column.of("d", Type.ANY), Column.of("l", Type.ANY), Column.of("s", Type.ANY), Column.of("b", Type.ANY));
    private static final Object[][] VALUES = {
        {0.0, 1.0, -1.5, 2.0, 1e300, -0.0, 9007199254740993.0, null},
        {0L, 1L, -1L, 2L, Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L, null},
        {"", "a", "a%", "b_", null},
        {true, false, null}
    };
    private final Random random;

    AnyTypeTest() {
        random = new Random();
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String number(int depth) {
        if (depth == 0) {
            return pick("d", "l", "0", "1", "2.5", "-1", "9007199254740993", "NULL");
        }
        return switch (random.nextInt(4)) {
            case 0 -> "(" + number(depth - 1) + pick(" + ", " - ", " * ", " / ", " % ") + number(depth - 1) + ")";
            case 1 -> "-(" + number(depth - 1) + ")";
            case 2 ->
                "CASE WHEN " + condition(depth - 1) + pick(" THEN l ELSE 1", " THEN d ELSE NULL", " THEN 2.5 ELSE d")
                        + " END";
            default -> number(0);
        };
    }

    private String text() {
        return pick("s", "'a'", "'a\\%'", "'b'", "'_'", "NULL", "CASE WHEN b THEN s ELSE 'a' END");
    }

    private String condition(int depth) {
        int kind = random.nextInt(depth == 0 ? 6 : 9);
        String operator = pick(" = ", " != ", " < ", " <= ", " > ", " >= ");
        return switch (kind) {
            case 0 -> "(" + number(0) + operator + number(0) + ")";
            case 1 -> "(" + text() + operator + text() + ")";
            case 2 -> pick("b", "true", "b = true", "(b != (l = 1))");
            case 3 -> "(" + text() + pick(" LIKE ", " NOT LIKE ") + text() + ")";
            case 4 -> "(" + number(0) + pick(" IN (", " NOT IN (") + number(0) + ", " + number(0) + "))";
            case 5 -> "(" + pick(number(0), text()) + pick(" IS NULL", " IS NOT NULL") + ")";
            case 6 -> "(" + condition(depth - 1) + pick(" AND ", " OR ") + condition(depth - 1) + ")";
            case 7 -> "(NOT " + condition(depth - 1) + ")";
            default ->
                "(" + number(depth - 1) + pick(" BETWEEN ", " NOT BETWEEN ") + number(0) + " AND " + number(0) + ")";
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void givesWhatKnownTypesGive(long seed) throws RuleException {
        random.setSeed(seed);
        int values = 0;
        for (int i = 0; i < 1_500; i++) {
            String expression = random.nextBoolean() ? number(3) : condition(3);
            String sql = "SELECT " + expression + " AS x FROM t";
            Plan typed = new Streams().with("t", TYPED).plan(sql);
            Plan any = new Streams().with("t", ANY).plan(sql);
            for (int n = 0; n < 20; n++) {
                Object[] row = new Object[VALUES.length];
                for (int column = 0; column < row.length; column++) {
                    row[column] = VALUES[column][random.nextInt(VALUES[column].length)];
                }
                Object expected = evaluated(typed, TYPED, row);
                Object found = evaluated(any, ANY, row);
                assertThat(plain(found))
                        .as(expression + " of " + Streams.row(TYPED, row))
                        .isEqualTo(plain(expected));
                values += expected == null ? 0 : 1;
            }
        }
        assertThat(values).isGreaterThan(15_000);
    }

    private static Object evaluated(Plan plan, Schema schema, Object[] values) {
        Row row = Streams.row(schema, values);
        Frame frame = new Frame();
        frame.enter(row);
        Object value = Streams.value(plan.columns().get(0), frame);
        return value;
    }

    /** A zero is a zero. */
    private static Object plain(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }
}
