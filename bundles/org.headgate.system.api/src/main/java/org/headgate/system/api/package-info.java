/**
 * The outside world as parameters: time, threads, blocking calls, randomness and storage. Nothing else in Headgate
 * asks the JVM for a clock, starts a thread or opens a file of its own, so a whole gateway can run in simulated time
 * from one seed and replay any failure.
 *
 * <p>Implemented by {@code org.headgate.system.jvm} for the real world and by {@code SimulatedSystem} in this
 * bundle's test-jar. Every service here is thread-safe; a {@link Loop} runs its tasks one at a time.
 */
@Export
@Version("1.2.0")
package org.headgate.system.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
