/**
 * The configured rules as the rest of the gateway sees them.
 *
 * <p>{@code org.headgate.rule.engine} implements {@link Rules} and {@link RuleReader}; the console shows them. Thread-safe.
 */
@Export
@Version("1.1.0")
package org.headgate.rule.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
