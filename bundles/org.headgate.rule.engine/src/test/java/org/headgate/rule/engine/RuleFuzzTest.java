package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;

/**
 * What strangers write and what a disk gives back: refused or taken, without a crash, a hang or memory without bounds. As a test the inputs that are kept in
 * the resources are run again; with {@code JAZZER_FUZZ=1} in the environment new ones are looked for.
 */
class RuleFuzzTest {
    private static final String FUZZING = "60s";
    private static final List<RandomFeed.Arrival> ROWS = RandomFeed.rows(new Random(3), List.of("boiler"), 40, 0);
    private static final List<String> RULES = KillTest.rules()
            .filter(sql -> RandomFeed.query(sql).sources().size() == 1)
            .toList();

    @FuzzTest(maxDuration = FUZZING)
    void aRuleIsCompiledOrRefused(byte[] text) {
        try {
            RuleProgram rule = new RuleProgram(
                    "r",
                    RuleParser.parse(new String(text, StandardCharsets.UTF_8)),
                    Recording.FUNCTIONS,
                    RandomFeed.KNOWN,
                    RuleOptions.DEFAULT,
                    row -> {});
            ROWS.subList(0, 3).forEach(row -> rule.row(0, row.row(), row.atNanos()));
            assertThat(rule.detail(ROWS.get(2).atNanos())).doesNotContain("defect");
            assertThat(rule.counters(0).imbalance()).isZero();
        } catch (RuleException refused) {
            assertThat(refused.getMessage()).startsWith("line ");
        }
    }

    @FuzzTest(maxDuration = FUZZING)
    void definitionsAreReadOrRefused(byte[] text) {
        try {
            RuleParser.definitions(new String(text, StandardCharsets.UTF_8))
                    .forEach(each -> assertThat(each).isNotNull());
        } catch (RuleException refused) {
            assertThat(refused.getMessage()).startsWith("line ");
        }
    }

    /** The first byte chooses a rule, the others change its state in places, three for each. Its checksum is made to fit. */
    @FuzzTest(maxDuration = FUZZING)
    void aStateIsTakenOrRefused(byte[] changes) {
        if (changes.length == 0) {
            return;
        }
        String sql = RULES.get((changes[0] & 0xFF) % RULES.size());
        RuleProgram before = RandomFeed.rule(sql, RuleOptions.DEFAULT, line -> {});
        ROWS.subList(0, 30).forEach(row -> RandomFeed.feed(before, row));
        byte[] state = before.state();
        for (int i = 1; i + 2 < changes.length; i += 3) {
            int at = ((changes[i] & 0xFF) << 8 | changes[i + 1] & 0xFF) % (state.length - Integer.BYTES);
            state[at] = changes[i + 2];
        }
        CRC32C crc = new CRC32C();
        crc.update(state, 0, state.length - Integer.BYTES);
        ByteBuffer.wrap(state).putInt(state.length - Integer.BYTES, (int) crc.getValue());
        int[] results = new int[1];
        RuleProgram rule = RandomFeed.rule(sql, RuleOptions.DEFAULT, line -> results[0]++);
        rule.restore(state);
        ROWS.subList(30, 40).forEach(row -> rule.row(0, row.row(), row.atNanos()));
        rule.advance(ROWS.get(39).atNanos() + 100 * RandomFeed.SECOND);
        assertThat(results[0]).isLessThan(10_000);
        assertThat(rule.counters(0).in()).isEqualTo(10);
    }
}
