package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A channel of a PWM chip in {@code /sys/class/pwm}. It goes on with what it was set to after it is closed; switch it off before where
 * that is not wanted. Thread-safe.
 */
public final class PwmChannel implements AutoCloseable {
    private static final int TRIES = 50;
    private static final long PAUSE_NANOS = 20_000_000;

    private final String folder;
    private long period;

    private PwmChannel(String folder) {
        this.folder = folder;
    }

    /**
     * Takes a channel.
     *
     * @param chip the N of {@code pwmchipN}
     * @throws KernelException when there is none: with what to do
     */
    public static PwmChannel open(int chip, int channel) throws KernelException {
        String of = "/sys/class/pwm/pwmchip" + chip;
        if (!DevicePath.MACHINE.has(of.substring(1))) {
            throw new KernelException(
                    Errno.ENOENT,
                    "no " + of + ": switch PWM on with dtoverlay=pwm-2chan in /boot/firmware/config.txt, then reboot");
        }
        PwmChannel pwm = new PwmChannel(of + "/pwm" + channel);
        if (!DevicePath.MACHINE.has(pwm.folder.substring(1))) {
            write(of + "/export", Integer.toString(channel));
            pwm.awaitFiles();
        }
        return pwm;
    }

    /** udev gives the files of a channel to their group a moment after they have come. */
    private void awaitFiles() throws KernelException {
        for (int tries = 0; ; tries++) {
            try {
                OpenFile.open(folder + "/period", Libc.O_WRONLY).close();
                return;
            } catch (LastErrorException notYet) {
                if (tries == TRIES) {
                    throw Errno.refused(folder, notYet);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /**
     * Sets what comes out.
     *
     * @param period nanoseconds
     * @param active nanoseconds of the period, at most all
     */
    public synchronized void set(long period, long active) throws KernelException {
        if (period != this.period) {
            period(period);
            this.period = period;
        }
        write(folder + "/duty_cycle", Long.toString(active));
    }

    /** The kernel refuses a period below the active time, and an active time before there is a period. */
    private void period(long period) throws KernelException {
        try {
            write(folder + "/period", Long.toString(period));
        } catch (KernelException refused) {
            if (refused.errno() != Errno.EINVAL) {
                throw refused;
            }
            write(folder + "/duty_cycle", "0");
            write(folder + "/period", Long.toString(period));
        }
    }

    /** Switches it on or off. */
    public synchronized void enable(boolean on) throws KernelException {
        try {
            write(folder + "/enable", on ? "1" : "0");
        } catch (KernelException refused) {
            // A channel that never had a period takes no order at all; it is off.
            if (on || refused.errno() != Errno.EINVAL) {
                throw refused;
            }
        }
    }

    private static void write(String path, String text) throws KernelException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try (OpenFile file = DevicePath.open(path, Libc.O_WRONLY, path + " is not there");
                Memory memory = new Memory(bytes.length)) {
            memory.write(0, bytes, 0, bytes.length);
            file.write(memory, bytes.length);
        } catch (LastErrorException error) {
            throw Errno.refused(path + " = " + text, error);
        }
    }

    /** Gives the channel up; what comes out of it stays. */
    @Override
    public void close() {
        period = 0;
    }
}
