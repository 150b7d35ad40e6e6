/**
 * What a protocol driver implements, and what the rest of the gateway may do with devices.
 *
 * <p>A driver bundle registers one {@link Driver} service; {@code org.headgate.device.runtime} opens its connections,
 * polls, supervises and restarts them, and offers {@link Devices} and {@link Commissioning}. A driver may block: each connection is used by one
 * thread at a time, with a time-out around every call.
 */
@Export
@Version("1.5.0")
package org.headgate.device.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
