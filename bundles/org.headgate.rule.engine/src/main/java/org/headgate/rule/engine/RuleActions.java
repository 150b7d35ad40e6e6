package org.headgate.rule.engine;

import java.time.Duration;
import java.util.List;
import org.headgate.command.api.Commands;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the actions of one rule that runs, as a consumer of its stream beside the others: so its rows are counted like those of any edge, and a
 * device that does not answer holds nobody up.
 */
final class RuleActions implements RowConsumer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleActions.class);
    private static final int CAPACITY = 256;
    private static final Duration SUCCESSION = Duration.ofSeconds(1);

    private final String rule;
    private final boolean logs;
    private final List<DeviceWrite> writes;
    private final Subscription subscription;

    /**
     * Subscribes to the rule's stream.
     *
     * @param loop where what was refused for now is tried again
     */
    RuleActions(String rule, List<Action> actions, StreamBus bus, Commands commands, Loop loop) {
        this.rule = rule;
        this.logs = actions.stream().anyMatch(Action::isLog);
        this.writes = actions.stream()
                .filter(action -> !action.isLog())
                .map(action -> new DeviceWrite(rule, action, commands, loop))
                .toList();
        this.subscription = bus.subscribe("actions:" + rule, List.of(rule), CAPACITY, OverflowPolicy.DROP_OLDEST, this);
    }

    @Override
    public void row(String stream, Row row) {
        if (logs) {
            LOG.info("rule {}: {}", rule, row);
        }
        writes.forEach(write -> write.take(row));
    }

    /** Leaves what waits to the same rule, configured anew. */
    @Override
    public void close() {
        subscription.handOver(SUCCESSION);
        writes.forEach(DeviceWrite::close);
    }
}
