package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The threads and file descriptors of this process at one instant, to compare with later. */
record Leftovers(int threads, int files) {
    /** Threads and files of the JVM and of JUnit that come and go. */
    private static final int SLACK = 2;

    static Leftovers now() {
        return new Leftovers(Thread.getAllStackTraces().size(), openFiles());
    }

    /** Asserts that as many are there as before, now or soon. */
    void assertNoMore(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        Leftovers now = now();
        while (now.exceeds(this) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
            now = now();
        }
        assertThat(now.threads).as("threads").isLessThanOrEqualTo(threads + SLACK);
        assertThat(now.files).as("open files").isLessThanOrEqualTo(files + SLACK);
    }

    private boolean exceeds(Leftovers before) {
        return threads > before.threads + SLACK || files > before.files + SLACK;
    }

    private static int openFiles() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
