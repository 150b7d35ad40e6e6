package org.headgate.rule.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The configured rules. */
@ProviderType
public interface Rules {
    /** All rules, sorted by name, those that are INVALID or DISABLED included. */
    List<RuleStatus> list();
}
