package org.headgate.rule.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a rule of the same name remembered when it ended, until the rule that is there now can take it over. */
final class KeptState {
    private static final Logger LOG = LoggerFactory.getLogger(KeptState.class);
    private final String rule;
    private byte[] bytes = {};

    KeptState(String rule) {
        this.rule = rule;
    }

    void keep(byte[] state) {
        bytes = state;
    }

    /** The state of a rule now; of one that is not compiled, what it was given. */
    byte[] of(LinkedRule linked, RuleInputs inputs, long nowNanos) {
        if (linked == null) {
            return bytes;
        }
        ByteOutput out = new ByteOutput(256);
        inputs.beginState(out);
        out.putZigzag(nowNanos);
        linked.save(out);
        out.putInt(checksum(out.array(), out.size()));
        return out.bytes();
    }

    /** Gives it to a rule that has just been compiled, once; false when that has spoilt the rule: it has to be compiled again. */
    boolean giveTo(LinkedRule linked, RuleInputs inputs, long nowNanos) {
        byte[] state = bytes;
        bytes = new byte[0];
        if (state.length == 0) {
            return true;
        }
        try {
            int size = state.length - Integer.BYTES;
            ByteBuffer whole = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
            if (size < 0 || whole.getInt(size) != checksum(state, size)) {
                throw new IllegalArgumentException("a checksum that does not fit");
            }
            Optional<ByteInput> in = inputs.openState(state);
            if (in.isEmpty()) {
                LOG.info("rule {}: begins empty, its text or the columns of its streams have changed", rule);
            } else {
                load(linked, in.get(), nowNanos);
            }
            return true;
        } catch (RuntimeException damaged) {
            LOG.warn("rule {}: begins empty, its state is damaged: {}", rule, damaged.toString());
            return false;
        }
    }

    /** Windows end in time though the clock has gone back while nobody ran, as on a board whose clock begins in 1970. */
    private static void load(LinkedRule linked, ByteInput in, long nowNanos) {
        long back = nowNanos - in.getZigzag();
        linked.load(in);
        if (back < -Timeline.STEP_NANOS) {
            linked.shift(back);
        }
    }

    private static int checksum(byte[] state, int size) {
        CRC32C crc = new CRC32C();
        crc.update(state, 0, size);
        return (int) crc.getValue();
    }
}
