package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Problem;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.headgate.rule.functions.Aggregates;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.Scalars;
import org.headgate.rule.reduce.Reductions;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All configured rules. Its lock is for configuration and for looking; rows never take it, so it may be held while a
 * subscription is closed, which waits for the row that is being handed over.
 */
@Component(service = {RuleEngine.class, Rules.class, FlowSource.class})
public final class RuleEngine implements Rules, FlowSource {
    private static final Logger LOG = LoggerFactory.getLogger(RuleEngine.class);
    private final StreamBus bus;
    private final Clock clock;
    private final Loop loop;
    private final FunctionCatalog functions = new FunctionCatalog(Scalars.all(), Aggregates.all(), Reductions.all());
    private final List<ActiveRule> rules = new ArrayList<>();
    private final Map<String, StreamRules> streams = new HashMap<>();

    /** Starts without rules. */
    @Activate
    public RuleEngine(@Reference StreamBus bus, @Reference Clock clock, @Reference Scheduler scheduler) {
        this.bus = bus;
        this.clock = clock;
        this.loop = scheduler.loop("rules");
    }

    /** Stops every rule. */
    @Deactivate
    public synchronized void close() {
        List.copyOf(rules).forEach(this::stop);
        rules.clear();
        loop.close();
    }

    @Override
    public synchronized List<RuleStatus> list() {
        long now = clock.epochNanos();
        return rules.stream()
                .map(rule -> rule.status(now))
                .sorted(Comparator.comparing(RuleStatus::name))
                .toList();
    }

    @Override
    public synchronized List<FlowSnapshot> flows() {
        return rules.stream()
                .sorted(Comparator.comparing(ActiveRule::name))
                .flatMap(rule -> rule.program().stream())
                .map(program -> program.flow().snapshot())
                .toList();
    }

    synchronized void add(ActiveRule rule) {
        rules.add(rule);
        start(rule);
        RuleStatus status = rule.status(clock.epochNanos());
        if (status.state() == RuleStatus.State.INVALID) {
            LOG.warn("rule {}: invalid: {}", rule.name(), status.detail());
        }
    }

    /** Removes a rule; one that its name or its place in a cycle has kept from running gets another chance. */
    synchronized void remove(ActiveRule rule) {
        rules.remove(rule);
        stop(rule);
        for (ActiveRule other : rules) {
            if (other.program().isEmpty()) {
                start(other);
            }
        }
    }

    private void start(ActiveRule rule) {
        Optional<String> source = rule.source();
        if (source.isEmpty()) {
            return;
        }
        Optional<String> cycle = cycle(rule.name(), source.get());
        if (cycle.isPresent()) {
            rule.block(
                    new Problem("sql", "reads " + cycle.get(), "a rule that does not read its own results").toString());
        } else if (rule.start(bus, functions)) {
            streams.computeIfAbsent(source.get(), stream -> new StreamRules(stream, bus, clock, loop))
                    .add(rule.program().orElseThrow());
        } else {
            rule.block(new Problem("name", rule.name(), "a name that no device or rule has").toString());
        }
    }

    private void stop(ActiveRule rule) {
        rule.program().ifPresent(program -> {
            String source = rule.source().orElseThrow();
            StreamRules siblings = streams.get(source);
            siblings.remove(program);
            if (siblings.isEmpty()) {
                streams.remove(source);
                siblings.close();
            }
        });
        rule.stop();
    }

    /** The way from a stream back through running rules to the rule's own name, if there is one: {@code b <- a <- b}. */
    private Optional<String> cycle(String name, String source) {
        StringBuilder way = new StringBuilder(source);
        Optional<String> next = Optional.of(source);
        while (next.isPresent() && !next.get().equals(name)) {
            String stream = next.get();
            next = rules.stream()
                    .filter(rule -> rule.name().equals(stream) && rule.program().isPresent())
                    .findFirst()
                    .flatMap(ActiveRule::source);
            next.ifPresent(found -> way.append(" <- ").append(found));
        }
        return next.map(closed -> way.toString());
    }
}
