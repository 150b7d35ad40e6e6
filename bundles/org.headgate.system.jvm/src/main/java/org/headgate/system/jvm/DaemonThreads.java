package org.headgate.system.jvm;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The one home of threads: daemons, so that nothing hung can keep the process from ending. */
final class DaemonThreads {
    private static final ClassLoader USUAL = ClassLoader.getSystemClassLoader();

    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            // Whoever happens to need the thread first must not leave anything in it, be it a driver's class loader.
            Thread thread = new Thread(null, task, name + "-" + number.incrementAndGet(), 0, false);
            thread.setContextClassLoader(USUAL);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Makes the current thread as it was; its locals stay. */
    static void reset() {
        Thread.interrupted();
        Thread thread = Thread.currentThread();
        if (thread.getContextClassLoader() != USUAL) {
            thread.setContextClassLoader(USUAL);
        }
    }
}
