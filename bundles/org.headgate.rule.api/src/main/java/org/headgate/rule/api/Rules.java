package org.headgate.rule.api;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The configured rules. */
@ProviderType
public interface Rules {
    /** All rules, sorted by name, those that are INVALID or DISABLED included. */
    List<RuleStatus> list();

    /** What a rule does and what it costs; empty when there is no rule of this name. */
    default Optional<RuleExplanation> explain(String name) {
        return Optional.empty();
    }
}
