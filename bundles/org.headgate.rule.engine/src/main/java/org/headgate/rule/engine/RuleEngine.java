package org.headgate.rule.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.command.api.Commands;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.rule.api.RuleExplanation;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * All configured rules. Its lock is for configuration and for looking; rows never take it. A rule that another's name or a
 * cycle keeps from running is tried again when a rule goes, and every second: a device that goes tells nobody.
 */
@Component(service = {RuleEngine.class, Rules.class, FlowSource.class})
public final class RuleEngine implements Rules, FlowSource {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final StreamBus bus;
    private final Clock clock;
    private final Loop loop;
    private final Optional<Commands> commands;
    private final Functions functions;
    private final LiveTables tables;
    private final Checkpoints checkpoints;
    private final LiveInputs known;
    private final List<ActiveRule> rules = new ArrayList<>();
    private final Map<String, StreamRules> streams = new HashMap<>();
    /** By rule and stream; nothing is ever removed, for the counters are those since the start of the process. */
    private final Map<String, RuleEdge> edges = new TreeMap<>();

    private FunctionCatalog catalog;
    private boolean retrying;
    private boolean closed;

    /** Starts without rules. Without a command router they run, but write to no device. */
    @Activate
    public RuleEngine(
            @Reference StreamBus bus,
            @Reference Clock clock,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Storage var,
            @Reference Functions functions,
            @Reference LiveTables tables,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    Commands commands) {
        this.commands = Optional.ofNullable(commands);
        this.bus = bus;
        this.clock = clock;
        this.loop = scheduler.loop("rules");
        this.functions = functions;
        this.tables = tables;
        this.known = new LiveInputs(bus, tables);
        this.checkpoints = new Checkpoints(var, calls, clock, loop);
        this.catalog = functions.catalog();
        functions.onChange(() -> loop.execute(this::functionsChanged));
        tables.onChange(name -> loop.execute(() -> tableChanged(name)));
    }

    /** For tests: without tables. */
    RuleEngine(
            StreamBus bus,
            Clock clock,
            Scheduler scheduler,
            Calls calls,
            Storage var,
            Functions functions,
            Commands commands) {
        this(bus, clock, scheduler, calls, var, functions, new LiveTables(scheduler, calls, clock, bus), commands);
    }

    /** Stops every rule. */
    @Deactivate
    public synchronized void close() {
        closed = true;
        functions.onChange(() -> {});
        tables.onChange(name -> {});
        List.copyOf(rules).forEach(this::stop);
        rules.clear();
        checkpoints.close();
        loop.close();
    }

    @Override
    public synchronized List<RuleStatus> list() {
        long now = clock.epochNanos();
        streams.values().forEach(StreamRules::settle);
        return rules.stream()
                .map(rule -> rule.status(now))
                .sorted(Comparator.comparing(RuleStatus::name))
                .toList();
    }

    @Override
    public synchronized Optional<RuleExplanation> explain(String name) {
        streams.values().forEach(StreamRules::settle);
        return rules.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .map(rule -> rule.explain(clock.epochNanos(), catalog, checkpoints));
    }

    @Override
    public synchronized List<FlowSnapshot> flows() {
        streams.values().forEach(StreamRules::settle);
        return edges.values().stream()
                .map(RuleEdge::snapshot)
                .filter(edge -> edge.in() > 0 || !tables.has(edge.from()))
                .toList();
    }

    synchronized void add(ActiveRule rule) {
        rules.add(rule);
        start(rule);
        retryLater();
    }

    synchronized void remove(ActiveRule rule) {
        rules.remove(rule);
        stop(rule);
        startBlocked();
    }

    /** Rules that call a function which has come, gone or become another one are compiled again; what they remember stays. */
    private synchronized void functionsChanged() {
        FunctionCatalog before = catalog;
        catalog = functions.catalog();
        for (ActiveRule rule : rules) {
            if (rule.program().isPresent()
                    && rule.calls(name -> !before.find(name).equals(catalog.find(name)))) {
                restart(rule);
            }
        }
    }

    /** Rules that join a table which has come, gone or become another one are compiled again, as above; without it they wait. */
    private synchronized void tableChanged(String table) {
        if (closed) {
            return;
        }
        List<ActiveRule> joining =
                rules.stream().filter(rule -> rule.sources().contains(table)).toList();
        joining.forEach(this::restart);
        startBlocked();
        retryLater();
    }

    private void restart(ActiveRule rule) {
        rule.program().ifPresent(program -> {
            program.sources().forEach(source -> leave(source, program));
            // Behind the last row, as in a stop.
            rule.keepState();
        });
        stop(rule);
        start(rule);
    }

    private void startBlocked() {
        rules.stream().filter(ActiveRule::isBlocked).forEach(this::start);
    }

    private void retryLater() {
        if (!closed && !retrying && rules.stream().anyMatch(ActiveRule::isBlocked)) {
            retrying = true;
            loop.schedule(RETRY, this::retry);
        }
    }

    private synchronized void retry() {
        retrying = false;
        startBlocked();
        retryLater();
    }

    private void start(ActiveRule rule) {
        if (!rule.sources().isEmpty()) {
            start(rule, rule.sources());
        }
        rule.logState();
    }

    private void start(ActiveRule rule, List<String> sources) {
        Optional<String> cycle = sources.stream()
                .flatMap(source -> cycle(rule.name(), source, List.of()).stream())
                .findFirst();
        Optional<String> noTable = sources.stream()
                .flatMap(source -> tables.problem(source).stream())
                .findFirst();
        if (cycle.isPresent()) {
            rule.block(ActiveRule.readsItself(cycle.get()));
        } else if (noTable.isPresent()) {
            rule.block(noTable.get());
        } else if (tables.has(rule.name())) {
            rule.block(ActiveRule.tablesName(rule.name()));
        } else if (rule.start(bus, catalog, known, source -> edge(source, rule.name()), this::act)) {
            RuleProgram program = rule.program().orElseThrow();
            rule.checkpoint().ifPresent(every -> program.restore(checkpoints.add(rule.name(), every, program)));
            rule.takeState().ifPresent(program::restore);
            for (String source : sources) {
                if (known.table(source).isEmpty()) {
                    streams.computeIfAbsent(source, stream -> new StreamRules(stream, bus, clock, loop))
                            .add(program);
                }
            }
        } else {
            rule.block(ActiveRule.nameTaken(rule.name()));
        }
    }

    private RuleActions act(String rule, List<Action> actions) {
        return new RuleActions(rule, actions, bus, commands.orElse(new NoCommands()), loop);
    }

    private RuleEdge edge(String stream, String rule) {
        return edges.computeIfAbsent(rule + " " + stream, any -> new RuleEdge(stream, rule));
    }

    private void stop(ActiveRule rule) {
        rule.program().ifPresent(program -> {
            program.sources().forEach(source -> leave(source, program));
            // Behind the last row: what a state does not have is lost.
            rule.checkpoint().ifPresent(every -> checkpoints.remove(rule.name(), program.suspend()));
        });
        rule.stop();
    }

    private void leave(String source, RuleProgram program) {
        StreamRules siblings = streams.get(source);
        if (siblings != null) {
            siblings.remove(program);
            if (siblings.isEmpty()) {
                streams.remove(source);
                siblings.close();
            }
        }
    }

    /** The way from a stream back through running rules to the rule's own name, if there is one: {@code b <- a <- b}. */
    private Optional<String> cycle(String name, String stream, List<String> before) {
        List<String> way = new ArrayList<>(before);
        way.add(stream);
        if (stream.equals(name)) {
            return Optional.of(String.join(" <- ", way));
        }
        return rules.stream()
                .filter(rule -> rule.name().equals(stream) && rule.program().isPresent() && !before.contains(stream))
                .flatMap(rule -> rule.sources().stream())
                .flatMap(source -> cycle(name, source, way).stream())
                .findFirst();
    }
}
