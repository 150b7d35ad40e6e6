/**
 * What flows through a gateway: rows of typed, quality-marked values under an immutable schema, and the counters
 * that prove that none of them is lost uncounted.
 *
 * <p>Headgate implements everything here; drivers, rules and uplinks use it. {@link Row}, {@link Schema},
 * {@link Column} and {@link FlowSnapshot} are immutable and safe to share; {@link Flow} may be used by any thread;
 * a {@link RowBuilder} belongs to one thread at a time.
 */
@Export
@Version("1.1.0")
package org.headgate.data.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
