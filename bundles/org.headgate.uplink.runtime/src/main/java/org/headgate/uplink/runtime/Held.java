package org.headgate.uplink.runtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an uplink has opened, on whatever thread, to be closed in the end, the last one first. What is opened after the end
 * is closed at once, for nobody else would do it. Thread-safe.
 */
final class Held {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /**
     * Keeps something that was opened.
     *
     * @throws IOException when the end has come: it is closed then
     */
    <T extends AutoCloseable> T keep(T opened) throws IOException {
        synchronized (this) {
            if (!closed) {
                open.push(opened);
                return opened;
            }
        }
        close(opened);
        throw new IOException("stopped");
    }

    /** Closes one thing, if that has not been done. */
    void release(AutoCloseable opened) {
        boolean ours;
        synchronized (this) {
            ours = open.remove(opened);
        }
        if (ours) {
            close(opened);
        }
    }

    void close() {
        List<AutoCloseable> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(open);
            open.clear();
        }
        all.forEach(Held::close);
    }

    private static void close(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception defect) {
            LOG.warn("closing: {}", defect.toString());
        }
    }
}
