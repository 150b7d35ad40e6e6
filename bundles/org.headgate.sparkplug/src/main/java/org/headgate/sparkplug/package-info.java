/**
 * Payloads and topics of Sparkplug B 3.0, read and written without a line of generated code: what edge nodes and host applications both need.
 * Pure code without services. {@link PayloadReader} ends on whatever bytes it is given, in bounded memory; a {@link PayloadWriter} belongs to
 * one thread.
 */
@Export
@Version("1.0.0")
package org.headgate.sparkplug;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
