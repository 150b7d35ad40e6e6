package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.headgate.config.api.Instance;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.api.Validator;
import org.headgate.device.api.Devices;
import org.headgate.rule.language.Precheck;
import org.headgate.rule.language.Query;
import org.headgate.rule.language.RuleException;
import org.headgate.stream.api.Events;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Judges rules before they are written: the text, the name, whether there would be a stream to read, and devices and channels to write to. Columns are not judged:
 * a driver may bring channels of its own, which no file names. What a rule that is switched off would read and write is not judged, either.
 */
@Component
public final class RuleValidator implements Validator {
    /** More names than this help nobody. */
    private static final int MOST_NAMES = 8;

    private final ActionTargets targets;
    private final Functions functions;

    /** Knows the channels that drivers bring by the devices that run. */
    @Activate
    public RuleValidator(@Reference Devices devices, @Reference Functions functions) {
        this.functions = functions;
        this.targets = new ActionTargets(devices);
    }

    @Override
    public String kind() {
        return "rule";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        ActiveRule rule = ActiveRule.of(instance);
        if (rule.query().isEmpty()) {
            return List.of(rule.wrong());
        }
        if (producers("device", whole).contains(rule.name())) {
            return List.of(ActiveRule.nameTaken(rule.name()));
        }
        if (whole.names("table").contains(rule.name())) {
            return List.of(ActiveRule.tablesName(rule.name()));
        }
        try {
            Query query = rule.query().get();
            Precheck.check(query, functions.catalog());
            if (!rule.sources().isEmpty()) {
                checkStream(query, whole);
                List<String> problems = new ArrayList<>();
                rule.sources().stream()
                        .flatMap(source -> cycle(rule.name(), source, whole, List.of()).stream())
                        .findFirst()
                        .map(ActiveRule::readsItself)
                        .ifPresent(problems::add);
                for (Action action : Action.of(instance.settings())) {
                    targets.wrong(action, whole).ifPresent(problems::add);
                }
                return problems;
            }
            return List.of();
        } catch (RuleException wrong) {
            return List.of(wrong.getMessage());
        }
    }

    private static void checkStream(Query query, SetUp whole) throws RuleException {
        Set<String> streams = producers("device", whole);
        streams.addAll(producers("rule", whole));
        String stream = query.stream();
        if (streams.contains(stream)) {
            return;
        }
        if (whole.names("table").contains(stream)) {
            throw new RuleException(
                    query.streamAt(), "expected a stream, found the table " + stream + " (write it behind JOIN)");
        }
        String hint = Texts.nearest(stream, streams)
                .map(nearest -> ": did you mean " + nearest + "?")
                .orElseGet(() -> " (there are " + some(streams) + ")");
        throw new RuleException(
                query.streamAt(), "expected a stream, that is a device's or a rule's name, found " + stream + hint);
    }

    static String some(Set<String> names) {
        String some = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? some + ", ..." : some;
    }

    /** Who has a stream, switched off or not: it can be switched on. */
    private static Set<String> producers(String kind, SetUp whole) {
        Set<String> names = new TreeSet<>(whole.names(kind));
        names.add(Events.STREAM);
        return names;
    }

    /** The way from a stream back through rules that are switched on to the rule's own name, if there is one. */
    private static Optional<String> cycle(String name, String stream, SetUp whole, List<String> before) {
        List<String> way = new ArrayList<>(before);
        way.add(stream);
        if (stream.equals(name)) {
            return Optional.of(String.join(" <- ", way));
        }
        // A cycle of others that this rule only reads ends the walk, too: it is theirs.
        return whole.instance("rule", stream).filter(any -> !before.contains(stream)).map(ActiveRule::of).stream()
                .flatMap(rule -> rule.sources().stream())
                .flatMap(source -> cycle(name, source, whole, way).stream())
                .findFirst();
    }
}
