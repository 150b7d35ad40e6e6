package org.headgate.doctor;

import java.util.ArrayList;
import java.util.List;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where the rules stand. */
@Component
public final class RulesCheck implements HealthCheck {
    private final Rules rules;

    @Activate
    public RulesCheck(@Reference Rules rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public List<Finding> check() {
        List<RuleStatus> all = rules.list();
        if (all.isEmpty()) {
            return List.of(Finding.unknown("", "there is none yet (rule:add NAME SQL makes one)"));
        }
        List<Finding> findings = new ArrayList<>();
        long well = 0;
        for (RuleStatus rule : all) {
            String subject = "rule " + rule.name();
            String text = rule.state() + (rule.detail().isEmpty() ? "" : ": " + rule.detail());
            switch (rule.state()) {
                case INVALID ->
                    findings.add(Finding.fail(subject, text, Mending.of("rule", rule.name(), rule.detail())));
                case DEGRADED -> findings.add(Finding.warn(subject, text, "rule:edit " + rule.name()));
                case WAITING_FOR_STREAM ->
                    findings.add(Finding.warn(
                            subject, text, "stream:list shows the streams; device:list why one is silent"));
                case RUNNING, DISABLED -> well++;
            }
        }
        if (well > 0) {
            findings.add(Finding.ok("", well + " of " + all.size() + " run, or are switched off"));
        }
        return findings;
    }
}
