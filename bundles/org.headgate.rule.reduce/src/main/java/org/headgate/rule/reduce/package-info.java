/**
 * Functions that make data smaller without making it worse: conditions for WHERE that compare a row with what the rule
 * has let through before. Immutable definitions; each compiled condition has a state that belongs to one rule.
 */
@Export
@Version("1.0.0")
package org.headgate.rule.reduce;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
