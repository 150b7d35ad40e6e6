package org.headgate.commands.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.Settling;
import org.headgate.commands.kit.Switch;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.console.api.Invocation;
import org.headgate.rule.api.RuleReader;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.RuleStatus.State;
import org.headgate.rule.api.Rules;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the commands that change rules have in common: judges the text by the streams as they are, writes, says where the rule stands. */
@Component(service = RuleEdits.class)
public final class RuleEdits {
    static final String SQL = "sql";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Configurations configurations;
    private final Instances files;
    private final Rules rules;
    private final RuleReader reader;
    private final Settling settling;

    /** Edits the files of rules. */
    @Activate
    public RuleEdits(
            @Reference Configurations configurations,
            @Reference Rules rules,
            @Reference RuleReader reader,
            @Reference Scheduler scheduler) {
        this.configurations = configurations;
        this.rules = rules;
        this.reader = reader;
        files = new Instances(configurations, "rule");
        settling = new Settling(scheduler);
    }

    /** The rules' files. */
    Instances files() {
        return files;
    }

    /** What is wrong with a text, as far as is known now. */
    Optional<String> problem(String sql) {
        return reader.read(sql).problem();
    }

    /** What a change would be refused for. */
    List<String> problems(Change change) {
        return configurations.problems(change);
    }

    /** Makes a change and says where the rule stands then. */
    int make(Invocation invocation, Change change, String name, String done) throws InterruptedException {
        int status = new Edits(configurations).make(invocation, change, done);
        if (status == 0 && !invocation.json()) {
            String sql = files.value(name, SQL).orElse("");
            boolean enabled = files.isEnabled(name);
            settling.await(invocation, () -> current(name, sql, enabled), PATIENCE, "waiting for " + name)
                    .ifPresent(rule -> invocation.out().println(said(rule)));
        }
        return status;
    }

    /** What switches them on and off. */
    Switch switching() {
        return new Switch(files, this::make);
    }

    /** The rule as it is configured now, not as it was before the change. */
    private Optional<RuleStatus> current(String name, String sql, boolean enabled) {
        return rules.list().stream()
                .filter(rule -> rule.name().equals(name) && rule.sql().equals(sql))
                .filter(rule -> enabled || rule.state() == State.DISABLED)
                .filter(rule -> !enabled || rule.state() != State.DISABLED)
                .findFirst();
    }

    /** Where a rule stands that puts out no row until something changes. */
    Optional<String> silence(String name) {
        return rules.list().stream()
                .filter(rule -> rule.name().equals(name) && rule.state() != State.RUNNING)
                .map(this::said)
                .findFirst();
    }

    private String said(RuleStatus rule) {
        String state = rule.name() + ": " + rule.state();
        if (rule.state() == State.WAITING_FOR_STREAM) {
            return state + ", until the first row of "
                    + reader.read(rule.sql()).stream().orElse("its stream") + " comes";
        }
        return rule.detail().isEmpty() ? state : state + ", " + rule.detail();
    }
}
