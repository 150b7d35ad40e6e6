package org.headgate.rule.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.headgate.rule.functions.ArgumentException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each analytic function gives, row by row. A row with skip does not fulfil WHEN. */
class AnalyticTablesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            lag(x)              | {"x":1} {"x":2} {} {"x":4}            | null 1 2 null
            lag(x, 2)           | {"x":1} {"x":2} {"x":3} {"x":4}       | null null 1 2
            lag(n, 1, 7)        | {"n":1} {"n":2}                       | 7 1
            lag(n, 1, 7.5)      | {"n":1} {"n":2}                       | 7.5 1
            lag(x, 1, 7)        | {"x":1.5} {"x":2}                     | 7 1.5
            lag(s, 1, 'none')   | {"s":"a"} {"s":"b"}                   | "none" "a"
            lag(x, 1, null)     | {"x":1} {"x":2}                       | null 1
            # the default is the first row's, also for the second
            lag(x, 2, x)        | {"x":1} {"x":2} {"x":3}               | 1 1 1
            # a null that is ignored sees what the next row will see
            lag(x, 1, 0, true)  | {"x":1} {} {} {"x":4} {"x":5}         | 0 1 1 1 4
            lag(x)              | {"x":1} {"x":2,"skip":true} {"x":3} {"x":4} | null 1 1 3
            latest(x)           | {} {"x":1} {} {"x":2}                 | null 1 1 2
            latest(x, y)        | {"y":7} {"y":8} {"x":1,"y":9} {}      | 7 8 1 1
            latest(x)           | {"x":1} {"x":2,"skip":true} {}        | 1 1 1
            latest(b)           | {"b":false} {}                        | false false
            latest(a)           | {"a":1} {} {"a":"b"}                  | 1 1 "b"
            changed_col(true, x)  | {"x":1} {"x":1} {} {"x":1} {"x":2}  | 1 null null null 2
            changed_col(false, x) | {} {"x":1} {} {"x":1}               | null 1 null 1
            changed_col(true, x)  | {"x":1} {"x":2,"skip":true} {"x":2} | 1 null 2
            changed_col(true, x)  | {"x":0.0} {"x":-0.0} {"x":1}        | 0 null 1
            changed_col(true, a)  | {"a":1} {"a":1.0} {"a":"1"}         | 1 null "1"
            changed_col(true, l)  | {"l":[1]} {"l":[1]} {"l":[2]}       | [1] null [2]
            had_changed(true, x, y)  | {"x":1,"y":1} {"x":1,"y":2} {"x":1} {"x":1,"y":2} | true true false false
            had_changed(false, x) | {} {"x":1} {} {}                    | false true true false
            had_changed(true, x)  | {"x":1} {"x":2,"skip":true} {"x":2} {"x":2} | true false true false
            # every value is remembered, also behind one that has changed already
            had_changed(true, x, y)  | {"x":1,"y":1} {"x":2,"y":2} {"x":2,"y":2} | true true false
            change_to(x, 1)       | {"x":0} {"x":1} {} {"x":1} {"x":2}  | false true false true false
            change_to(x, 1, true) | {"x":1} {} {"x":1} {"x":2} {"x":1}  | true false false false true
            change_to(x)          | {} {"x":1} {"x":1} {"x":2}          | false true false true
            change_to(s, 'on')    | {"s":"on"} {"s":"off"} {"s":"on","skip":true} {"s":"on"} | true false false true
            change_capture(x, n, 1, true) | {"x":10,"n":0} {"x":11,"n":1} {"x":12} {"x":13,"n":1} {"x":14,"n":2} | null 11 11 11 11
            change_capture(x, n, 2)       | {"x":25,"n":1} {"x":26.5,"n":2} {"x":27} {"x":28,"n":2} | null 26.5 26.5 28
            change_capture(s, n)          | {"s":"a","n":1} {"s":"b","n":1} {"s":"c","n":2} | "a" "a" "c"
            consecutive_count(b)  | {"b":true} {"b":true} {} {"b":true} {"b":true,"skip":true} {"b":false} | 1 2 0 1 1 0
            consecutive_start(b, x) | {"b":false,"x":1} {"b":true,"x":2} {"b":true,"x":3} {"b":false} {"b":true,"x":5} | null 2 2 null 5
            acc_avg(x)    | {} {"x":1} {"x":2}                          | 0 1 1.5
            acc_avg(n)    | {"n":1} {"n":2}                             | 1 1.5
            acc_sum(n)    | {} {"n":1} {"n":2} {"n":4,"skip":true}      | 0 1 3 3
            acc_min(x)    | {} {"x":5} {"x":7} {"x":2}                  | 0 5 5 2
            acc_max(x)    | {} {"x":-5} {"x":-7} {"x":-2}               | 0 -5 -5 -2
            acc_count(x)  | {} {"x":5} {"x":5,"skip":true} {"x":5}      | 0 1 1 2
            # from the row that begins to the row that ends, both included
            acc_sum(x, b, c) | {"x":1} {"x":2,"b":true} {"x":3} {"x":4,"c":true} {"x":5} {"x":6,"b":true} | 0 2 5 9 0 6
            acc_count(x, b, c) | {"x":1,"b":true,"c":true} {"x":1} {"x":1,"b":true} | 1 0 1
            acc_max(x, b, c) | {"x":9,"b":true,"skip":true} {"x":1} {"x":2,"c":true,"skip":true} {"x":3} | 0 1 1 0
            acc_collect(x)          | {"x":1} {} {"x":1}                | [1] [1] [1,1]
            acc_collect(x, b, c)    | {"x":1,"b":true} {"x":2,"c":true} {"x":3} | [1] [1,2] []
            acc_distinct_collect(a) | {"a":1} {"a":1.0} {"a":"b"} {}    | [1] [1] [1,"b"] [1,"b"]
            acc_max_by(s, x)  | {"s":"a","x":1} {"s":"b","x":1} {"s":"c","x":0} {} | "a" "b" "b" "b"
            acc_min_by(s, x, b, c) | {"s":"z","x":0} {"s":"a","x":1,"b":true} {"s":"b","x":2,"c":true} {} | null "a" "a" null
            # over the rows' times
            rate_of_change(x) | {"x":1,"t":0} {"x":3,"t":4} {"t":5} {"x":1,"t":6} | null 0.5 null -1
            rate_of_change(x) | {"x":1,"t":0} {"x":3,"t":0} {"x":5,"t":1} {"x":9,"t":-1} {"x":9,"t":0} | null null 2 null 0
            rate_of_change(x) | {"x":1,"t":0} {"x":3,"t":1} {"x":9,"t":2,"skip":true} {"x":5,"t":3} | null 2 2 1
            ewma(x, 0.5)      | {} {"x":4} {} {"x":8} {"x":0,"skip":true} | null 4 4 6 6
            ewma(x, 1)        | {"x":4} {"x":8}                         | 4 8
            """)
    void gives(String call, String rows, String results) {
        Sheet sheet = new Sheet(call, rows);
        assertThat(sheet.results()).isEqualTo(results);
        assertThat(sheet.frame.failures()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            lag(x, 0)         | {"x":1}          | null      | lag: expected an offset from 1 to 1000, found 0
            lag(x, 1001)      | {"x":1}          | null      | lag: expected an offset from 1 to 1000, found 1001
            lag(s, 1, a)      | {"s":"a","a":1}  | null      | expected STRING, found 1
            acc_sum(a)        | {"a":"b"}        | 0         | expected a number, found b
            ewma(x, 0)        | {"x":1}          | null      | ewma: expected an alpha above 0 and not above 1, found 0.0
            rate_of_change(x) | {"x":-1.7e308,"t":0} {"x":1.7e308,"t":0.5} | null null | a rate beyond 64 bits
            """)
    void failsOnceAndSaysWhy(String call, String rows, String results, String failure) {
        Sheet sheet = new Sheet(call, rows);
        assertThat(sheet.results()).isEqualTo(results);
        assertThat(sheet.frame.failures()).isEqualTo(1);
        assertThat(sheet.frame.firstFailure()).startsWith(failure + " at Row[");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lag(x, 1.5)",
                "lag(x, 1, s)",
                "lag(s, 1, 1)",
                "lag(x, 1, 1, 1)",
                "lag()",
                "latest(x, s)",
                "changed_col(x, x)",
                "had_changed(true)",
                "had_changed(1, x)",
                "consecutive_count(x)",
                "acc_sum(s)",
                "acc_sum(x, b)",
                "acc_sum(x, x, b)",
                "acc_max_by(x)",
                "acc_max_by(x, x, b)",
                "ewma(x)",
                "rate_of_change(s)",
                "change_to(x, s)"
            })
    void refusesOtherArguments(String call) {
        assertThatThrownBy(() -> new Sheet(call, "{\"s\":\"a\",\"b\":true}").tracking())
                .isInstanceOf(ArgumentException.class);
    }
}
