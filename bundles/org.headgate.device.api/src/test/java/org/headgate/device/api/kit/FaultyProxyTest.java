package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyProxyTest {
    private static final String ANSWER = LineProtocol.frame("= 21.5");
    private static final int PATIENCE_MILLIS = 30_000;
    /** How long silence is listened to. */
    private static final int SILENCE_MILLIS = 100;

    private LinePeer peer;
    private FaultyProxy proxy;

    @BeforeEach
    void start() throws IOException {
        peer = new LinePeer();
        proxy = new FaultyProxy(peer.address());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        peer.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write(LineProtocol.frame("r temperature").getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    @Test
    void passesOnWhatIsSaid() throws IOException {
        try (Socket socket = connect()) {
            ask(socket);
            assertThat(answer(socket, ANSWER.length())).isEqualTo(ANSWER);
            assertThat(proxy.open()).isEqualTo(1);
        }
    }

    @Test
    void refusesAndListensAgainAtTheSamePort() throws IOException {
        try (Socket open = connect()) {
            ask(open);
            answer(open, ANSWER.length());
            proxy.refuse();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> answer(open, 1)).isInstanceOf(SocketException.class);
        }
        proxy.heal();
        passesOnWhatIsSaid();
    }

    @Test
    void hangsOldAndNewConnectionsUntilItIsHealed() throws IOException {
        try (Socket old = connect()) {
            ask(old);
            answer(old, ANSWER.length());
            proxy.hang();
            try (Socket fresh = connect()) {
                ask(fresh);
                ask(old);
                // One that is accepted after the healing would be answered.
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
                while (proxy.open() < 2 && System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                fresh.setSoTimeout(SILENCE_MILLIS);
                old.setSoTimeout(SILENCE_MILLIS);
                assertThatThrownBy(() -> answer(fresh, 1)).isInstanceOf(SocketTimeoutException.class);
                assertThatThrownBy(() -> answer(old, 1)).isInstanceOf(SocketTimeoutException.class);
                proxy.heal();
                old.setSoTimeout(PATIENCE_MILLIS);
                assertThatThrownBy(() -> answer(old, 1)).isInstanceOf(SocketException.class);
            }
        }
        passesOnWhatIsSaid();
    }

    @Test
    void cutsAnAnswerAfterSoManyBytes() throws IOException {
        proxy.cutAfter(3);
        try (Socket socket = connect()) {
            ask(socket);
            StringBuilder got = new StringBuilder();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4; i++) {
                            got.append((char) socket.getInputStream().read());
                        }
                    })
                    .isInstanceOf(SocketException.class);
            // A reset may overtake bytes that were not read yet.
            assertThat(ANSWER.substring(0, 3)).startsWith(got.toString());
        }
    }

    @Test
    void putsGarbageOfTheSameLengthInPlaceOfAnswersTheSameForTheSameSeed() throws IOException {
        String[] seen = new String[3];
        for (int i = 0; i < seen.length; i++) {
            proxy.garble(i / 2);
            try (Socket socket = connect()) {
                ask(socket);
                seen[i] = answer(socket, ANSWER.length());
            }
        }
        assertThat(seen[0]).isEqualTo(seen[1]).isNotEqualTo(ANSWER);
        assertThat(seen[2]).isNotEqualTo(seen[0]);
    }

    @Test
    void flipsOneBit() throws IOException {
        proxy.flip(1);
        try (Socket socket = connect()) {
            ask(socket);
            String damaged = answer(socket, ANSWER.length());
            int bits = 0;
            for (int i = 0; i < ANSWER.length(); i++) {
                bits += Integer.bitCount(ANSWER.charAt(i) ^ damaged.charAt(i));
            }
            assertThat(bits).isEqualTo(1);
        }
    }

    @Test
    void tricklesAnswersAByteAtATime() throws IOException {
        proxy.trickle(Duration.ofMillis(5));
        try (Socket socket = connect()) {
            long began = System.nanoTime();
            ask(socket);
            assertThat(answer(socket, ANSWER.length())).isEqualTo(ANSWER);
            // How many bytes a read finds at once is chance; how long all of them take at least is not.
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThan(Duration.ofMillis(4L * (ANSWER.length() - 1)));
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Leftovers before = Leftovers.now();
        for (int i = 0; i < 20; i++) {
            try (FaultyProxy another = new FaultyProxy(peer.address());
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), another.port())) {
                another.hang();
                ask(socket);
            }
        }
        before.assertNoMore(Duration.ofSeconds(5));
    }
}
