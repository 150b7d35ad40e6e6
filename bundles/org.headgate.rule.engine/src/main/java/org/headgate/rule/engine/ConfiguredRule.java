package org.headgate.rule.engine;

import java.util.Map;
import org.headgate.config.api.Instance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** One file {@code headgate.rule-NAME.cfg}: it lives as long as the rule is configured so. */
@Component(
        service = ConfiguredRule.class,
        immediate = true,
        configurationPid = "headgate.rule",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ConfiguredRule {
    private final RuleEngine engine;
    private final ActiveRule rule;

    /** Adds the rule to the engine. */
    @Activate
    public ConfiguredRule(Map<String, Object> properties, @Reference RuleEngine engine) {
        this.engine = engine;
        this.rule = ActiveRule.of(Instance.of(properties));
        engine.add(rule);
    }

    /** Takes the rule out of the engine. */
    @Deactivate
    public void close() {
        engine.remove(rule);
    }
}
