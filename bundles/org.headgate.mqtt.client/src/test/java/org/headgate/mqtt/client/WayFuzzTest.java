package org.headgate.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/** What a proxy or a server says before and around MQTT: content or an {@link IOException}, without a crash or memory without bounds. */
class WayFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void framesAreContentOrRefused(byte[] bytes) {
        WebSocket socket =
                new WebSocket(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream(), new SecureRandom());
        try {
            assertThat(socket.input().readAllBytes()).hasSizeLessThanOrEqualTo(bytes.length);
        } catch (IOException refused) {
            assertThat(refused).isNotNull();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void aHeadIsReadOrRefused(byte[] bytes) {
        try {
            HttpHead head = HttpHead.read(new ByteArrayInputStream(bytes));
            assertThat(head.status()).isBetween(100, 599);
            assertThat(head.line()).doesNotContain("\n", "\r");
        } catch (IOException refused) {
            assertThat(refused).isNotNull();
        }
    }
}
