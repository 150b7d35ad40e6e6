package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static List<String> lines(String text, int longest, int piece) throws IOException {
        List<String> lines = new ArrayList<>();
        InputStream slow = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] bytes, int from, int length) {
                return super.read(bytes, from, Math.min(length, piece));
            }
        };
        new LineReader(slow, longest, new LineReader.Lines() {
                    @Override
                    public void line(byte[] bytes, int length) {
                        lines.add(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
                    }

                    @Override
                    public void tooLong() {
                        lines.add("TOO LONG");
                    }
                })
                .read();
        return lines;
    }

    @Test
    void cutsWhereverThePiecesEnd() throws IOException {
        for (int piece = 1; piece < 12; piece++) {
            assertThat(lines("ab\n\n \r\ncd\r\n12345\n123456\nlast", 5, piece))
                    .containsExactly("ab", "cd\r", "12345", "TOO LONG", "last");
        }
    }

    @Test
    void keepsNothingOfALineWithoutEnd() throws IOException {
        assertThat(lines("x".repeat(70_000) + "\ny\n", 65536, 8192)).containsExactly("TOO LONG", "y");
        assertThat(lines("x".repeat(70_000), 65536, 8192)).containsExactly("TOO LONG");
    }

    /** Once when it is longer than it may be, and again whenever as much has come once more. */
    @Test
    void saysAgainAndAgainThatALineDoesNotEnd() throws IOException {
        for (int piece = 1; piece < 12; piece++) {
            assertThat(lines("12345", 5, piece)).containsExactly("12345");
            assertThat(lines("123456", 5, piece)).containsExactly("TOO LONG");
            assertThat(lines("1234567890\n1\n", 5, piece)).containsExactly("TOO LONG", "1");
            assertThat(lines("12345678901\n1\n", 5, piece)).containsExactly("TOO LONG", "TOO LONG", "1");
            assertThat(lines("1234567890123456\n123456", 5, piece))
                    .containsExactly("TOO LONG", "TOO LONG", "TOO LONG", "TOO LONG");
        }
    }

    @Test
    void losesNoByte() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String line = "x" + "é".repeat(random.nextInt(4000));
            expected.add(line);
            text.append(line).append('\n');
        }
        assertThat(lines(text.toString(), 4001, 1000)).isEqualTo(expected);
    }
}
