package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes of servers and of devices: understood or refused, whatever they are and however they are cut. */
class HttpFuzzTest {
    private static final int MOST = 256;

    @FuzzTest(maxDuration = "60s")
    void anAnswerIsReadOrRefused(byte[] bytes) {
        try {
            Answer answer = AnswerReader.read(new ByteArrayInputStream(bytes), MOST);
            assertThat(answer.body()).hasSizeLessThanOrEqualTo(MOST);
            assertThat(answer.status()).isBetween(200, 599);
            assertThat(answer.line()).matches("[ -~]+");
        } catch (IOException refused) {
            // Only the end before the first byte has no words of its own.
            assertThat(refused.getMessage() == null ? "" : refused.getMessage()).matches("[ -~]*");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void framesAreMessagesOrEndTheSocket(byte[] bytes) {
        List<String> whole = new ArrayList<>();
        new Frames(MOST, new Heard(whole)).feed(ByteBuffer.wrap(bytes));
        List<String> single = new ArrayList<>();
        Frames frames = new Frames(MOST, new Heard(single));
        for (byte one : bytes) {
            frames.feed(ByteBuffer.wrap(new byte[] {one}));
        }
        assertThat(single).isEqualTo(whole);
    }

    private record Heard(List<String> all) implements Frames.Listener {
        @Override
        public void message(byte[] bytes, int length) {
            assertThat(length).isLessThanOrEqualTo(MOST);
            say("message " + new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void ping(byte[] content) {
            assertThat(content).hasSizeLessThanOrEqualTo(125);
            say("ping " + content.length);
        }

        @Override
        public void pong() {
            say("pong");
        }

        @Override
        public void end(int code) {
            say("end " + code);
        }

        @Override
        public void violated(int code) {
            say("end " + code);
        }

        private void say(String what) {
            assertThat(all).noneMatch(said -> said.startsWith("end"));
            all.add(what);
        }
    }
}
