package org.headgate.rule.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The configured tables, which rules may join. Thread-safe. */
@ProviderType
public interface RuleTables {
    /** All tables, sorted by name, those that are INVALID included. */
    List<TableStatus> list();
}
