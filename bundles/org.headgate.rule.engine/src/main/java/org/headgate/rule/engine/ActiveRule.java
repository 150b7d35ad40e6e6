package org.headgate.rule.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.rule.api.RuleExplanation;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Explanation;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Precheck;
import org.headgate.rule.language.Query;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.StreamBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One configured rule, running or not. Used under the engine's lock; only its {@link RuleProgram} is used by others. */
final class ActiveRule {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRule.class);
    private final String name;
    private final RuleSettings settings;
    private final String wrong;
    private final Optional<Query> query;
    private final StateLog stateLog;
    private String blocked = "";
    private Optional<Publisher> publisher = Optional.empty();
    private Optional<RuleProgram> program = Optional.empty();
    private Optional<byte[]> keptState = Optional.empty();
    private Optional<RuleActions> outlets = Optional.empty();

    private ActiveRule(String name, RuleSettings settings, String wrong, Optional<Query> query) {
        this.name = name;
        this.settings = settings;
        this.wrong = wrong;
        this.query = query;
        this.stateLog = new StateLog(LOG, name);
    }

    /** Reads a rule's settings. Never throws: what is wrong with them is part of its status. */
    static ActiveRule of(Instance instance) {
        RuleSettings settings = RuleSettings.of(instance.settings());
        Optional<String> invalid = instance.invalid();
        if (invalid.isPresent()) {
            return new ActiveRule(instance.name(), settings, invalid.get(), Optional.empty());
        }
        try {
            return new ActiveRule(instance.name(), settings, "", Optional.of(RuleParser.parse(settings.sql())));
        } catch (RuleException problem) {
            return new ActiveRule(instance.name(), settings, problem.getMessage(), Optional.empty());
        }
    }

    String name() {
        return name;
    }

    /** The text, parsed; empty when it or the file is wrong. */
    Optional<Query> query() {
        return query;
    }

    /** What is wrong with the file or its text; empty when nothing is. */
    String wrong() {
        return wrong;
    }

    /** Why a rule cannot have a name. */
    static String nameTaken(String name) {
        return new Problem("name", name, "a name that no device or rule has").toString();
    }

    /** Why a rule cannot have the name of a table. */
    static String tablesName(String name) {
        return new Problem("name", name, "a name that no table has").toString();
    }

    /** Why a rule cannot read what it reads. */
    static String readsItself(String cycle) {
        return new Problem("sql", "reads " + cycle, "a rule that does not read its own results").toString();
    }

    /** The streams that a rule reads, when it could run; none otherwise. */
    List<String> sources() {
        return settings.enabled() ? query.map(Query::sources).orElse(List.of()) : List.of();
    }

    /** How often its state is written, where it is kept. */
    Optional<Duration> checkpoint() {
        return settings.checkpoint();
    }

    /** Whether it calls a function whose name is one of these. */
    boolean calls(Predicate<String> names) {
        return query.map(Precheck::functions).orElse(Set.of()).stream().anyMatch(names);
    }

    Optional<RuleProgram> program() {
        return program;
    }

    /** It cannot run as long as others are as they are. */
    void block(String why) {
        blocked = why;
    }

    /** Whether it would run, if it were not for others. */
    boolean isBlocked() {
        return !blocked.isEmpty();
    }

    /**
     * Takes the rule's name as its stream; false when the name is taken.
     *
     * @param act starts its actions, if it has any
     */
    boolean start(
            StreamBus bus,
            FunctionCatalog functions,
            Inputs known,
            Function<String, RuleEdge> edge,
            BiFunction<String, List<Action>, RuleActions> act) {
        try {
            Publisher claimed = bus.publisher(name);
            publisher = Optional.of(claimed);
            program = Optional.of(new RuleProgram(
                    name, query.orElseThrow(), functions, known, settings.options(), claimed::publish, edge, stateLog));
            outlets =
                    settings.actions().isEmpty() ? Optional.empty() : Optional.of(act.apply(name, settings.actions()));
            blocked = "";
            return true;
        } catch (IllegalStateException taken) {
            return false;
        }
    }

    /** Remembers what the rule has, if it runs, for {@link #takeState}: it starts again, now or when it can. */
    void keepState() {
        program.ifPresent(running -> keptState = Optional.of(running.suspend()));
    }

    /** What was kept, once. */
    Optional<byte[]> takeState() {
        Optional<byte[]> state = keptState;
        keptState = Optional.empty();
        return state;
    }

    void stop() {
        program.ifPresent(RuleProgram::stop);
        publisher.ifPresent(Publisher::close);
        outlets.ifPresent(RuleActions::close);
        outlets = Optional.empty();
        program = Optional.empty();
        publisher = Optional.empty();
    }

    /** Logs where a rule stands that does not run; one that runs does so itself. */
    void logState() {
        if (program.isEmpty()) {
            RuleStatus status = status(0);
            stateLog.now(status.state(), status.detail());
        }
    }

    /**
     * What it does and what it costs.
     *
     * @param checkpoints where its state is written
     */
    RuleExplanation explain(long nowNanos, FunctionCatalog functions, Checkpoints checkpoints) {
        if (program.isEmpty()) {
            RuleExplanation.Held nothing =
                    new RuleExplanation.Held(0, 0, 0, settings.options().maxState());
            return new RuleExplanation(
                    status(nowNanos), List.of(), nothing, Optional.empty(), new RuleExplanation.Cost(0, 0), List.of());
        }
        RuleProgram running = program.get();
        RuleView view = running.view();
        List<RuleExplanation.Step> steps = view.plan().stream()
                .flatMap(plan -> Explanation.of(query.orElseThrow(), plan, functions).stream())
                .filter(step -> view.isIndexed() || !step.name().equals(Explanation.INDEXED))
                .map(step -> new RuleExplanation.Step(step.name(), step.text()))
                .toList();
        return new RuleExplanation(
                status(nowNanos),
                steps,
                view.held(),
                checkpoints.explain(name, view.seen()),
                running.meter().cost(),
                IntStream.range(0, running.sources().size())
                        .mapToObj(running::counters)
                        .toList());
    }

    RuleStatus status(long nowNanos) {
        if (program.isPresent()) {
            RuleProgram running = program.get();
            FlowSnapshot flow = running.counters(0);
            return new RuleStatus(
                    name,
                    settings.sql(),
                    running.state(nowNanos),
                    running.detail(nowNanos),
                    flow.in(),
                    flow.emitted(),
                    running.errors());
        }
        String detail = wrong.isEmpty() ? blocked : wrong;
        return new RuleStatus(name, settings.sql(), detail.isEmpty() ? State.DISABLED : State.INVALID, detail, 0, 0, 0);
    }
}
