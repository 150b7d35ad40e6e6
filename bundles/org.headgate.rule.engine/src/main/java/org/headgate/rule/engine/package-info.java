/**
 * The rules engine: configured rules on the stream bus. {@link org.headgate.rule.engine.RuleProgram} is the engine
 * proper and needs neither OSGi nor the bus; the rest feeds it. Nothing is exported.
 */
package org.headgate.rule.engine;
