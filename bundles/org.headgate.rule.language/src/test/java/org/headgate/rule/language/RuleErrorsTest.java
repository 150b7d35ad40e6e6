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
            SELECT * FROM boiler-avg                   | line 1, column 21: expected GROUP BY, HAVING, JOIN, LIMIT, ORDER BY, WHERE or the end, found - (a name with a - is written in `backticks`)
            SELECT * FROM boiler WHERE                 | line 1, column 27: expected an expression, found the end
            SELECT * FROM boiler WHERE temperature >   | line 1, column 41: expected an expression, found the end
            SELECT * FROM boiler WHERE a > 1 b         | line 1, column 34: expected GROUP BY, HAVING, LIMIT, ORDER BY or the end, found b
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
            SELECT * EXCEPT temperature FROM boiler    | line 1, column 17: expected '(', found temperature
            SELECT * REPLACE(1 one) FROM boiler        | line 1, column 20: expected AS, found one
            SELECT * EXCEPT() FROM boiler              | line 1, column 17: expected a name, found )
            SELECT a[ FROM boiler                      | line 1, column 11: expected an expression or ':', found FROM
            SELECT a[1 FROM boiler                     | line 1, column 12: expected ']', found FROM
            SELECT a[1:2:3] FROM boiler                | line 1, column 13: expected ']' or an operator, found :
            SELECT a-> FROM boiler                     | line 1, column 12: expected '*' or a name, found FROM
            SELECT a->* FROM boiler                    | line 1, column 11: expected a name, found *
            SELECT a.b.* FROM boiler                   | line 1, column 12: expected a name, found *
            SELECT a FROM boiler b                     | line 1, column 22: expected GROUP BY, HAVING, JOIN, LIMIT, ORDER BY, WHERE or the end, found b
            SELECT a FROM boiler LEFT pumps            | line 1, column 27: expected JOIN, found pumps
            SELECT a FROM boiler JOIN pumps            | line 1, column 32: expected AS or ON, found the end
            SELECT a FROM boiler CROSS JOIN pumps ON 1 | line 1, column 39: expected GROUP BY, HAVING, JOIN, LIMIT, ORDER BY, WHERE or the end, found ON
            SELECT a FROM boiler ORDER a               | line 1, column 28: expected BY, found a
            SELECT a FROM boiler LIMIT x               | line 1, column 28: expected a whole number, found x
            SELECT a FROM boiler LIMIT 3000000000      | line 1, column 28: expected a number of results from 0 to 2147483647, found 3000000000
            SELECT a FROM boiler LIMIT 1 ORDER BY a    | line 1, column 30: expected the end, found ORDER
            SELECT a IN b + 1 FROM boiler              | line 1, column 15: expected ',' or FROM, found +
            SELECT lag(a) OVER (a) FROM boiler         | line 1, column 21: expected ')', PARTITION or WHEN, found a
            SELECT avg(a) FILTER (pump) FROM boiler    | line 1, column 23: expected WHERE, found pump
            SELECT a FROM boiler GROUP BY HOPPINGWINDOW(ss, 10, 20) | line 1, column 53: expected a distance of 10 at most, the window's length, found 20
            SELECT a FROM boiler GROUP BY HOPPINGWINDOW(ss, 10)     | line 1, column 51: expected ',', found )
            SELECT a FROM boiler GROUP BY SESSIONWINDOW(ss, 10, 0)  | line 1, column 53: expected a length from 1 ms to 366 days, found 0 ss
            SELECT a FROM boiler GROUP BY SLIDINGWINDOW(dd, 400)    | line 1, column 49: expected a length from 1 ms to 366 days, found 400 dd
            SELECT a FROM boiler GROUP BY COUNTWINDOW(0)            | line 1, column 43: expected a number of rows from 1 to 2147483647, found 0
            SELECT a FROM boiler GROUP BY COUNTWINDOW(2, 3)         | line 1, column 46: expected 2 rows at most, the window's length, found 3
            SELECT a FROM boiler GROUP BY STATEWINDOW()             | line 1, column 43: expected an expression, found )
            SELECT a FROM boiler GROUP BY COUNTWINDOW(2), COUNTWINDOW(2) | line 1, column 47: expected one window only
            SELECT a FROM boiler GROUP BY COUNTWINDOW(2) OVER (WHEN pump) | line 1, column 46: expected OVER (WHEN ...) behind SLIDINGWINDOW only
            SELECT a FROM boiler GROUP BY COUNTWINDOW(2) FILTER (WHERE a) FILTER (WHERE b) | line 1, column 63: expected one FILTER only
            SELECT a FROM boiler GROUP BY SLIDINGWINDOW(ss, 1) OVER (WHEN a) OVER (WHEN b) | line 1, column 66: expected one OVER only
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
            SELECT averge(temperature) FROM boiler     | line 1, column 8: expected a function, found averge
            SELECT agv(temperature) FROM boiler        | line 1, column 8: expected a function, found agv: did you mean avg?
            SELECT cuont(temperature) FROM boiler      | line 1, column 8: expected a function, found cuont: did you mean count?
            SELECT abs(name) FROM boiler               | line 1, column 12: expected a number, found name (STRING)
            SELECT abs(temperature, 1) FROM boiler     | line 1, column 8: expected abs(x)
            SELECT avg(*) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 12: expected a number, found * (STRUCT)
            SELECT avg(name) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 12: expected a number, found name (STRING)
            SELECT max(pump) FROM boiler GROUP BY TUMBLINGWINDOW(ss, 10) | line 1, column 12: expected a number or a text, found pump (BOOLEAN)
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
            SELECT count(*) FROM boiler GROUP BY raw, TUMBLINGWINDOW(ss, 10) | line 1, column 38: expected a number, a text or a boolean, found raw (BYTES)
            """)
    void meaning(String sql, String message) throws RuleException {
        Query query = RuleParser.parse(sql);
        assertThatThrownBy(() -> Linker.link(query, Inputs.of("boiler", BOILER), FUNCTIONS))
                .isInstanceOf(RuleException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            SELECT boiler FROM nothing                  | line 1, column 20: expected a stream whose columns are known, or a table, found nothing
            SELECT id FROM sites                        | line 1, column 16: expected a stream, found the table sites (write it behind JOIN)
            SELECT * FROM boiler AS b JOIN pumps AS b ON true | line 1, column 32: expected another name, b is there already: write AS and a name
            SELECT boiler.count FROM boiler AS b        | line 1, column 8: expected b, found boiler
            SELECT b.coun FROM boiler AS b              | line 1, column 8: expected a column of b, found coun: did you mean count?
            SELECT x.name FROM boiler AS b JOIN sites ON b.count = sites.id | line 1, column 8: expected b or sites, found x
            SELECT name FROM boiler JOIN sites ON count = id  | line 1, column 8: expected the stream of name, too, as in boiler.name: several have it
            SELECT powr FROM boiler JOIN sites ON count = id  | line 1, column 8: expected a column of boiler or sites, found powr: did you mean power?
            SELECT power FROM boiler JOIN pumps ON count = id | line 1, column 26: expected a window for a join of streams, such as GROUP BY TUMBLINGWINDOW(ss, 10)
            SELECT power FROM boiler RIGHT JOIN sites ON count = id | line 1, column 26: expected INNER, LEFT or CROSS JOIN with a table, or a window: a row is no reason to put out all of sites
            SELECT s.power FROM boiler JOIN sites AS s ON t.id = 1 JOIN sites AS t ON true | line 1, column 52: expected columns of what was joined so far, found some of a later join
            SELECT * EXCEPT(temprature) FROM boiler     | line 1, column 17: expected a column to leave out, found temprature: did you mean temperature?
            SELECT count INVISIBLE FROM boiler          | line 1, column 1: expected at least one column that is put out
            SELECT abs(*) FROM boiler                   | line 1, column 8: expected abs(x)
            SELECT count AS *  FROM boiler              | line 1, column 17: expected a name, found *
            SELECT boiler.* AS x FROM boiler            | line 1, column 8: expected a value, found *
            SELECT count->x FROM boiler                 | line 1, column 8: expected a struct, found count (LONG)
            SELECT count.x FROM boiler                  | line 1, column 8: expected a struct, found count (LONG)
            SELECT count[0] FROM boiler                 | line 1, column 8: expected an array, found count (LONG)
            SELECT tags[name] FROM boiler               | line 1, column 13: expected a number, found name (STRING)
            SELECT 1 IN count FROM boiler               | line 1, column 13: expected an array, found count (LONG)
            SELECT temperature & 1 FROM boiler          | line 1, column 8: expected a whole number, found temperature (DOUBLE)
            SELECT tags = tags FROM boiler              | line 1, column 8: expected a number or a text beside =, found tags (ARRAY)
            SELECT unnest(tags), unnest(tags) AS b FROM boiler | line 1, column 22: expected unnest(array) as an item of SELECT, once
            SELECT unnest(count) FROM boiler            | line 1, column 15: expected an array, found count (LONG)
            SELECT abs(unnest(tags)) FROM boiler        | line 1, column 12: expected unnest(array) as an item of SELECT, once
            SELECT count FROM boiler WHERE changed_cols('', true, count) | line 1, column 32: expected changed_cols(prefix, ignoreNull, x, ...) as an item of SELECT
            SELECT changed_cols(name, true, count) FROM boiler | line 1, column 8: expected changed_cols(prefix, ignoreNull, x, ...), prefix being a text
            SELECT changed_cols('', true, count) AS x FROM boiler | line 1, column 8: expected no AS behind changed_cols: its first argument is a prefix of the names
            SELECT meta(tmie) FROM boiler               | line 1, column 13: expected meta(key), where key is stream, device, time or clock, found tmie
            SELECT meta() FROM boiler                   | line 1, column 8: expected meta(key), where key is stream, device, time or clock
            SELECT quality(count + 1) FROM boiler       | line 1, column 22: expected quality(column), found count + 1
            SELECT abs(count) OVER (WHEN pump) FROM boiler | line 1, column 19: expected OVER behind an analytic function, found abs(x)
            SELECT abs(count) FILTER (WHERE pump) FROM boiler | line 1, column 33: expected FILTER behind an aggregate, found abs(x)
            SELECT avg(count) OVER (WHEN pump) FROM boiler GROUP BY COUNTWINDOW(2) | line 1, column 19: expected OVER behind an analytic function, found avg(x)
            SELECT lag(count) FILTER (WHERE pump) FROM boiler | line 1, column 33: expected FILTER behind an aggregate, found lag(x) (try OVER (WHEN ...))
            SELECT lag(avg(count)) FROM boiler GROUP BY COUNTWINDOW(2) | line 1, column 12: expected a value of one row, found avg(x)
            SELECT lag(power) FROM boiler JOIN sites ON count = id | line 1, column 8: expected columns of boiler only: lag(x) follows the rows of the stream
            SELECT lag(power) FROM boiler JOIN pumps ON count = id GROUP BY COUNTWINDOW(2) | line 1, column 8: expected lag(x) in a rule of its own, whose stream is joined then: it follows the rows of one stream
            SELECT count FROM boiler WHERE NOT swinging_door(temperature, 1) | line 1, column 36: expected swinging_door(x, d) once, as a part of WHERE that others join by AND
            SELECT count FROM boiler WHERE swinging_door(temperature, 1) AND swinging_door(count, 1) | line 1, column 66: expected swinging_door(x, d) once
            SELECT avg(count) FROM boiler WHERE swinging_door(temperature, 1) GROUP BY TUMBLINGWINDOW(ss, 1) | line 1, column 37: expected swinging_door(x, d) in a rule without window and join: let another rule read its stream
            SELECT count FROM boiler WHERE swinging_door(name, 1) | line 1, column 46: expected a number, found name (STRING)
            SELECT avg(count) FROM boiler WHERE deadband(count, 1) GROUP BY COUNTWINDOW(2) | line 1, column 37: expected a WHERE without a condition such as deadband: with a join, or a count, sliding or state window, it is asked too late for that (let another rule read its stream)
            SELECT count FROM boiler JOIN sites ON count = id WHERE deadband(count, 1) | line 1, column 57: expected a WHERE without a condition such as deadband: with a join, or a count, sliding or state window, it is asked too late for that (let another rule read its stream)
            SELECT count(*) FROM boiler GROUP BY COUNTWINDOW(2) ORDER BY tags | line 1, column 62: expected a number, a text or a boolean, found tags (ARRAY)
            SELECT count FROM boiler GROUP BY COUNTWINDOW(2) FILTER (WHERE avg(count) > 1) | line 1, column 64: expected a value of one row, found avg(x)
            SELECT count FROM boiler GROUP BY SLIDINGWINDOW(ss, 2) OVER (WHEN count) | line 1, column 67: expected a condition, found count (LONG)
            SELECT count() FROM boiler GROUP BY COUNTWINDOW(2) | line 1, column 8: expected count(x) or count(*)
            """)
    void meaningOfTheRest(String sql, String message) {
        assertThatThrownBy(() -> Streams.link(sql))
                .isInstanceOf(RuleException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            CREATE demo ()                      | line 1, column 8: expected STREAM or TABLE, found demo
            CREATE STREAM demo                  | line 1, column 19: expected '(', found the end
            CREATE STREAM Demo ()               | line 1, column 15: expected a stream's name (a-z first, then a-z, 0-9, _ or -, 63 characters at most), found Demo
            CREATE STREAM demo (a)              | line 1, column 22: expected a type, found )
            CREATE STREAM demo (a BIGNIT)       | line 1, column 23: expected a type (BIGINT, FLOAT, STRING, DATETIME, BOOLEAN, BYTEA, ARRAY or STRUCT), found BIGNIT: did you mean BIGINT?
            CREATE STREAM demo (a ARRAY(x))     | line 1, column 29: expected a type (BIGINT, FLOAT, STRING, DATETIME, BOOLEAN, BYTEA, ARRAY or STRUCT), found x
            CREATE STREAM demo (a FLOAT, a FLOAT) | line 1, column 30: expected another name, a is there already
            CREATE STREAM demo (a FLOAT) WITH (x) | line 1, column 37: expected '=', found )
            CREATE STREAM demo () CREATE STREAM b () | line 1, column 23: expected the end, found CREATE
            CREATE STREAM demo (); CREATE TABLE demo () | line 1, column 37: expected another name, demo is there already
            """)
    void definitions(String sql, String message) {
        assertThatThrownBy(() -> RuleParser.definitions(sql))
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
