package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Instance;
import org.headgate.config.api.SetUp;
import org.headgate.device.api.Devices;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether there is what the actions of rules write to: a file edited by hand is judged by nobody, and a device may go after its rule. */
@Component
public final class ActionsCheck implements HealthCheck {
    private final Configurations configurations;
    private final ActionTargets targets;

    @Activate
    public ActionsCheck(@Reference Configurations configurations, @Reference Devices devices) {
        this.configurations = configurations;
        this.targets = new ActionTargets(devices);
    }

    @Override
    public String name() {
        return "actions";
    }

    @Override
    public List<Finding> check() {
        SetUp whole = whole();
        List<Finding> findings = new ArrayList<>();
        long right = 0;
        for (String rule : whole.names("rule")) {
            Instance instance = whole.instance("rule", rule).orElseThrow();
            if (instance.settings().flag("enabled", true)) {
                for (Action action : Action.of(instance.settings())) {
                    Optional<String> wrong = targets.wrong(action, whole);
                    wrong.ifPresent(line -> findings.add(
                            Finding.fail("rule " + rule, line, "rule:set " + rule + " actions=device:NAME/CHANNEL")));
                    right += wrong.isPresent() ? 0 : 1;
                }
            }
        }
        if (right > 0) {
            findings.add(Finding.ok("", right + " have something to act on"));
        }
        return findings.isEmpty() ? List.of(Finding.ok("", "no rule has any")) : findings;
    }

    private SetUp whole() {
        SortedMap<String, SetUp.Contents> files = new TreeMap<>();
        for (String file : configurations.files()) {
            Map<String, String> values = configurations.values(file);
            files.put(file, new SetUp.Contents(values, Optional.empty()));
        }
        return new SetUp(files);
    }
}
