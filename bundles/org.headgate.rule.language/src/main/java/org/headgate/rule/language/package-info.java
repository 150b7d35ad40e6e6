/**
 * The language of rules: text to syntax tree ({@link RuleParser}), and syntax tree plus schema to compiled closures
 * ({@link Linker}). The first needs no stream and finds errors of syntax; the second resolves columns to indexes, checks
 * types and is done again whenever the stream's schema changes. Everything that is wrong is a {@link RuleException} with
 * line, column and what was expected. Trees are immutable; the parser and the linker may be used by any thread.
 */
@Export
@Version("1.0.0")
package org.headgate.rule.language;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
