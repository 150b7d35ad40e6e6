package org.headgate.device.runtime;

import java.time.Duration;
import org.headgate.system.api.Loop;

/** What the parts of one device share. */
record Parts(DeviceConfiguration configuration, World world, Loop loop, DriverCalls calls, DeviceStream stream) {
    /** How long writing the safe states and closing may take together. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
}
