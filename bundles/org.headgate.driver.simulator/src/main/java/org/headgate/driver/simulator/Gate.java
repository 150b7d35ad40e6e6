package org.headgate.driver.simulator;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Where the calls of a connection wait that a fault holds back: until its time is over, or until the connection is closed. */
interface Gate {
    /**
     * Holds a call back.
     *
     * @throws IOException when the connection is closed meanwhile
     */
    void hold(long nanos) throws IOException;

    /** The connection is closed: nothing waits any longer. */
    void open();

    /** Holds threads. */
    final class Threads implements Gate {
        private final Lock lock = new ReentrantLock();
        private final Condition opened = lock.newCondition();
        private boolean open;

        @Override
        public void hold(long nanos) throws IOException {
            lock.lock();
            try {
                long left = nanos;
                while (!open && left > 0) {
                    left = opened.awaitNanos(left);
                }
                if (open) {
                    throw new IOException("closed");
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", ended);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void open() {
            lock.lock();
            try {
                open = true;
                opened.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
