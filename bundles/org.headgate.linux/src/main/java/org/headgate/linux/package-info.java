/**
 * The kernel's own interfaces to the pins of a machine: GPIO character device (uAPI v2), i2c-dev, spidev, PWM through sysfs. Works alike on
 * ARM (32 and 64 bit) and x86, since the kernel's structures do. Pure code without state but for what is opened; every call may
 * block, and fails with a {@link org.headgate.linux.KernelException} that says what to do.
 */
@Export
@Version("1.0.0")
package org.headgate.linux;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
