package org.headgate.driver.process;

import java.time.Duration;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;

/** Ends programs that say nothing for longer than they may. */
record Watch(Loop loop, Calls calls) {
    void begin(ProcessConnection connection) {
        after(connection, connection.setup().silence());
    }

    private void after(ProcessConnection connection, Duration pause) {
        loop.schedule(pause, () -> {
            if (connection.isOver()) {
                return;
            }
            Duration left = connection.setup().silence().minus(connection.silent());
            if (left.isNegative() || left.isZero()) {
                calls.submit(
                        "process:" + connection.setup().device(),
                        () -> {
                            connection.hung();
                            return true;
                        },
                        Duration.ZERO,
                        Runnable::run,
                        done -> {});
            } else {
                after(connection, left);
            }
        });
    }
}
