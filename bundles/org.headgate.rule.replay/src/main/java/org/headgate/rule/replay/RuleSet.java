package org.headgate.rule.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Linker;
import org.headgate.rule.language.Plan;
import org.headgate.rule.language.Precheck;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.Table;

/** Rules that are replayed together, each behind those whose streams it reads. Immutable. */
public final class RuleSet {
    private final List<ReplayRule> rules = new ArrayList<>();
    private final Map<String, Table> tables;

    /**
     * Puts rules in order.
     *
     * @throws ReplayException when two have the same name, or one reads what comes of itself
     */
    public RuleSet(List<ReplayRule> rules) throws ReplayException {
        this(rules, Map.of());
    }

    /**
     * Puts rules in order that may join tables.
     *
     * @throws ReplayException when two have the same name, or one reads what comes of itself
     */
    public RuleSet(List<ReplayRule> rules, Map<String, Table> tables) throws ReplayException {
        this.tables = Map.copyOf(tables);
        Map<String, ReplayRule> byName = new LinkedHashMap<>();
        for (ReplayRule rule : rules) {
            if (byName.put(rule.name(), rule) != null) {
                throw new ReplayException(rule.name() + ": two rules have this name (expected: a name for each)");
            }
        }
        for (ReplayRule rule : rules) {
            place(rule, byName, "");
        }
    }

    /** The rules, producers first. */
    public List<ReplayRule> rules() {
        return List.copyOf(rules);
    }

    /** The streams that have to come from outside: those that are read and that no rule puts out. */
    public Set<String> sources() {
        Set<String> sources = new TreeSet<>();
        rules.forEach(rule -> sources.addAll(rule.query().sources()));
        rules.forEach(rule -> sources.remove(rule.name()));
        sources.removeAll(tables.keySet());
        return sources;
    }

    /** Whether a stream is put out by one of the rules. */
    public boolean puts(String stream) {
        return rules.stream().anyMatch(rule -> rule.name().equals(stream));
    }

    /**
     * Judges all rules before anything is played.
     *
     * @param streams the columns of the streams from outside, as far as they are known
     * @param open those of them that may have other columns, too: one that no row has is null, and no mistake
     * @return what is known of all streams
     * @throws ReplayException at the first mistake, with the rule's name
     */
    public Inputs check(Map<String, Schema> streams, Set<String> open, FunctionCatalog functions)
            throws ReplayException {
        Known known = new Known(new HashMap<>(streams), Set.copyOf(open), tables);
        for (ReplayRule rule : rules) {
            try {
                if (rule.query().sources().stream().allMatch(known::has)) {
                    Plan plan = Linker.link(rule.query(), known, functions);
                    if (plan.unnested().isEmpty()) {
                        known.streams.put(rule.name(), plan.output());
                    }
                } else {
                    Precheck.check(rule.query(), functions);
                }
            } catch (RuleException wrong) {
                throw new ReplayException(rule.name() + ": " + wrong.getMessage());
            }
        }
        return known;
    }

    private void place(ReplayRule rule, Map<String, ReplayRule> byName, String way) throws ReplayException {
        if (rules.contains(rule)) {
            return;
        }
        String here = way.isEmpty() ? rule.name() : way + " <- " + rule.name();
        if ((" " + way + " ").contains(" " + rule.name() + " ")) {
            throw new ReplayException(rule.name() + ": reads its own results, " + here);
        }
        for (String source : rule.query().sources()) {
            if (byName.containsKey(source)) {
                place(byName.get(source), byName, here);
            }
        }
        rules.add(rule);
    }

    private record Known(Map<String, Schema> streams, Set<String> openStreams, Map<String, Table> tables)
            implements Inputs {
        boolean has(String name) {
            return streams.containsKey(name) || tables.containsKey(name);
        }

        @Override
        public Optional<Schema> stream(String name) {
            return Optional.ofNullable(streams.get(name));
        }

        @Override
        public Optional<Table> table(String name) {
            return Optional.ofNullable(tables.get(name));
        }

        @Override
        public boolean open(String stream) {
            return openStreams.contains(stream);
        }
    }
}
