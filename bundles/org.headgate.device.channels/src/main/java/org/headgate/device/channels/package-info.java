/**
 * What a channel is beyond what its driver knows: how it is written in a file, converted, checked and reported. Pure code, used by
 * the device runtime and by the commands that import and export channels.
 */
@Export
@Version("1.3.0")
package org.headgate.device.channels;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
