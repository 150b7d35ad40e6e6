/**
 * The rules engine: configured rules on the stream bus. {@link org.headgate.rule.engine.RuleProgram} is the engine
 * proper and needs neither OSGi nor the bus; the rest feeds it. Exported for it alone: a replay runs the same engine.
 */
@Export
@Version("1.0.0")
package org.headgate.rule.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
