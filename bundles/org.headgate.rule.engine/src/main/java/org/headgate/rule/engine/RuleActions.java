package org.headgate.rule.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.command.api.Origin;
import org.headgate.config.api.Instance;
import org.headgate.data.api.Row;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the actions of one rule, as a consumer of its stream beside the others: so they are counted like any edge, and a device
 * that does not answer holds nobody up. Writes go through the command router, which limits their rate and writes them down.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "headgate.rule",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RuleActions implements RowConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(RuleActions.class);
    /** Control wants the newest value, not all of the old ones. */
    private static final int CAPACITY = 256;

    private static final Duration SUCCESSION = Duration.ofSeconds(1);
    private static final String NO_VALUE = "no value: nothing is written";

    private final String rule;
    private final List<Action> actions;
    private final Commands commands;
    private final Optional<Subscription> subscription;
    private volatile String said = "";

    /** Subscribes to the rule's stream, if it has actions. */
    @Activate
    public RuleActions(Map<String, Object> properties, @Reference StreamBus bus, @Reference Commands commands) {
        Instance instance = Instance.of(properties);
        this.rule = instance.name();
        this.commands = commands;
        this.actions = instance.broken().isPresent() ? List.of() : Action.of(instance.settings());
        boolean wanted = !actions.isEmpty() && instance.settings().flag("enabled", true);
        this.subscription = wanted
                ? Optional.of(
                        bus.subscribe("actions:" + rule, List.of(rule), CAPACITY, OverflowPolicy.DROP_OLDEST, this))
                : Optional.empty();
    }

    @Override
    public void row(String stream, Row row) {
        for (Action action : actions) {
            if (action.isLog()) {
                LOG.info("rule {}: {}", rule, row);
            } else {
                write(action, row);
            }
        }
    }

    private void write(Action action, Row row) {
        Map<String, String> arguments = action.write(row);
        if (!arguments.containsKey("value")) {
            say(action, NO_VALUE);
            return;
        }
        commands.submit(Command.of("device.write", arguments, Origin.rule(rule)))
                .thenAccept(result -> ended(action, result));
    }

    private void ended(Action action, CommandResult result) {
        if (result.isDone()) {
            said = "";
        } else {
            say(action, result.message());
        }
    }

    /** Once as long as it stays the same: a device that is off for a night is one line. */
    private void say(Action action, String what) {
        String line = action + ": " + what;
        if (!line.equals(said)) {
            said = line;
            LOG.warn("rule {}: {}", rule, line);
        }
    }

    /** Leaves what waits to the same rule, configured anew. */
    @Deactivate
    public void close() {
        subscription.ifPresent(open -> open.handOver(SUCCESSION));
    }
}
