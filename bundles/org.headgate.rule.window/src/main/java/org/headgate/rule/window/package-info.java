/**
 * Windows over streams and what is kept in them: the arithmetic of window bounds and the groups of an open window with
 * their incremental aggregates. Nothing here knows clocks or timers: time is a parameter, so that a live engine and a
 * replay share every line. Objects belong to one rule and are used by one thread at a time.
 */
@Export
@Version("1.0.0")
package org.headgate.rule.window;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
