/**
 * Functions with a memory: aggregates over the rows of a group, and analytic functions that look back at earlier rows. Immutable
 * definitions; what they make keeps as little of the rows as its result needs, has a bound where that grows with the rows, can be
 * saved and loaded, and belongs to one rule.
 */
@Export
@Version("1.0.0")
package org.headgate.rule.aggregates;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
