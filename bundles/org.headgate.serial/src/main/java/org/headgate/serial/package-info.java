/**
 * Serial lines: what stands in an address, which ports there are and who uses them, and a line that ends its calls when it is closed.
 *
 * <p>For drivers. {@link org.headgate.serial.PortSettings} reads an address, {@link org.headgate.serial.SerialPorts} looks at the machine
 * without opening anything, {@link org.headgate.serial.SerialLine} opens. A library that wants jSerialComm itself finds it exported here, and calls
 * {@link org.headgate.serial.NativeLibrary#load} first.
 */
@Export
@Version("1.0.0")
package org.headgate.serial;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
