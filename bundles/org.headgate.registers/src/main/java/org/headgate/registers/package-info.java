/**
 * Devices that are made of registers: which bytes a channel is, and what they mean. Pure code: a driver gives the way to the bytes
 * ({@link org.headgate.registers.RegisterAccess}), this package makes a connection of it that reads each register once, neighbours in
 * one transaction where the chip allows it, and that changes bits without touching their neighbours. Not thread-safe, as connections
 * are not; {@code close} is the exception.
 */
@Export
@Version("1.0.0")
package org.headgate.registers;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
