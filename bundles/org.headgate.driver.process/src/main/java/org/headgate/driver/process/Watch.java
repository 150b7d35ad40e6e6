package org.headgate.driver.process;

import java.time.Duration;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;

/** Ends a program that says nothing for longer than it may. Thread-safe. */
final class Watch {
    private final Loop loop;
    private final Calls calls;
    private Loop.Timer timer;
    private boolean over;

    Watch(Loop loop, Calls calls) {
        this.loop = loop;
        this.calls = calls;
    }

    void begin(ProcessConnection connection) {
        after(connection, connection.setup().silence());
    }

    /** The program has ended: a timer would keep all that it has said last. */
    synchronized void end() {
        over = true;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private synchronized void after(ProcessConnection connection, Duration pause) {
        if (!over) {
            timer = loop.schedule(pause, () -> look(connection));
        }
    }

    private void look(ProcessConnection connection) {
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
    }
}
