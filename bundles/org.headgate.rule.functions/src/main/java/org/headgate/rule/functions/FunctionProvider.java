package org.headgate.rule.functions;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings functions. A bundle registers it as a service, and rules may call its functions from then on; when the service goes, rules that call one of
 * them wait for it. A function with the name of a built-in one takes no effect. Its expressions run on the engine's threads, for each row: they do
 * not block, do not throw, and keep no more than they have to.
 */
@ConsumerType
public interface FunctionProvider {
    /** The functions; asked once, when the service is bound. */
    List<FunctionDefinition> functions();
}
