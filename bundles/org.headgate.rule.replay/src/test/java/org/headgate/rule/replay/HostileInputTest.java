package org.headgate.rule.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a recording contains: a clear message for each line that is wrong, bounded memory, and the other lines count. */
class HostileInputTest {
    private static final String GOOD = "{\"stream\":\"a\",\"time\":1000,\"data\":{\"n\":1}}\n";
    private static final String RESULT = "{\"rule\":\"sql\",\"time\":1000,\"rows\":[{\"n\":1}]}\n";

    @Test
    void aLineWithoutAnEndIsSkipped() {
        // 200 MB from nowhere, in the heap of a test.
        InputStream endless = new InputStream() {
            private long left = 200L << 20;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int from, int count) {
                if (left <= 0) {
                    return -1;
                }
                Arrays.fill(into, from, from + count, (byte) 'x');
                left -= count;
                return count;
            }
        };
        LineReader lines = new LineReader(endless);
        assertThat(next(lines)).isTrue();
        assertThat(lines.isTooLong()).isTrue();
        assertThat(next(lines)).isFalse();
    }

    @Test
    void aLineOfExactlyTheLimitIsReadAndOneByteMoreIsNot() {
        String most = "x".repeat(LineReader.LONGEST);
        LineReader lines = new LineReader(bytes(most + "\n" + most + "x\r\ny"));
        next(lines);
        assertThat(lines.isTooLong()).isFalse();
        next(lines);
        assertThat(lines.isTooLong()).isTrue();
        next(lines);
        assertThat(lines.isTooLong()).isFalse();
        assertThat(lines.number()).isEqualTo(3);
    }

    @Test
    void aLineThatIsTooLongHarmsNoOther() {
        Run run = Run.sql("SELECT n FROM a", "x".repeat(LineReader.LONGEST + 1) + "\n" + GOOD);
        assertThat(run.output()).isEqualTo(RESULT);
        assertThat(run.says())
                .isEqualTo("headgate: line 1: too long (expected: at most 1048576 bytes)\n"
                        + "headgate: 1 of 2 lines were skipped\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void deepNestingIsRefused() {
        Run run = Run.sql(
                "SELECT n FROM a",
                GOOD + "{\"stream\":\"a\",\"time\":1,\"data\":{\"n\":" + "[".repeat(100_000) + "}}\n");
        assertThat(run.output()).isEqualTo(RESULT);
        assertThat(run.says()).contains("line 2, column 98: '[' (expected: at most 64 levels)");
    }

    @Test
    void brokenUtf8IsRefusedAndUtf8IsNot() {
        byte[] broken =
                ("{\"stream\":\"a\",\"time\":1000,\"data\":{\"n\":\"?\"}}\n" + GOOD).getBytes(StandardCharsets.UTF_8);
        broken[39] = (byte) 0xC3;
        Run run = Run.of(broken, "--sql", "SELECT n FROM a", "--input", "-");
        assertThat(run.output()).isEqualTo(RESULT);
        assertThat(run.says()).contains("line 1: not UTF-8");
        assertThat(Run.sql("SELECT n FROM a", GOOD.replace("1}", "\"é€😀\"}")).output())
                .contains("é€😀");
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreNoMistake() {
        Run run = Run.sql("SELECT n FROM a", "\uFEFF" + GOOD.replace("\n", "\r\n") + GOOD);
        assertThat(run.output()).isEqualTo(RESULT + RESULT);
        assertThat(run.status()).isZero();
    }

    @Test
    void numbersBeyondADoubleAreBad() {
        Run run = Run.sql("SELECT n FROM a", GOOD + GOOD.replace("1}", "1e999}"));
        assertThat(run.output()).isEqualTo(RESULT + "{\"rule\":\"sql\",\"time\":1000,\"rows\":[{}]}\n");
    }

    @Test
    void controlCharactersOfTheInputReachNoTerminal() {
        Run run = Run.sql(
                "SELECT n FROM a",
                "{\"stream\":\"a\",\"time\":\"\\u001b[2J\",\"data\":{}}\n\u001b\n"
                        + "{\"stream\":\"\\u001b\",\"time\":1,\"data\":{}}\n");
        assertThat(run.says()).doesNotContain("\u001b").contains("line 1: time: ?[2J");
    }

    @Test
    void aMillionBadLinesAreCountedAndNotPrinted() {
        Run run = Run.sql("SELECT n FROM a", "x\n".repeat(100_000) + GOOD);
        assertThat(run.output()).isEqualTo(RESULT);
        assertThat(run.says().lines()).hasSize(22);
        assertThat(run.says()).endsWith("headgate: 100000 of 100001 lines were skipped\n");
    }

    @Test
    void valuesUsedAsNamesEndIt() {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 11_000; i++) {
            input.append("{\"stream\":\"a\",\"time\":1,\"data\":{\"n").append(i).append("\":1}}\n");
        }
        Run run = Run.sql("SELECT n1 FROM a", input.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.says()).contains("more than 10000 columns");
    }

    @Test
    void randomBytesBreakNothing() {
        Random random = new Random(7);
        byte[] alphabet = "{}[]\":,0123456789.eE-+truefalsn\\u \n\nstreamimedata".getBytes(StandardCharsets.US_ASCII);
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            for (int j = 0; j < 30; j++) {
                byte[] line = good.clone();
                for (int flips = random.nextInt(4); flips > 0; flips--) {
                    line[random.nextInt(line.length)] =
                            random.nextBoolean() ? alphabet[random.nextInt(alphabet.length)] : (byte) random.nextInt();
                }
                input.writeBytes(line);
            }
            input.writeBytes((GOOD.strip() + "\n").getBytes(StandardCharsets.UTF_8));
            Run run = Run.of(
                    input.toByteArray(),
                    "--sql",
                    "SELECT count(*) AS n FROM a GROUP BY TUMBLINGWINDOW(ss, 1)",
                    "--input",
                    "-");
            assertThat(run.status()).isLessThan(2);
            assertThat(run.output()).isNotEmpty();
        }
    }

    private static boolean next(LineReader lines) {
        try {
            return lines.next();
        } catch (IOException never) {
            throw new AssertionError(never);
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
