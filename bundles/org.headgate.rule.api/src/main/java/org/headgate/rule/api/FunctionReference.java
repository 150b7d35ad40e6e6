package org.headgate.rule.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What rules can call at this moment, for whoever shows it. Thread-safe. */
@ProviderType
public interface FunctionReference {
    /** All functions, by name: those that are built in, and those that other bundles bring. */
    List<FunctionHelp> functions();
}
