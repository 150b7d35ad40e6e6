package org.headgate.uplink.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final String EXPIRES = "\"expires\":1732172430000";

    @Test
    void aRequestIsReadWithItsWordsAsTheyAre() throws Exception {
        Request request = read(
                "{\"id\":\"c-17\",\"command\":\"device:write\",\"arguments\":[\"boiler\",\"pump\",true],\"time\":1,"
                        + EXPIRES + "}");
        assertThat(request)
                .isEqualTo(new Request(
                        "c-17", "device:write", List.of("boiler", "pump", "true"), 1_732_172_430_000_000_000L));
        assertThat(read("{\"id\":\"1\",\"command\":\"a:b\",\"arguments\":[-40, 65.5, \" x \\\"y\\\" \"]," + EXPIRES
                                + "}")
                        .words())
                .containsExactly("-40", "65.5", " x \"y\" ");
    }

    @Test
    void withoutAnExpiryItIsGoodForHalfAMinuteAfterItsTime() throws Exception {
        assertThat(read("{\"id\":\"1\",\"command\":\"a:b\",\"time\":1732172400000}")
                        .expiresNanos())
                .isEqualTo(1_732_172_430_000_000_000L);
    }

    @Test
    void whatIsNoRequestIsRefusedUnderItsIdWhereItHasOne() {
        assertWrong("", "", "not JSON: column 1: the end (expected: a JSON value)");
        assertWrong("[]", "", "not a JSON object");
        assertWrong("{\"command\":\"a:b\"}", "", "id: missing (expected: a text)");
        assertWrong("{\"id\":7}", "", "id: not a text (expected: a text)");
        assertWrong("{\"id\":\"\"}", "", "id:  (expected: 1 to 128 of");
        assertWrong("{\"id\":\"1\"}", "1", "command: missing (expected: a text)");
        assertWrong("{\"id\":\"1\",\"command\":\"device\"}", "1", "command: device (expected: a command such as");
        assertWrong("{\"id\":\"1\",\"command\":\"a:b\"}", "1", "expires: missing (expected: when it is too late");
        assertWrong("{\"id\":\"1\",\"command\":\"a:b\",\"expires\":\"soon\"}", "1", "expires: soon (expected: ms");
        assertWrong("{\"id\":\"1\",\"command\":\"a:b\",\"expires\":1e30}", "1", "expires: 1.0E30 (expected: ms");
        assertWrong("{\"id\":\"1\",\"command\":\"a:b\",\"expires\":-1}", "1", "expires: -1 (expected: ms");
        assertWrong(
                "{\"id\":\"1\",\"command\":\"a:b\",\"time\":9223372036854775807}", "1", "time: 9223372036854775807");
        assertWrong("{\"id\":\"1\",\"command\":\"a:b\",\"args\":[]," + EXPIRES + "}", "1", "unknown: args (expected");
        assertWrong(
                "{\"id\":\"1\",\"command\":\"a:b\",\"arguments\":\"x\"," + EXPIRES + "}",
                "1",
                "arguments (expected: an");
        assertWrong(
                "{\"id\":\"1\",\"command\":\"a:b\",\"arguments\":[null]," + EXPIRES + "}",
                "1",
                "arguments: null (expect");
        assertWrong(
                "{\"id\":\"1\",\"command\":\"a:b\",\"arguments\":" + Collections.nCopies(257, 1) + "," + EXPIRES + "}",
                "1",
                "arguments (expected: an array of at most 256 words)");
        assertWrong(" ".repeat(65_537), "", "65537 bytes (expected: at most 65536)");
        assertThatThrownBy(() -> Request.read(new byte[] {(byte) 0xC3, 0x28})).hasMessage("not UTF-8");
    }

    /** The id stands in the answer's topic: {@code +} and {@code #} there make a broker hang up, {@code /} leads elsewhere. */
    @Test
    void anIdThatCouldNotStandInATopicIsRefused() {
        for (String id : List.of("a/b", "+", "#", "a b", "ä", "\\u0000", "x".repeat(129))) {
            assertWrong("{\"id\":\"" + id + "\",\"command\":\"a:b\"}", "", "id: ");
        }
    }

    private static Request read(String text) throws MalformedRequestException {
        return Request.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertWrong(String text, String id, String message) {
        assertThatThrownBy(() -> read(text))
                .as(text)
                .isInstanceOfSatisfying(
                        MalformedRequestException.class,
                        wrong -> assertThat(wrong.id()).isEqualTo(id))
                .hasMessageStartingWith(message);
    }
}
