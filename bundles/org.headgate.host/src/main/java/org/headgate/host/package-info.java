/**
 * What Linux says about this machine in {@code /proc} and {@code /sys}: pure readers without services, used by the driver {@code host},
 * the doctor and the diagnostics. Everything is below a root that tests replace by a folder. A {@link Sampler} and a {@link KernelFile}
 * belong to one thread at a time; everything else may be used by several.
 */
@Export
@Version("1.1.0")
package org.headgate.host;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
