package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.Test;

/** What is found in an answer that comes byte by byte. */
class RtuSearchTest {
    /** A wire that hands over one byte at a time. */
    private record Trickle(byte[] bytes, int[] next) implements Wire {
        @Override
        public int prepare(Deadline deadline) {
            return 0;
        }

        @Override
        public void send(byte[] request, int count, Deadline deadline) {
            next[0] = 0;
        }

        @Override
        public int receive(byte[] into, int from, long nanos) {
            into[from] = bytes[next[0]++];
            return 1;
        }

        @Override
        public void close() {
            next[0] = bytes.length;
        }
    }

    /** Registers may hold anything, even what would be a refusal if it stood alone. */
    @Test
    void whatStandsInTheMiddleOfAnAnswerIsNotTakenForOne() throws Exception {
        byte[] refusal = RtuFrame.of(7, new byte[] {(byte) 0x83, 2});
        byte[] pdu = new byte[2 + 12];
        pdu[0] = 3;
        pdu[1] = 12;
        System.arraycopy(refusal, 0, pdu, 4, refusal.length);
        Reception reception = new Reception();
        RtuSearch search = new RtuSearch(RtuFrame.of(7, Requests.read(Table.HOLDING, 0, 6)), false);
        Wire wire = new Trickle(RtuFrame.of(7, pdu), new int[1]);
        Deadline deadline = Deadline.in(Duration.ofMinutes(1), new MovedClock());
        byte[] found = null;
        while (found == null) {
            assertThat(reception.more(wire, deadline.leftNanos(), deadline, () -> {}))
                    .isTrue();
            found = search.find(reception, false);
        }
        assertThat(found).isEqualTo(pdu);
        assertThat(search.skipped()).isZero();
    }
}
