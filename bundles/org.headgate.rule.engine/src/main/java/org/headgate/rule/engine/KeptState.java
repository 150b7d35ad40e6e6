package org.headgate.rule.engine;

import java.util.Optional;
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
    byte[] of(LinkedRule linked, RuleInputs inputs) {
        if (linked == null) {
            return bytes;
        }
        ByteOutput out = new ByteOutput(256);
        inputs.beginState(out);
        linked.save(out);
        return out.bytes();
    }

    /** Gives it to a rule that has just been compiled, once; false when that has spoilt the rule: it has to be compiled again. */
    boolean giveTo(LinkedRule linked, RuleInputs inputs) {
        byte[] state = bytes;
        bytes = new byte[0];
        if (state.length == 0) {
            return true;
        }
        try {
            Optional<ByteInput> in = inputs.openState(state);
            if (in.isEmpty()) {
                LOG.info("rule {}: begins empty, its text or the columns of its streams have changed", rule);
            } else {
                linked.load(in.get());
            }
            return true;
        } catch (RuntimeException damaged) {
            LOG.warn("rule {}: begins empty, its state is damaged: {}", rule, damaged.toString());
            return false;
        }
    }
}
