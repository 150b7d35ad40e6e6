package org.headgate.device.runtime;

import java.time.Duration;
import org.headgate.system.api.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of one device share. */
record Parts(
        DeviceConfiguration configuration,
        World world,
        Loop loop,
        DriverCalls calls,
        DeviceStream stream,
        Defects defects) {
    /** How long writing the safe states and closing may take together. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Device.class);

    /**
     * Logs a defect of the driver with its trace, once per change: as text, because a log that keeps the exception keeps the class loader of
     * a driver that has long left.
     */
    void log(String what, Exception failure) {
        String trace = trace(failure, 3);
        if (defects.isNew(trace)) {
            LOG.error("device {}: {}: {}", configuration.name(), what, trace);
        }
    }

    private static String trace(Throwable failure, int causes) {
        StringBuilder text = new StringBuilder(failure.toString());
        for (StackTraceElement frame : failure.getStackTrace()) {
            text.append("\n\tat ").append(frame);
        }
        if (failure.getCause() != null && causes > 0) {
            text.append("\ncaused by ").append(trace(failure.getCause(), causes - 1));
        }
        return text.toString();
    }

    /** The last defect that was logged. */
    static final class Defects {
        private String last = "";

        private boolean isNew(String trace) {
            boolean changed = !trace.equals(last);
            last = trace;
            return changed;
        }
    }
}
