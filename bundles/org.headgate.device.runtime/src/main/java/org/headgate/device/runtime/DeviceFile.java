package org.headgate.device.runtime;

import java.util.function.Supplier;
import org.headgate.config.api.Instance;

/**
 * A device's file while it exists.
 *
 * @param name the device's name
 * @param content reads it once more
 */
record DeviceFile(String name, Supplier<Instance> content) {}
