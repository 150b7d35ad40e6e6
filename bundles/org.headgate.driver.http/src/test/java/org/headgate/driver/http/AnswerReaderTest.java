package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers byte by byte (RFC 9112). */
class AnswerReaderTest {
    private static final int MOST = 64;

    private static Answer read(String text) throws IOException {
        byte[] bytes = text.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return AnswerReader.read(new ByteArrayInputStream(bytes), MOST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "HTTP/1.1 200 OK|Content-Length: 3||abcX~ abc~ true",
                "HTTP/1.1 200|Content-Length: 3||abc~ abc~ true",
                "HTTP/1.1 200 OK|content-length:3|CONTENT-LENGTH: 3||abc~ abc~ true",
                "HTTP/1.0 200 OK|Content-Length: 3||abc~ abc~ false",
                "HTTP/1.1 200 OK|Connection: x, Close|Content-Length: 3||abc~ abc~ false",
                "HTTP/1.1 200 OK||abc~ abc~ false",
                "HTTP/1.1 204 No Content||abc~ ''~ true",
                "HTTP/1.1 304 Not Modified|Content-Length: 3||~ ''~ true",
                "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 1||a~ a~ true",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ab|1;x=y|c|0|Trailer: x||~ abc~ true",
                "HTTP/1.1 200 OK|Transfer-Encoding: Chunked||0||~ ''~ true"
            })
    void whereABodyEndsIsKnown(String text, String body, boolean reusable) throws IOException {
        Answer answer = read(text);
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).isEqualTo(body);
        assertThat(answer.reusable()).isEqualTo(reusable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SSH-2.0-OpenSSH_9.2|; does not speak HTTP",
                "HTTP/2 200 OK||; does not speak HTTP",
                "HTTP/1.1 999 OK||; does not speak HTTP",
                "HTTP/1.1 200 OK|Content-Length: 3|Content-Length: 4||abcd; does not speak HTTP",
                "HTTP/1.1 200 OK|Content-Length: -3||abc; Content-Length -3: not understood",
                "HTTP/1.1 200 OK|Content-Length: 3|Transfer-Encoding: chunked||0||; not understood",
                "HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||0||; not understood",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||-1|a|0||; does not speak HTTP",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|abc|0||; does not speak HTTP",
                "HTTP/1.1 200 OK|Content-Length : 3||abc; does not speak HTTP",
                "HTTP/1.1 200 OK|Content-Encoding: gzip|Content-Length: 3||abc; is compressed (gzip)",
                "HTTP/1.1 200 OK|Content-Length: 3||ab; ends in the middle",
                "HTTP/1.1 200 OK|Content-Le; ends in the middle",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ab|; ends in the middle"
            })
    void whatTwoReadersCouldUnderstandDifferentlyIsRefused(String text, String line) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessageContaining(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "HTTP/1.1 200 OK|Content-Length: 65||",
                "HTTP/1.1 200 OK|Content-Length: 999999999999999999||",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||ffffffff|",
                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||40|0123456789012345678901234567890123456789012345678901234567890123|1|x|0||",
                "HTTP/1.1 200 OK||01234567890123456789012345678901234567890123456789012345678901234"
            })
    void aBodyThatIsTooLongIsNotRead(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(TooLongException.class);
    }

    @Test
    void aBodyOfTheLongestLengthIsTaken() throws IOException {
        assertThat(read("HTTP/1.1 200 OK||" + "x".repeat(MOST)).body()).hasSize(MOST);
        assertThat(read("HTTP/1.1 200 OK|Content-Length: 64||" + "x".repeat(MOST))
                        .body())
                .hasSize(MOST);
    }

    @Test
    void headsWithoutEndAreCutOff() {
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return "HTTP/1.1 200 OK\r\nA: b\r\n".charAt(at++ < 17 ? at - 1 : 17 + (at - 18) % 6);
            }
        };
        assertThatThrownBy(() -> AnswerReader.read(endless, MOST)).hasMessageContaining("header fields");
        InputStream line = new InputStream() {
            @Override
            public int read() {
                return 'H';
            }
        };
        assertThatThrownBy(() -> AnswerReader.read(line, MOST)).hasMessageContaining("does not speak HTTP");
    }

    @Test
    void anythingElseIsAnAnswerOrAnErrorInWords() {
        Random random = new Random(11);
        String right = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = right.getBytes(StandardCharsets.ISO_8859_1);
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(AnswerReader.read(new ByteArrayInputStream(bytes), MOST)
                                .body())
                        .hasSizeLessThanOrEqualTo(MOST);
            } catch (IOException told) {
                assertThat(told.getMessage() == null ? "end" : told.getMessage())
                        .matches("[ -~]+");
            }
        }
    }
}
