package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The deepest rule of each shape that is accepted is linked, printed and evaluated on a stack far smaller than any loop's. */
class DepthTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            tags[        ; 0     ; ]
            ""           ; place ; ->x
            ""           ; place ; .x
            ""           ; tags  ; [0]
            ""           ; tags  ; [0:1]
            NOT (        ; pump  ; )
            1 IN tags AND ( ; pump ; )
            lag(         ; count ; )
            CASE WHEN pump THEN NULL ELSE ; 1 ; END
            ""           ; 1     ; "& 1"
            """)
    void isBounded(String before, String inner, String after) throws Exception {
        int accepted = 0;
        for (int n = 1; n < 1_000; n++) {
            if (!parses(sql(before, inner, after, n))) {
                break;
            }
            accepted = n;
        }
        assertThat(accepted).isBetween(20, 990);
        String deepest = sql(before, inner, after, accepted);
        CompletableFuture<Integer> steps = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> run(deepest, steps), "small", 400 * 1024);
        thread.start();
        thread.join();
        assertThat(steps.get()).isPositive();
    }

    private static void run(String sql, CompletableFuture<Integer> steps) {
        try {
            Query query = RuleParser.parse(sql);
            Precheck.check(query, Streams.FUNCTIONS);
            Plan plan = Linker.link(query, new Streams(), Streams.FUNCTIONS);
            Frame frame = new Frame();
            frame.enter(Streams.row(Streams.BOILER, 1.0, 0L, "a", true, List.of(0L), Map.of("x", Map.of())));
            frame.track(plan.analytics().stream()
                    .map(analytic -> analytic.tracking().trackers().get())
                    .toArray(Result[]::new));
            Streams.value(plan.columns().get(0), frame);
            steps.complete(Explanation.of(query, plan, Streams.FUNCTIONS).size());
        } catch (RuleException | RuntimeException | StackOverflowError wrong) {
            steps.completeExceptionally(wrong);
        }
    }

    private static String sql(String before, String inner, String after, int n) {
        return "SELECT " + (before + " ").repeat(n) + inner + (" " + after).repeat(n) + " AS x FROM boiler";
    }

    private static boolean parses(String sql) {
        try {
            RuleParser.parse(sql);
            return true;
        } catch (RuleException refused) {
            assertThat(refused).hasMessageContaining("expected an expression that is nested less deeply");
            return false;
        }
    }
}
