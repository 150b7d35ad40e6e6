package org.headgate.rule.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written: a plan, or a complaint with its place, in bounded time. Never another exception. */
class TokenSoupTest {
    private static final List<String> TOKENS = List.of(
            ("SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT AS AND OR NOT BETWEEN IN LIKE IS NULL CASE WHEN THEN ELSE END "
                            + "TRUE FALSE TUMBLINGWINDOW SLIDINGWINDOW COUNTWINDOW STATEWINDOW SESSIONWINDOW INVISIBLE EXCEPT "
                            + "REPLACE LEFT JOIN ON FILTER OVER PARTITION DESC CREATE STREAM WITH ARRAY STRUCT ( ) [ ] : , ; . -> "
                            + "* + - / % & | ^ = != < <= > >= 1 2.5 10 'text' \"t\" `q q` boiler temperature count pump tags place "
                            + "any sites id avg lag abs unnest meta quality changed_cols deadband swinging_door ss ms # ' ` /* --")
                    .split(" "));
    private static final List<String> SEEDS = List.of(
            "SELECT * EXCEPT ( id ) REPLACE ( 1 AS one ) FROM pumps WHERE id IN ( 1 , 2 ) ORDER BY id DESC LIMIT 3",
            "SELECT avg ( temperature ) FILTER ( WHERE pump ) AS a , place -> floor [ 1 : - 1 ] AS b FROM boiler "
                    + "GROUP BY name , SLIDINGWINDOW ( ss , 10 , 5 ) OVER ( WHEN pump ) HAVING a > 1",
            "SELECT b . name , CASE WHEN pump THEN 1 ELSE NULL END AS c FROM boiler AS b LEFT JOIN sites AS s "
                    + "ON b . count = s . id WHERE s . power IS NOT NULL",
            "SELECT lag ( count ) OVER ( PARTITION BY name WHEN pump ) AS l , unnest ( tags ) FROM boiler "
                    + "WHERE deadband ( temperature , 1 ) OR NOT pump",
            "SELECT meta ( time ) AS t , quality ( count ) AS q INVISIBLE FROM boiler WHERE any & 3 = 1 AND 2 IN tags");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomTokens(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            String soup = IntStream.range(0, random.nextInt(40))
                    .mapToObj(n -> TOKENS.get(random.nextInt(TOKENS.size())))
                    .collect(Collectors.joining(" "));
            accepted((random.nextBoolean() ? "SELECT " : "") + soup);
        }
    }

    /** Rules that are nearly right reach the linker. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void rulesWithATokenChanged(long seed) {
        Random random = new Random(seed);
        int plans = 0;
        for (int i = 0; i < 4_000; i++) {
            String[] tokens = SEEDS.get(random.nextInt(SEEDS.size())).split(" ");
            for (int change = random.nextInt(3); change >= 0; change--) {
                tokens[random.nextInt(tokens.length)] =
                        random.nextInt(4) == 0 ? "" : TOKENS.get(random.nextInt(TOKENS.size()));
            }
            plans += accepted(String.join(" ", tokens)) ? 1 : 0;
        }
        assertThat(plans).isBetween(40, 3_000);
    }

    @Test
    void seedsAreRules() throws RuleException {
        for (String seed : SEEDS) {
            Streams.link(seed);
        }
    }

    /** What prints itself and is read again prints the same. */
    @Test
    void printsWhatItReads() throws RuleException {
        for (String seed : SEEDS) {
            for (Syntax expression : RuleParser.parse(seed).expressions().toList()) {
                String text = expression.text();
                Syntax again = RuleParser.parse("SELECT " + text + " FROM x")
                        .expressions()
                        .toList()
                        .get(0);
                assertThat(again.text()).isEqualTo(text);
            }
        }
    }

    private static boolean accepted(String sql) {
        try {
            RuleParser.definitions(sql.replace("SELECT", "CREATE STREAM a ( b "));
        } catch (RuleException expected) {
            assertThat(expected.getMessage()).startsWith("line ").doesNotContain("\n");
        }
        try {
            Query query = RuleParser.parse(sql);
            Precheck.check(query, Streams.FUNCTIONS);
            Plan plan = Linker.link(query, new Streams(), Streams.FUNCTIONS);
            assertThat(Explanation.of(query, plan, Streams.FUNCTIONS)).isNotEmpty();
            return true;
        } catch (RuleException expected) {
            assertThat(expected.getMessage())
                    .startsWith("line ")
                    .contains("expected ")
                    .doesNotContain("\n");
            return false;
        } catch (RuntimeException unexpected) {
            throw new AssertionError(sql, unexpected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "a[",
                "a->",
                "a.",
                "a,",
                "avg(",
                "NOT ",
                "- ",
                "CASE WHEN ",
                "1+",
                "a IN (",
                "a OVER (",
                "'x',",
                "`",
                "a AND "
            })
    void endlessRepetitionEndsSoon(String part) {
        String sql = "SELECT " + part.repeat(60_000 / part.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(120), () -> accepted(sql));
    }
}
