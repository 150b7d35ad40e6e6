/**
 * The durable outbox: rows for one uplink and priority, appended in order, given out as numbered batches, kept until acknowledged.
 *
 * <p>{@code org.headgate.outbox.log} implements it on disk; an uplink owns the {@link OutboxLog} of each of its priorities. Appending,
 * acknowledging and the news of the link never block; reading and dropping may touch the disk and belong on a thread that may.
 */
@Export
@Version("3.0.0")
package org.headgate.outbox.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
