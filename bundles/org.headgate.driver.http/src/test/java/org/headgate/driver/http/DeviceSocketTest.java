package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.Test;

/** What is sent to a device's web socket, without a network. */
class DeviceSocketTest {
    private static final byte[] TEXT = "{\"fan\":3}".getBytes(StandardCharsets.US_ASCII);

    private final MovedClock clock = new MovedClock();
    private final ByteArrayEndPoint device = new ByteArrayEndPoint();
    private final DeviceSocket socket = new DeviceSocket(device, Runnable::run, new Nobody(), clock, 10_000);

    @Test
    void aTextLeavesInOneFrame() throws Exception {
        socket.send(TEXT, Deadline.in(Duration.ofSeconds(30), clock));
        assertThat(device.takeOutput().remaining()).isEqualTo(Frames.frame(Frames.TEXT, TEXT).length);
    }

    /** Whoever wanted it has been told that it has failed: it must not happen after all. */
    @Test
    void whatIsTooLateIsNotSent() throws Exception {
        Deadline deadline = Deadline.in(Duration.ofSeconds(30), clock);
        clock.advance(Duration.ofSeconds(31));
        assertThatThrownBy(() -> socket.send(TEXT, deadline)).isInstanceOf(SocketTimeoutException.class);
        assertThat(device.takeOutput().remaining()).isZero();
        socket.send(TEXT, Deadline.in(Duration.ofSeconds(30), clock));
        assertThat(device.takeOutput().remaining())
                .as("the one that was in time, alone")
                .isEqualTo(Frames.frame(Frames.TEXT, TEXT).length);
    }

    private record Nobody() implements Recipient {
        @Override
        public int longest() {
            return 100;
        }

        @Override
        public boolean begins() {
            return true;
        }

        @Override
        public void ended() {}

        @Override
        public Verdict take(byte[] message, int length) {
            throw new IllegalStateException("nothing was sent to us");
        }

        @Override
        public void refused(String why) {
            throw new IllegalStateException(why);
        }

        @Override
        public DeviceSocket connected(DeviceSocket socket) {
            return null;
        }

        @Override
        public void gone(DeviceSocket socket) {}
    }
}
