/**
 * The configured rules as the rest of the gateway sees them.
 *
 * <p>{@code org.headgate.rule.engine} implements {@link Rules}, {@link RuleReader}, {@link RuleTables} and {@link FunctionReference}, {@code org.headgate.rule.trial} {@link RuleTrials}; the console
 * shows them. Thread-safe.
 */
@Export
@Version("1.4.0")
package org.headgate.rule.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
