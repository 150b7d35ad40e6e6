/**
 * Pi4J 2 as one bundle: its API, its mocks, our providers on the kernel's own interfaces, and a {@code com.pi4j.context.Context} as a
 * service, with the providers that {@code headgate.pi4j.cfg} names. Here: what our providers can do beyond Pi4J's interfaces.
 */
@Export
@Version("1.0.0")
package org.headgate.pi4j;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
