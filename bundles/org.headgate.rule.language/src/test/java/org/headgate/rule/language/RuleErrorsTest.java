package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.aggregates.Aggregates;
import org.headgate.rule.aggregates.Analytics;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.Scalars;
import org.headgate.rule.reduce.Reductions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads who has mistyped a rule: the place, what was expected, what was found. */
class RuleErrorsTest {
    private static final Schema BOILER = Schema.of(
            new Column("temperature", Type.DOUBLE, "Cel"),
            Column.of("count", Type.LONG),
            Column.of("name", Type.STRING),
            Column.of("pump", Type.BOOLEAN),
            Column.of("raw", Type.BYTES));
    private static final FunctionCatalog FUNCTIONS =
            new FunctionCatalog(Scalars.all(), Aggregates.all(), Analytics.all(), Reductions.all());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            SELECT FROM boiler                         | line 1, column 8: expected an expression, found FROM
            SELECT temperature                         | line 1, column 19: expected ',' or FROM, found the end
            SELECT temperature FROM                    | line 1, column 24: expected a name, found the end
            SELECT * FROM boiler-avg                   | line 1, column 21: expected GROUP BY, HAVING, WHERE or the end, found - (a name with a - is written in `backticks`)
            SELECT * FROM boiler WHERE                 | line 1, column 27: expected an expression, found the end
            SELECT * FROM boiler WHERE temperature >   | line 1, column 41: expected an expression, found the end
            SELECT * FROM boiler WHERE a > 1 b         | line 1, column 34: expected GROUP BY, HAVING or the end, found b
            SELECT * FROM boiler WHERE name = 'abc     | line 1, column 35: expected an expression, found a text that is not closed
            SELECT temperature b FROM boiler           | line 1, column 20: expected ',' or FROM, found b
            SELECT # FROM boiler                       | line 1, column 8: expected an expression, found #
            SELCT * FROM boiler                        | line 1, column 1: expected SELECT, found SELCT
            SELECT (temperature FROM boiler            | line 1, column 21: expected ')', found FROM
            SELECT CASE temperature END FROM boiler    | line 1, column 25: expected WHEN, found END
            SELECT avg(temperature) FROM boiler GROUP BY TUMBLINGWINDOW(xx, 10) | line 1, column 61: expected a unit (dd, hh, mi, ss or ms), found xx
            SELECT avg(temperature) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 0)  | line 1, column 65: expected a length from 1 ms to 366 days, found 0 ss
            SELECT avg(temperature) FROM boiler GROUP BY TUMBLINGWINDOW(ss, x)  | line 1, column 65: expected a whole number, found x
            SELECT 9223372036854775808 FROM boiler     | line 1, column 8: expected a number of 64 bits, found 9223372036854775808
            SELECT -9223372036854775809 FROM boiler    | line 1, column 8: expected a number of 64 bits, found 9223372036854775809
            SELECT 1e999 FROM boiler                   | line 1, column 8: expected a number of 64 bits, found 1e999
            SELECT "abc FROM boiler                    | line 1, column 8: expected an expression, found a text that is not closed
            SELECT `abc FROM boiler                    | line 1, column 8: expected an expression, found a name that is not closed
            SELECT /* abc FROM boiler                  | line 1, column 8: expected an expression, found a comment that is not closed
            SELECT * FROM `boiler*`                    | line 1, column 15: expected a stream's name (a-z first, then a-z, 0-9, _ or -, 63 characters at most), found boiler*
            SELECT * FROM Boiler                       | line 1, column 15: expected a stream's name (a-z first, then a-z, 0-9, _ or -, 63 characters at most), found Boiler
            SELECT 99999999999999999999 FROM boiler    | line 1, column 8: expected a number of 64 bits, found 99999999999999999999
            """)
    void syntax(String sql, String message) {
        assertThatThrownBy(() -> RuleParser.parse(sql))
                .isInstanceOf(RuleException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            SELECT temprature FROM boiler              | line 1, column 8: expected a column of boiler, found temprature: did you mean temperature?
            SELECT zzz FROM boiler                     | line 1, column 8: expected a column of boiler, found zzz (there are count, name, pump, raw, temperature)
            SELECT kettle.temperature FROM boiler      | line 1, column 8: expected boiler, found kettle
            SELECT temperature + name FROM boiler      | line 1, column 22: expected a number, found name (STRING)
            SELECT * FROM boiler WHERE name > 5        | line 1, column 35: expected a text, found LONG
            SELECT * FROM boiler WHERE temperature     | line 1, column 28: expected a condition, found temperature (DOUBLE)
            SELECT * FROM boiler WHERE pump AND count  | line 1, column 37: expected a condition, found count (LONG)
            SELECT * FROM boiler WHERE pump > pump     | line 1, column 28: expected a number or a text beside >, found pump (BOOLEAN)
            SELECT * FROM boiler WHERE temperature LIKE 'a%' | line 1, column 28: expected a text, found temperature (DOUBLE)
            SELECT CASE WHEN pump THEN 1 ELSE 'x' END FROM boiler | line 1, column 35: expected the same type as in the first THEN, LONG, found 'x' (STRING)
            SELECT averge(temperature) FROM boiler     | line 1, column 8: expected a function, found averge
            SELECT agv(temperature) FROM boiler        | line 1, column 8: expected a function, found agv
            SELECT cuont(temperature) FROM boiler      | line 1, column 8: expected a function, found cuont
            SELECT abs(name) FROM boiler               | line 1, column 12: expected a number, found name (STRING)
            SELECT abs(temperature, 1) FROM boiler     | line 1, column 8: expected abs(x)
            SELECT avg(*) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 8: expected avg(x)
            SELECT avg(name) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 12: expected a number, found name (STRING)
            SELECT max(name) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 12: expected a number, found name (STRING)
            SELECT name FROM boiler HAVING pump        | line 1, column 32: expected a window for this, such as GROUP BY TUMBLINGWINDOW(ss, 10)
            SELECT *, count AS n, 1 AS n FROM boiler   | line 1, column 23: expected another name, n is there already: write AS and a name
            SELECT avg(max(temperature)) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 12: expected a value of one row, found max(x)
            SELECT avg(temperature) FROM boiler        | line 1, column 8: expected a window for this, such as GROUP BY TUMBLINGWINDOW(ss, 10)
            SELECT name FROM boiler GROUP BY name      | line 1, column 34: expected a window for this, such as GROUP BY TUMBLINGWINDOW(ss, 10)
            SELECT * FROM boiler WHERE avg(temperature) > 1 | line 1, column 28: expected a value of one row, found avg(x)
            SELECT avg(temperature) AS a, a * 2 AS b FROM boiler WHERE b > 1 GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 60: expected a value of one row, found b, an aggregate (try HAVING)
            SELECT count, count FROM boiler            | line 1, column 15: expected another name, count is there already: write AS and a name
            SELECT deadband(temperature, 1) FROM boiler | line 1, column 8: expected deadband(x, d) in WHERE: it is a condition on rows
            SELECT * FROM boiler WHERE deadband(name, 1) | line 1, column 37: expected a number, found name (STRING)
            SELECT * FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 31: expected no window, or an aggregate such as avg(x) in SELECT, or a dimension beside the window
            SELECT count(*) FROM boiler GROUP BY raw, TUMBLINGWINDOW(ss, 10) | line 1, column 38: expected a number, a text or a boolean, found raw (BYTES)
            """)
    void meaning(String sql, String message) throws RuleException {
        Query query = RuleParser.parse(sql);
        assertThatThrownBy(() -> Linker.link(query, Inputs.of("boiler", BOILER), FUNCTIONS))
                .isInstanceOf(RuleException.class)
                .hasMessage(message);
    }

    @Test
    void countsLinesAndColumnsFromOneAcrossCommentsAndLines() {
        String sql = "SELECT temperature, -- the first\n  /* two\n lines */ pump +\nFROM boiler";
        assertThatThrownBy(() -> RuleParser.parse(sql))
                .hasMessage("line 4, column 1: expected an expression, found FROM");
    }

    @ParameterizedTest
    @CsvSource({
        "(, 1, )",
        "'', 1, + 1",
        "'', pump, AND pump",
        "NOT, pump, ''",
        "-, 1, ''",
        "abs(, 1, )",
        "CASE WHEN true THEN, 1, END",
        "CASE, 1, WHEN 1 THEN 1 END"
    })
    void refusesNestingThatCouldOverflowAStack(String before, String inner, String after) {
        int times = 50_000 / (before.length() + after.length() + 2);
        String sql = "SELECT " + (before + " ").repeat(times) + inner + (" " + after).repeat(times) + " FROM boiler";
        assertThatThrownBy(() -> RuleParser.parse(sql))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("expected an expression that is nested less deeply");
    }

    /** Aliases of aliases, and what is compared with many, cost more than they are long. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            count AS a0 | , a%2$d + a%2$d AS a%1$d
            true AS a0  | , a%2$d IN (true, false, true) AS a%1$d
            1 AS a0     | , CASE a%2$d WHEN 1 THEN 1 WHEN 2 THEN 2 END AS a%1$d
            true AS a0  | , CASE WHEN a%2$d THEN 1 END BETWEEN 0 AND 1 AS a%1$d
            """)
    void refusesARuleThatWouldStopTheGateway(String first, String next) throws RuleException {
        StringBuilder sql = new StringBuilder("SELECT ").append(first);
        for (int i = 1; i < 40; i++) {
            sql.append(", ").append(String.format(next.substring(1), i, i - 1));
        }
        Query query = RuleParser.parse(sql + " FROM boiler");
        assertThatThrownBy(() -> Linker.link(query, Inputs.of("boiler", BOILER), FUNCTIONS))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("expected a rule of 5000 operations at most");
    }

    @Test
    void refusesATextThatNobodyHasWritten() {
        assertThatThrownBy(() -> RuleParser.parse("SELECT 1 FROM boiler" + " ".repeat(70_000)))
                .hasMessageContaining("expected a rule of 65536 characters at most");
    }
}
