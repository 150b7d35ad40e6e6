package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.headgate.driver.modbus.ScriptedPeer.ANSWER;
import static org.headgate.driver.modbus.ScriptedPeer.LONG;
import static org.headgate.driver.modbus.ScriptedPeer.READ;
import static org.headgate.driver.modbus.ScriptedPeer.SHORT;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.junit.jupiter.api.Test;

/** A unit behind a gateway that says nothing, too late or half of it: that is its own affair, and the others go on. */
class TcpSilenceTest extends OnScriptedPeer {
    private void only(int unit) {
        peer.script = request -> request[6] == unit ? ScriptedPeer.answer(request) : new byte[0];
    }

    private void silence(int unit) {
        assertThatThrownBy(() -> line.exchange(unit, READ, SHORT))
                .isInstanceOf(NoAnswerException.class)
                .hasMessage("no answer from unit " + unit + " within 150 ms: is the unit right?");
    }

    @Test
    void silenceEndsNoLineWhoeverWasAsked() throws Exception {
        only(7);
        line.exchange(7, READ, LONG);
        for (int unit : new int[] {9, 9, 1, 9, 2, 3, 9}) {
            silence(unit);
        }
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
    }

    /** A peer that was switched off and on knows nothing of the connection, and may not even say so. */
    @Test
    void afterThreeSilencesInARowTheConnectionIsMadeAnew() throws Exception {
        only(7);
        for (int i = 0; i < 3; i++) {
            silence(9);
            silence(8);
            line.exchange(7, READ, LONG);
        }
        assertThat(peer.connections).hasValue(1);
        for (int i = 0; i < 3; i++) {
            silence(9);
        }
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        assertThat(peer.connections).hasValue(2);
    }

    /** As when a search asks everybody: many a gateway takes a while to let go of a connection. */
    @Test
    void aNewConnectionIsGivenMoreTime() throws Exception {
        only(7);
        for (int i = 0; i < 9; i++) {
            silence(9);
        }
        assertThat(line.exchange(7, READ, LONG)).isEqualTo(ANSWER);
        assertThat(peer.connections).hasValue(1);
    }

    @Test
    void aGatewayThatIsGoneEndsTheLineAfterThreeSilences() throws Exception {
        only(7);
        line.exchange(7, READ, LONG);
        for (int i = 0; i < 3; i++) {
            silence(9);
        }
        peer.close();
        assertThatThrownBy(() -> line.exchange(7, READ, LONG))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(AnswerException.class)
                .hasMessageContaining(peer.place() + ": ");
    }

    @Test
    void aSearchFindsTheUnitBehindManyThatAreSilent() throws Exception {
        only(7);
        List<Discovered> found = new ArrayList<>();
        new BusDiscovery(peer.lines::open, peer.clock, new Sightings())
                .search(
                        new DeviceSettings(
                                "discover",
                                "tcp:" + peer.place(),
                                Duration.ofMinutes(5),
                                List.of(),
                                Map.of("units", "1-8", "wait", "500ms", "registers", "holding/5")),
                        found::add);
        assertThat(found).extracting(Discovered::address).containsExactly("tcp:" + peer.place() + ",unit=7");
    }

    @Test
    void aPartOfAnAnswerEndsTheConnectionAndNotTheLine() throws Exception {
        peer.script = request -> Arrays.copyOf(ScriptedPeer.answer(request), 9);
        assertThatThrownBy(() -> line.exchange(1, READ, Duration.ofSeconds(3)))
                .isInstanceOf(AnswerException.class)
                .hasMessageContaining("has sent a part of an answer only within 3000 ms");
        peer.script = ScriptedPeer::answer;
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
    }

    /** What is late comes in two pieces, with the next request between them. */
    @Test
    void aLateAnswerOfWhichHalfIsThereIsSkippedAsAWhole() throws Exception {
        byte[][] late = new byte[1][];
        peer.script = request -> {
            late[0] = ScriptedPeer.answer(request);
            return new byte[0];
        };
        silence(1);
        await().until(() -> late[0] != null);
        peer.last.getOutputStream().write(late[0], 0, 5);
        peer.script = request ->
                ScriptedPeer.together(Arrays.copyOfRange(late[0], 5, late[0].length), ScriptedPeer.answer(request));
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        peer.clock.advance(Duration.ofMinutes(1));
        peer.last.getOutputStream().write(late[0], 0, 5);
        assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        assertThat(line.counts().late.sum()).isEqualTo(2);
        assertThat(peer.connections).hasValue(1);
    }

    @Test
    void whatIsReadFromAPeerThatHangsUpBehindEachAnswerIsReadAllTheSame() throws Exception {
        peer.hangsUp = true;
        for (int i = 0; i < 10; i++) {
            assertThat(line.exchange(1, READ, LONG)).isEqualTo(ANSWER);
        }
        assertThat(peer.connections).hasValue(10);
    }

    /** One that is known for that is looked at before each request: a write is not sent into nothing. */
    @Test
    void whatIsWrittenToOneThatHangsUpIsSentOnce() throws Exception {
        peer.hangsUp = true;
        line.exchange(1, READ, LONG);
        line.exchange(1, READ, LONG);
        for (int i = 0; i < 3; i++) {
            byte[] write = Requests.registers(5, new byte[] {0, (byte) i}, false);
            peer.script = request -> ScriptedPeer.frame(ScriptedPeer.transaction(request), 0, 1, write);
            await().until(() -> peer.last.isClosed());
            assertThat(line.exchange(1, write, LONG)).isEqualTo(write);
        }
    }
}
