package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.driver.modbus.ScriptedPeer.ANSWER;
import static org.headgate.driver.modbus.ScriptedPeer.LONG;
import static org.headgate.driver.modbus.ScriptedPeer.READ;
import static org.headgate.driver.modbus.ScriptedPeer.SHORT;
import static org.headgate.driver.modbus.ScriptedPeer.answer;
import static org.headgate.driver.modbus.ScriptedPeer.frame;
import static org.headgate.driver.modbus.ScriptedPeer.together;
import static org.headgate.driver.modbus.ScriptedPeer.transaction;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.headgate.system.api.Deadline;
import org.junit.jupiter.api.Test;

/** What comes over TCP, and what is made of it. */
class TcpLineTest extends OnScriptedPeer {
    private void assertDead(String message) throws Exception {
        assertThatThrownBy(() -> line.exchange(1, READ, LONG))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(AnswerException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> line.exchange(1, READ, LONG)).hasMessageContaining(message);
        peer.script = ScriptedPeer::answer;
        try (Line again = peer.open()) {
            assertThat(again.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        }
    }

    @Test
    void anAnswerToAnEarlierRequestIsSkippedAndCounted() throws Exception {
        peer.script = request -> together(
                frame(transaction(request) - 1, 0, 1, (byte) 3, (byte) 2, (byte) 9, (byte) 9), answer(request));
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        assertThat(line.counts().late.sum()).isEqualTo(1);
        peer.script = request -> new byte[0];
        assertThatThrownBy(() -> line.exchange(1, READ, SHORT)).isInstanceOf(NoAnswerException.class);
        peer.script = request -> together(
                frame(transaction(request) - 1, 0, 1, (byte) 3, (byte) 2, (byte) 9, (byte) 9), answer(request));
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
    }

    @Test
    void transactionsGoRoundAfter65536() throws Exception {
        Mirror mirror = new Mirror();
        TcpFraming framing = new TcpFraming(mirror, "mirror", new LineCounts());
        for (int i = 0; i < 65_537; i++) {
            assertThat(framing.exchange(1, READ, Deadline.in(LONG, peer.clock), () -> {}))
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
        peer.script = request -> frame(transaction(request), 0x4854, 1, ANSWER);
        assertDead("what comes is no Modbus TCP (protocol 4854, length 5)");
    }

    @Test
    void anAnswerThatIsTooLongEndsTheLine() throws Exception {
        peer.script = request -> new byte[] {request[0], request[1], 0, 0, 1, 0, 1, 3};
        assertDead("what comes is no Modbus TCP (protocol 0000, length 256)");
    }

    @Test
    void anAnswerToAnotherFunctionIsNotBelieved() throws Exception {
        peer.script = request -> frame(transaction(request), 0, 1, (byte) 4, (byte) 2, (byte) 0, (byte) 1);
        assertThatThrownBy(() -> line.exchange(1, READ, LONG))
                .isInstanceOf(AnswerException.class)
                .hasMessage("unit 1 answers function 4 to function 3");
        peer.script = ScriptedPeer::answer;
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
    }

    @Test
    void aPeerThatHangsUpEndsTheLine() throws Exception {
        peer.script = request -> null;
        assertDead("");
    }

    @Test
    void anotherUnitsAnswerIsNotBelieved() throws Exception {
        peer.script = request -> frame(transaction(request), 0, 9, ANSWER);
        assertThatThrownBy(() -> line.exchange(1, READ, LONG))
                .isInstanceOf(AnswerException.class)
                .hasMessage("unit 9 answers instead of unit 1: is the unit right?");
    }

    /** Many devices close a connection on which nothing was asked for a minute: a poll every five minutes would fail each time. */
    @Test
    void aConnectionThatThePeerHasClosedBetweenRequestsIsMadeAnew() throws Exception {
        line.exchange(1, READ, LONG);
        peer.last.close();
        peer.clock.advance(Duration.ofMinutes(5));
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        assertThat(peer.connections).hasValue(2);
    }

    @Test
    void whoSendsWithoutBeingAskedIsNoModbusDevice() throws Exception {
        line.exchange(1, READ, LONG);
        byte[] flood = new byte[1 << 20];
        peer.clock.advance(Duration.ofMinutes(5));
        Thread flooding = new Thread(() -> {
            try {
                peer.last.getOutputStream().write(flood);
            } catch (IOException cut) {
                return;
            }
        });
        flooding.start();
        // Whether it is thrown away as unasked, or met in place of the answer, is chance.
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        line.exchange(1, READ, LONG);
                        peer.clock.advance(Duration.ofMinutes(5));
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(AnswerException.class);
        flooding.join(10_000);
    }

    @Test
    void unitsBehindOneHostShareAConnectionThatTheLastOneCloses() throws Exception {
        try (Line other = peer.open()) {
            line.exchange(1, READ, LONG);
            line.close();
            assertThat(other.exchange(2, READ, LONG)).isEqualTo(ANSWER);
            assertThat(peer.connections).hasValue(1);
        }
        try (Line again = peer.open()) {
            again.exchange(1, READ, LONG);
            assertThat(peer.connections).hasValue(2);
        }
    }
}
