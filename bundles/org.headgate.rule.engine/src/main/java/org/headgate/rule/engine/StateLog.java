package org.headgate.rule.engine;

import org.headgate.rule.api.RuleStatus.State;
import org.slf4j.Logger;

/** Logs where a rule stands, once for each change: one line, with the reason where it does not run as it should. */
final class StateLog {
    private final Logger log;
    private final String rule;
    private State last;

    StateLog(Logger log, String rule) {
        this.log = log;
        this.rule = rule;
    }

    synchronized void now(State state, String reason) {
        if (state == last) {
            return;
        }
        last = state;
        if (state == State.INVALID || state == State.DEGRADED) {
            log.warn("rule {}: {}: {}", rule, state, reason);
        } else {
            log.info("rule {}: {}", rule, state);
        }
    }
}
