package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.headgate.host.Machine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes over TCP, and what is made of it. */
class TcpLineTest {
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final byte[] READ = Requests.read(Table.HOLDING, 5, 1);
    private static final byte[] ANSWER = {3, 2, 0, 42};

    private final MovedClock clock = new MovedClock();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Function<byte[], byte[]> script = TcpLineTest::answer;
    private volatile Socket last;
    private ServerSocket server;
    private Lines lines;
    private Line line;

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "server");
        thread.setDaemon(true);
        thread.start();
        Machine machine = new Machine(Path.of("/nowhere"), Path.of("/nowhere"));
        lines = new Lines(new Wires(SerialPorts.of(machine), new Threads(), clock), clock);
        line = open();
    }

    @AfterEach
    void stop() throws IOException {
        line.close();
        server.close();
    }

    private Line open() throws Exception {
        return lines.open(BusAddress.parse("tcp:127.0.0.1:" + server.getLocalPort()), LONG);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                last = socket;
                Thread thread = new Thread(() -> serve(socket), "connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        byte[] request = new byte[12];
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                in.readFully(request);
                socket.getOutputStream().write(script.apply(request.clone()));
            }
        } catch (IOException ended) {
            return;
        }
    }

    private static byte[] frame(int transaction, int protocol, int unit, byte... pdu) {
        return ByteBuffer.allocate(7 + pdu.length)
                .putShort((short) transaction)
                .putShort((short) protocol)
                .putShort((short) (pdu.length + 1))
                .put((byte) unit)
                .put(pdu)
                .array();
    }

    private static int transaction(byte[] request) {
        return ByteBuffer.wrap(request).getShort() & 0xFFFF;
    }

    private static byte[] answer(byte[] request) {
        return frame(transaction(request), 0, request[6], ANSWER);
    }

    private static byte[] together(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private void assertDead(String message) throws Exception {
        assertThatThrownBy(() -> line.exchange(1, READ, Duration.ofMillis(600)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(AnswerException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> line.exchange(1, READ, LONG)).hasMessageContaining(message);
        script = TcpLineTest::answer;
        try (Line again = open()) {
            assertThat(again.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        }
    }

    @Test
    void anAnswerToAnEarlierRequestIsSkippedAndCounted() throws Exception {
        script = request -> together(
                frame(transaction(request) - 1, 0, 1, (byte) 3, (byte) 2, (byte) 9, (byte) 9), answer(request));
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        assertThat(line.counts().late.sum()).isEqualTo(1);
        script = request -> new byte[0];
        assertThatThrownBy(() -> line.exchange(1, READ, SHORT)).isInstanceOf(NoAnswerException.class);
        script = request -> together(
                frame(transaction(request) - 1, 0, 1, (byte) 3, (byte) 2, (byte) 9, (byte) 9), answer(request));
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
    }

    @Test
    void transactionsGoRoundAfter65536() throws Exception {
        Mirror mirror = new Mirror();
        TcpFraming framing = new TcpFraming(mirror, "mirror", new LineCounts());
        for (int i = 0; i < 65_537; i++) {
            assertThat(framing.exchange(1, READ, Deadline.in(LONG, clock), () -> {}))
                    .isEqualTo(ANSWER);
        }
        assertThat(transaction(mirror.request)).isEqualTo(1);
    }

    /** A wire on which each request is answered at once. */
    private static final class Mirror implements Wire {
        private byte[] request = {};

        @Override
        public int prepare(Deadline deadline) {
            return 0;
        }

        @Override
        public void send(byte[] bytes, int count, Deadline deadline) {
            request = Arrays.copyOf(bytes, count);
        }

        @Override
        public int receive(byte[] into, int from, long nanos) {
            byte[] answer = answer(request);
            System.arraycopy(answer, 0, into, from, answer.length);
            return answer.length;
        }

        @Override
        public void close() {
            request = new byte[0];
        }
    }

    @Test
    void whatIsNoModbusEndsTheLine() throws Exception {
        script = request -> frame(transaction(request), 0x4854, 1, ANSWER);
        assertDead("what comes is no Modbus TCP (protocol 4854, length 5)");
    }

    @Test
    void anAnswerThatIsTooLongEndsTheLine() throws Exception {
        script = request -> new byte[] {request[0], request[1], 0, 0, 1, 0, 1, 3};
        assertDead("what comes is no Modbus TCP (protocol 0000, length 256)");
    }

    @Test
    void aPartOfAnAnswerEndsTheLine() throws Exception {
        script = request -> Arrays.copyOf(answer(request), 9);
        assertDead("has sent a part of an answer only within 600 ms");
    }

    @Test
    void anAnswerToAnotherFunctionEndsTheLine() throws Exception {
        script = request -> frame(transaction(request), 0, 1, (byte) 4, (byte) 2, (byte) 0, (byte) 1);
        assertDead("answers function 4 to function 3");
    }

    @Test
    void aPeerThatHangsUpEndsTheLine() throws Exception {
        script = request -> {
            try {
                last.close();
            } catch (IOException already) {
                return new byte[0];
            }
            return new byte[0];
        };
        assertDead("");
    }

    @Test
    void anotherUnitsAnswerIsNotBelieved() throws Exception {
        script = request -> frame(transaction(request), 0, 9, ANSWER);
        assertThatThrownBy(() -> line.exchange(1, READ, LONG))
                .isInstanceOf(AnswerException.class)
                .hasMessage("unit 9 answers instead of unit 1: is the unit right?");
    }

    @Test
    void silenceOfOneUnitIsItsOwnSilenceOfAllEndsTheLine() throws Exception {
        script = request -> request[6] == 1 ? answer(request) : new byte[0];
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> line.exchange(2, READ, SHORT)).isInstanceOf(NoAnswerException.class);
            line.exchange(1, READ, LONG);
        }
        script = request -> new byte[0];
        assertThatThrownBy(() -> line.exchange(2, READ, SHORT)).isInstanceOf(NoAnswerException.class);
        assertThatThrownBy(() -> line.exchange(1, READ, SHORT)).isInstanceOf(NoAnswerException.class);
        assertDead("nor before: is 127.0.0.1:" + server.getLocalPort() + " still there?");
    }

    /** Many devices close a connection on which nothing was asked for a minute: a poll every five minutes would fail each time. */
    @Test
    void aConnectionThatThePeerHasClosedBetweenRequestsIsMadeAnew() throws Exception {
        line.exchange(1, READ, LONG);
        last.close();
        clock.advance(Duration.ofMinutes(5));
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        assertThat(connections).hasValue(2);
    }

    @Test
    void whoSendsWithoutBeingAskedIsNoModbusDevice() throws Exception {
        line.exchange(1, READ, LONG);
        byte[] flood = new byte[1 << 20];
        clock.advance(Duration.ofMinutes(5));
        Thread flooding = new Thread(() -> {
            try {
                last.getOutputStream().write(flood);
            } catch (IOException cut) {
                return;
            }
        });
        flooding.start();
        // Whether it is thrown away as unasked, or met in place of the answer, is chance.
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        line.exchange(1, READ, LONG);
                        clock.advance(Duration.ofMinutes(5));
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(AnswerException.class);
        flooding.join(10_000);
    }

    @Test
    void unitsBehindOneHostShareAConnectionThatTheLastOneCloses() throws Exception {
        try (Line other = open()) {
            line.exchange(1, READ, LONG);
            line.close();
            assertThat(other.exchange(2, READ, LONG)).isEqualTo(ANSWER);
            assertThat(connections).hasValue(1);
        }
        try (Line again = open()) {
            again.exchange(1, READ, LONG);
            assertThat(connections).hasValue(2);
        }
    }
}
