package org.headgate.rule.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.headgate.data.api.Row;
import org.headgate.rule.functions.Accumulator;
import org.headgate.rule.functions.Aggregate;
import org.headgate.rule.functions.ArgumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each aggregate gives. Columns x and y are DOUBLE, n and m LONG, a is ANY, s STRING; rows are a second apart unless t says when. */
class AggregateTablesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            # nulls are skipped, an empty group and one without values give null
            avg(x)          | []                                            | null
            avg(x)          | {"x":1} {} {"x":4}                            | 2.5
            avg(x)          | {} {}                                         | null
            sum(x)          | {} {}                                         | null
            sum(n)          | {} {}                                         | null
            avg(n)          | {} {}                                         | null
            avg(a)          | {} {}                                         | null
            min(x)          | {} {}                                         | null
            max(n)          | {} {}                                         | null
            count(x)        | {} {"x":0} {}                                 | 1
            count(*)        | {} {"x":0} {}                                 | 3
            count(x)        | []                                            | 0
            # integers stay integers, and avg rounds towards zero
            avg(n)          | {"n":1} {"n":2}                               | 1
            avg(n)          | {"n":-1} {"n":-2}                             | -1
            sum(n)          | {"n":1} {"n":2}                               | 3
            min(n)          | {"n":5} {"n":-2} {"n":7}                      | -2
            max(n)          | {"n":5} {"n":-2} {"n":7}                      | 7
            max(x)          | {"x":-5} {"x":-2}                             | -2
            min(n)          | {"n":9223372036854775807}                     | 9223372036854775807
            max(n)          | {"n":-9223372036854775808}                    | -9223372036854775808
            # values of any type: one fraction makes all of them fractions
            avg(a)          | {"a":1} {"a":2}                               | 1
            avg(a)          | {"a":1} {"a":2.0}                             | 1.5
            sum(a)          | {"a":1} {} {"a":2.5}                          | 3.5
            sum(a)          | {"a":1} {"a":2}                               | 3
            sum(a)          | {}                                            | null
            min(a)          | {"a":2} {"a":1.5}                             | 1.5
            max(a)          | {"a":2} {"a":1.5}                             | 2
            max(s)          | {"s":"b"} {} {"s":"a"}                        | "b"
            min(s)          | {"s":"b"} {} {"s":"a"}                        | "a"
            min(a)          | {"a":"b"} {"a":"a"}                           | "a"
            # collect keeps nulls, and the order
            collect(x)      | {"x":2} {} {"x":1} {"x":2}                    | [2,null,1,2]
            collect(*)      | {"x":2,"s":"a"} {"s":"b"}                     | [{"x":2,"s":"a"},{"s":"b"}]
            collect(x)      | []                                            | []
            # the later value counts, what is no object does not
            merge_agg(a)    | {"a":{"p":1,"q":1}} {"a":7} {"a":{"q":2}}     | {"p":1,"q":2}
            merge_agg(a)    | {"a":7}                                       | null
            merge_agg(*)    | {"x":1,"s":"a"} {"x":2}                       | {"x":2,"s":"a"}
            # null is a key like any other; 1 is 1.0
            deduplicate(x, true)  | {"x":1} {} {"x":1} {}                   | [{"x":1},{}]
            deduplicate(a, true)  | {"a":1} {"a":1.0} {"a":"1"}             | [{"a":1},{"a":"1"}]
            deduplicate(x, false) | {"x":1} {"x":2}                         | {"x":2}
            deduplicate(x, false) | {"x":2} {"x":1} {"x":2}                 | null
            deduplicate(x, false) | {"x":2}                                 | {"x":2}
            # a sample of one has no variance
            stddev(x)       | {"x":5}                                       | 0
            stddevs(x)      | {"x":5}                                       | null
            var(x)          | {} {"x":1} {"x":3}                            | 1
            vars(x)         | {"x":1} {"x":3}                               | 2
            vars(n)         | {"n":1} {"n":3}                               | 2
            var(x)          | {"x":1000000001} {"x":1000000003}             | 1
            var(x)          | {}                                            | null
            # a percentile between two values is their mean, as in eKuiper; disc takes the one of the rank
            percentile_cont(x, 0.5)  | {"x":4} {"x":1} {"x":3} {"x":2}      | 2
            percentile_cont(x, 0.5)  | {"x":4} {"x":1} {"x":3}              | 2
            percentile_cont(x, 0.9)  | {"x":4} {"x":1} {"x":3} {"x":2}      | 3.5
            percentile_cont(x, 1)    | {"x":4} {"x":1} {"x":3} {"x":2}      | 4
            percentile_cont(x, 0.1)  | {"x":7}                              | 7
            percentile_cont(x, 0.5)  | {}                                   | null
            percentile(n, 1)         | {"n":4} {"n":1}                      | 4
            percentile_disc(x, 0.5)  | {"x":4} {"x":1} {"x":3}              | 3
            percentile_disc(x, 0)    | {"x":4} {"x":1} {"x":3}              | 1
            percentile_disc(x, 1)    | {"x":4} {"x":1} {"x":3}              | 4
            percentile_disc(x, 0.51) | {"x":4} {"x":1} {"x":3} {"x":2}      | 3
            median(x)       | {"x":4} {"x":1} {} {"x":3} {"x":2}            | 2.5
            median(x)       | {"x":4} {"x":1} {"x":3}                       | 3
            percentile_approx(x, 0.5) | {"x":-4} {"x":0} {"x":3}            | 0
            percentile_approx(x, 0.5) | {"x":7}                             | 7
            percentile_approx(x, 0.5) | {}                                  | null
            last_value(x, true)   | {"x":1} {"x":2} {}                      | 2
            last_value(x, false)  | {"x":1} {"x":2} {}                      | null
            last_value(s, true)   | {"s":"a"} {}                            | "a"
            last_value(n, true)   | {} {}                                   | null
            first_value(x, true)  | {} {"x":1} {"x":2}                      | 1
            first_value(x, false) | {} {"x":1} {"x":2}                      | null
            first_value(b, true)  | {} {"b":false} {"b":true}               | false
            # of equal measures the last row's value, be it null
            max_by(s, x)    | {"s":"a","x":1} {"s":"b","x":2} {"s":"c","x":2} {"s":"d"} | "c"
            min_by(s, x)    | {"s":"a","x":1} {"x":0} {"s":"c","x":2}       | null
            # a straight line from row to row: 1 s from 0 to 2, then 3 s from 2 to 4
            integral(x)     | {"x":0,"t":0} {"x":2,"t":1} {} {"x":4,"t":4}  | 10
            time_weighted_avg(x) | {"x":0,"t":0} {"x":2,"t":1} {"x":4,"t":4} | 2.5
            time_weighted_avg(x) | {"x":3,"t":1}                            | 3
            integral(x)     | {"x":3,"t":1}                                 | 0
            integral(x)     | {}                                            | null
            # time that stands still or goes back adds nothing; the newest value counts from there
            integral(x)     | {"x":1,"t":5} {"x":9,"t":5} {"x":9,"t":6}     | 9
            integral(x)     | {"x":2,"t":5} {"x":2,"t":6} {"x":2,"t":1} {"x":2,"t":2} | 4
            """)
    void gives(String call, String rows, String result) {
        Sheet sheet = new Sheet(call, rows.equals("[]") ? "" : rows);
        assertThat(sheet.results()).isEqualTo(result);
        assertThat(sheet.frame.failures()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            sum(n)    | {"n":9223372036854775807} {"n":1}   | null | a sum beyond 64 bits
            avg(n)    | {"n":9223372036854775807} {"n":1} {"n":-1} | null | a sum beyond 64 bits
            sum(x)    | {"x":1.7e308} {"x":1.7e308}         | null | a sum beyond 64 bits
            sum(a)    | {"a":9223372036854775807} {"a":1}   | null | a sum beyond 64 bits
            var(x)    | {"x":1e300} {"x":-1e300}            | null | a variance beyond 64 bits
            integral(x) | {"x":1.7e308,"t":0} {"x":1.7e308,"t":9} | null | an integral beyond 64 bits
            avg(a)    | {"a":1} {"a":"b"} {"a":3}           | 2    | avg: expected a number, found b
            max(a)    | {"a":1} {"a":"b"} {"a":3}           | 3    | max: expected a value like those before, such as 1, found b
            min(a)    | {"a":true} {"a":3}                  | 3    | min: expected a number or a text, found true
            var(a)    | {"a":1} {"a":"b"} {"a":3}           | 1    | expected a number, found b
            percentile_cont(x, 0) | {"x":1} {"x":2}         | null | percentile_cont: expected a portion above 0 and not above 1, found 0.0
            percentile_cont(x, 0.1) | {"x":1} {"x":2}       | null | percentile_cont: expected at least 10 values, found 2
            percentile_disc(x, 1.1) | {"x":1} {"x":2}       | null | percentile_disc: expected a portion from 0 to 1, found 1.1
            percentile_approx(x, 2) | {"x":1}               | null | percentile_approx: expected a portion from 0 to 1, found 2.0
            percentile_approx(x, 0.5) | {"x":1} {"x":2e19}  | 1    | percentile_approx: expected a value of 1e19 at most, found 2.0E19
            """)
    void failsOnceAndSaysWhy(String call, String rows, String result, String failure) {
        Sheet sheet = new Sheet(call, rows);
        assertThat(sheet.results()).isEqualTo(result);
        assertThat(sheet.frame.failures()).isEqualTo(1);
        assertThat(sheet.frame.firstFailure()).startsWith(failure + " at Row[");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "avg(s)",
                "sum(b)",
                "max(b)",
                "var(s)",
                "avg(x, x)",
                "count(x, x)",
                "deduplicate(x, 1)",
                "deduplicate(x)",
                "last_value(x)",
                "last_value(x, 1)",
                "percentile_cont(x)",
                "percentile_disc(x, 'a')",
                "max_by(x, s)",
                "median(x, 1)",
                "collect(x, x)"
            })
    void refusesOtherArguments(String call) {
        assertThatThrownBy(() -> new Sheet(call, "{\"s\":\"a\",\"b\":true}").aggregate())
                .isInstanceOf(ArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"collect(x)", "median(x)", "deduplicate(x, true)", "deduplicate(x, false)"})
    void whatKeepsValuesHasABoundAndSaysSo(String call) {
        Sheet sheet = new Sheet(call, "{\"x\":1}");
        Aggregate aggregate = sheet.aggregate();
        Accumulator accumulator = aggregate.accumulators().get();
        sheet.enter(0);
        for (int i = 0; i < Values.MAX + 5; i++) {
            sheet.frame.enter(sheet.row(i));
            accumulator.add(sheet.frame);
        }
        assertThat(sheet.frame.failures()).isEqualTo(5);
        assertThat(sheet.frame.firstFailure()).contains("expected 100000 values at most in a group");
        Object result = accumulator.asObject(sheet.frame);
        if (call.startsWith("median") || call.endsWith("false)")) {
            // Of a part there is no median; what cannot be remembered counts as a duplicate.
            assertThat(result).isNull();
        } else {
            assertThat((List<?>) result).hasSize(Values.MAX);
        }
    }

    /** Even where a later part brings the sum back into range: which parts there are must not matter. */
    @Test
    void anOverflowInAPartIsAnOverflowOfTheWhole() {
        Sheet sheet = new Sheet("sum(n)", "{\"n\":9223372036854775807} {\"n\":1}");
        Accumulator whole = sheet.aggregate().accumulators().get();
        Accumulator part = sheet.aggregate().accumulators().get();
        for (int i = 0; i < 2; i++) {
            sheet.enter(i);
            part.add(sheet.frame);
        }
        whole.merge(part);
        assertThat(whole.asObject(sheet.frame)).isNull();
        assertThat(sheet.frame.failures()).isEqualTo(1);
    }

    @Test
    void inAJoinTheFirstStreamsColumnCounts() {
        Sheet sheet = new Sheet("collect(*)", "{\"x\":1}");
        Accumulator accumulator = sheet.aggregate().accumulators().get();
        sheet.frame.enter(new Row[] {sheet.row(1), null, sheet.row(2)});
        accumulator.add(sheet.frame);
        assertThat(Sheet.text(accumulator.asObject(sheet.frame))).isEqualTo("[{\"x\":1}]");
    }

    @Test
    void aResultThatWentOutDoesNotChangeAfterwards() {
        for (String call : new String[] {"collect(x)", "merge_agg(*)", "deduplicate(x, true)"}) {
            Sheet sheet = new Sheet(call, "{\"x\":1} {\"x\":2,\"y\":1}");
            Accumulator accumulator = sheet.aggregate().accumulators().get();
            sheet.enter(0);
            accumulator.add(sheet.frame);
            Object before = accumulator.asObject(sheet.frame);
            String text = Sheet.text(before);
            sheet.enter(1);
            accumulator.add(sheet.frame);
            assertThat(Sheet.text(before)).isEqualTo(text);
            assertThat(Sheet.text(accumulator.asObject(sheet.frame))).isNotEqualTo(text);
        }
    }
}
