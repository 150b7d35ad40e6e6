/**
 * The durable outbox: rows for one uplink, appended in order, given out as numbered batches, kept until acknowledged.
 *
 * <p>{@code org.headgate.outbox.log} implements it on disk; an uplink owns one {@link OutboxLog}. Appending,
 * acknowledging and rewinding never block; reading and refusing may touch the disk and belong on a thread that may.
 */
@Export
@Version("1.0.0")
package org.headgate.outbox.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
