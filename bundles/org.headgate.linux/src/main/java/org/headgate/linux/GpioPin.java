package org.headgate.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;

/**
 * One line of a chip, requested for us alone until it is closed. Thread-safe; {@link #close} may be called at any time. The calls do not
 * allocate.
 */
public final class GpioPin implements AutoCloseable {
    /** As many as the kernel grants a request: what comes faster than it is taken waits there. */
    private static final int BUFFERED_EDGES = 1024;

    private static final long BOTH_EDGES = GpioUapi.EDGE_RISING | GpioUapi.EDGE_FALLING;
    private static final int CONSUMER_BYTES = GpioUapi.NAME_BYTES - 1;
    private static final int VALUES_BYTES = 16;
    private static final int VALUES_MASK = 8;

    private final String name;
    private final OpenFile line;
    private final LineSettings settings;
    private final boolean edges;
    private final Memory values = new Memory(VALUES_BYTES);

    private GpioPin(String name, OpenFile line, LineSettings settings, boolean edges) {
        this.name = name;
        this.line = line;
        this.settings = settings;
        this.edges = edges;
    }

    /**
     * Requests a line.
     *
     * @param chip the chip's name: {@code gpiochip0}
     * @param offset the line's number on it
     * @param consumer who uses it, for others to see; the kernel keeps 31 bytes
     * @throws KernelException when it is in use, not there, or cannot be what is asked for
     */
    public static GpioPin open(String chip, int offset, LineSettings settings, String consumer) throws KernelException {
        String path = "/dev/" + chip;
        String name = chip + " line " + offset;
        try (OpenFile file = DevicePath.open(path, Libc.O_RDWR, path + " is not there");
                Memory request = new Memory(GpioUapi.REQUEST_BYTES)) {
            request.clear();
            request.setInt(0, offset);
            byte[] label = consumer.getBytes(StandardCharsets.UTF_8);
            request.write(GpioUapi.REQUEST_CONSUMER, label, 0, Math.min(label.length, CONSUMER_BYTES));
            request.setInt(GpioUapi.REQUEST_LINES, 1);
            request.setInt(GpioUapi.REQUEST_BUFFER, BUFFERED_EDGES);
            boolean keep = settings.output() && settings.initial().isEmpty();
            boolean edges = request(file, request, settings, keep);
            GpioPin pin = new GpioPin(name, OpenFile.of(request.getInt(GpioUapi.REQUEST_FD)), settings, edges);
            if (keep) {
                pin.drive();
            }
            return pin;
        } catch (LastErrorException error) {
            throw refused(name, chip, offset, error);
        }
    }

    /**
     * Kernels before 6.9 have no buffer for the edges of a line that they debounce when edges are asked for afterwards: such a line is
     * asked for with its edges, where the chip gives any.
     */
    private static boolean request(OpenFile chip, Memory request, LineSettings settings, boolean keep) {
        boolean edges = !settings.output() && settings.debounceMicros() > 0;
        if (edges) {
            try {
                configure(request, GpioUapi.REQUEST_CONFIG, settings, BOTH_EDGES, false);
                chip.ioctl(GpioUapi.GET_LINE, request);
                return true;
            } catch (LastErrorException none) {
                if (none.getErrorCode() == Errno.EBUSY) {
                    throw none;
                }
            }
        }
        if (!keep) {
            configure(
                    request,
                    GpioUapi.REQUEST_CONFIG,
                    settings,
                    0,
                    settings.initial().orElse(false));
        }
        chip.ioctl(GpioUapi.GET_LINE, request);
        return false;
    }

    /** Requested as it was, it shows its level: it becomes an output of that level, without a glitch. */
    private void drive() {
        try {
            boolean high = level();
            config(0, high != settings.activeLow());
        } catch (LastErrorException error) {
            close();
            throw error;
        }
    }

    private static KernelException refused(String name, String chip, int offset, LastErrorException error)
            throws KernelException {
        if (error.getErrorCode() == Errno.EBUSY) {
            String user = new KernelGpioChips()
                    .chip(chip).lines().stream()
                            .filter(each -> each.offset() == offset)
                            .map(GpioLine::consumer)
                            .findFirst()
                            .orElse("");
            return new KernelException(
                    Errno.EBUSY, name + " is in use by " + (user.isEmpty() ? "somebody without a name" : user));
        }
        if (error.getErrorCode() == Errno.EINVAL) {
            return new KernelException(
                    Errno.EINVAL,
                    name + ": the chip has no such line, or cannot do what is asked (bias, drive, debounce, edges)");
        }
        return Errno.refused(name, error);
    }

    private static void configure(Memory into, int at, LineSettings settings, long edges, boolean high) {
        into.setLong(at, settings.flags() | edges);
        int attribute = at + GpioUapi.CONFIG_FIRST_ATTRIBUTE;
        if (settings.output()) {
            into.setInt(at + GpioUapi.CONFIG_ATTRIBUTES, 1);
            into.setInt(attribute, GpioUapi.OUTPUT_VALUES);
            into.setLong(attribute + GpioUapi.ATTRIBUTE_VALUE, high ? 1 : 0);
            into.setLong(attribute + GpioUapi.ATTRIBUTE_MASK, 1);
        } else if (settings.debounceMicros() > 0) {
            into.setInt(at + GpioUapi.CONFIG_ATTRIBUTES, 1);
            into.setInt(attribute, GpioUapi.DEBOUNCE);
            into.setInt(attribute + GpioUapi.ATTRIBUTE_VALUE, settings.debounceMicros());
            into.setLong(attribute + GpioUapi.ATTRIBUTE_MASK, 1);
        }
    }

    private void config(long edges, boolean high) {
        try (Memory config = new Memory(GpioUapi.CONFIG_BYTES)) {
            config.clear();
            configure(config, 0, settings, edges, high);
            line.ioctl(GpioUapi.SET_CONFIG, config);
        }
    }

    private synchronized boolean level() {
        values.setLong(0, 0);
        values.setLong(VALUES_MASK, 1);
        line.ioctl(GpioUapi.GET_VALUES, values);
        return (values.getLong(0) & 1) != 0;
    }

    /**
     * Whether the line is active.
     *
     * @throws KernelException when the chip is gone
     */
    public boolean get() throws KernelException {
        try {
            return level();
        } catch (LastErrorException error) {
            throw Errno.refused(name, error);
        }
    }

    /**
     * Drives an output.
     *
     * @throws KernelException when the chip is gone, or the line is an input
     */
    public synchronized void set(boolean active) throws KernelException {
        values.setLong(0, active ? 1 : 0);
        values.setLong(VALUES_MASK, 1);
        try {
            line.ioctl(GpioUapi.SET_VALUES, values);
        } catch (LastErrorException error) {
            throw Errno.refused(name, error);
        }
    }

    /** Lets the kernel note edges from now on. */
    void noteEdges() throws KernelException {
        if (edges) {
            return;
        }
        try {
            config(BOTH_EDGES, false);
        } catch (LastErrorException error) {
            throw Errno.refused(name + " gives no edges", error);
        }
    }

    OpenFile file() {
        return line;
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        line.close();
    }
}
