package org.headgate.rule.replay;

import org.headgate.rule.engine.RuleOptions;
import org.headgate.rule.language.Query;

/**
 * A rule that is replayed.
 *
 * @param name the name of its stream
 * @param query its text, parsed
 * @param options which time it runs in, and its limits
 */
public record ReplayRule(String name, Query query, RuleOptions options) {}
