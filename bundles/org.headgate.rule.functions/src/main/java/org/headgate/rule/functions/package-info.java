/**
 * What rules compute with: compiled expressions, the frame they are evaluated in, aggregates and the catalog of
 * functions. The parser depends on this package, never the other way round, so a bundle that brings functions needs no
 * grammar.
 *
 * <p>Numbers and booleans are never boxed: an {@link Expression} returns a primitive and says in the {@link Frame}
 * whether it is null. A compiled expression and its frame belong to one rule and are used by one thread at a time.
 */
@Export
@Version("2.2.0")
package org.headgate.rule.functions;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
