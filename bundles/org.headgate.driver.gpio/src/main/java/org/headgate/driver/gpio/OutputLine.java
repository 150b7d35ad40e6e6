package org.headgate.driver.gpio;

import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;
import org.headgate.system.api.Loop;

/**
 * An output. One with a pulse becomes inactive by itself: that long after it was written last, and at once when it is closed. The
 * calls for that run apart from the device's; the line's monitor keeps them in order.
 */
final class OutputLine implements Line {
    private final String called;
    private final DigitalOutput output;
    private final Duration pulse;
    private final Outside outside;
    private Loop.Timer end = () -> {};
    private boolean pulsing;
    private int generation;
    private boolean closed;

    /** Runs a call that may block, and tells how it failed. */
    interface Aside {
        void run(Callable<Void> call, Consumer<Exception> failed);
    }

    /**
     * What a line needs beside the kernel's.
     *
     * @param loop times the pulses
     * @param aside runs what ends them
     * @param failed is told when a pulse could not be ended
     * @param release lets the line go
     */
    record Outside(Loop loop, Aside aside, Consumer<IOException> failed, Runnable release) {}

    OutputLine(String called, DigitalOutput output, Duration pulse, Outside outside) {
        this.called = called;
        this.output = output;
        this.pulse = pulse;
        this.outside = outside;
    }

    @Override
    public void read(Channel channel, int index, Readings into) throws IOException {
        InputLine.show(Refusal.checked(called, output::state), index, into);
    }

    @Override
    public synchronized void write(Channel channel, Object value) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        boolean active = Line.isActive(value);
        end.cancel();
        int mine = ++generation;
        set(active);
        pulsing = active && !pulse.isZero();
        if (pulsing) {
            end = outside.loop().schedule(pulse, () -> outside.aside().run(() -> endPulse(mine), this::notEnded));
        }
    }

    /** Ends the pulse, unless another one has begun since. */
    private synchronized Void endPulse(int which) throws IOException {
        if (which == generation && pulsing && !closed) {
            set(false);
            pulsing = false;
        }
        return null;
    }

    private void notEnded(Exception failure) {
        outside.failed()
                .accept(new IOException(
                        called + " is still active, its pulse could not be ended: " + failure.getMessage()));
    }

    private void set(boolean active) throws IOException {
        Refusal.checked(called, () -> output.state(active ? DigitalState.HIGH : DigitalState.LOW));
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            end.cancel();
            if (pulsing) {
                try {
                    set(false);
                } catch (IOException gone) {
                    notEnded(gone);
                }
            }
        }
        outside.release().run();
    }
}
