package org.headgate.host;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.headgate.system.api.Clock;

/**
 * Reads groups of measures and keeps what rates need: the counters of the last read. Formats: proc(5), and
 * Documentation/admin-guide/iostats.rst of the kernel. Used by one thread at a time, except for {@link #close}.
 */
public final class Sampler implements AutoCloseable {
    /** /proc/diskstats counts sectors of 512 bytes, whatever the disk's own are. */
    private static final int SECTOR = 512;

    private final Machine machine;
    private final Clock clock;
    private final List<String> disks;
    private final KernelFile stat;
    private final KernelFile loadavg;
    private final KernelFile meminfo;
    private final KernelFile diskstats;
    private final KernelFile netdev;
    private final KernelFile uptime;
    private final Optional<KernelFile> temperature;

    private final double[] values = new double[Measure.values().length];
    private final String[] problems = new String[Measure.Group.values().length];
    private long lastTotal;
    private long lastIdle;
    private long lastReceived;
    private long lastSent;
    private long lastNanos;

    /** Reads what rates need for the first time; disks and sensors are looked for once. */
    public Sampler(Machine machine, Clock clock) {
        this.machine = machine;
        this.clock = clock;
        // With a blank, so that sda is not taken for the beginning of sdaa.
        this.disks = machine.disks().stream().map(disk -> disk + " ").toList();
        this.stat = machine.proc("stat");
        this.loadavg = machine.proc("loadavg");
        this.meminfo = machine.proc("meminfo");
        this.diskstats = machine.proc("diskstats");
        this.netdev = machine.proc("net/dev");
        this.uptime = machine.proc("uptime");
        this.temperature = machine.temperature().map(KernelFile::new);
        sample(Measure.Group.CPU);
        sample(Measure.Group.NETWORK);
    }

    /** Reads a group; what goes wrong is said by {@link #problem}. */
    public void sample(Measure.Group group) {
        for (Measure measure : Measure.values()) {
            if (measure.group() == group) {
                values[measure.ordinal()] = Double.NaN;
            }
        }
        try {
            switch (group) {
                case CPU -> cpu();
                case LOAD -> load();
                case MEMORY -> memory();
                case DISK -> disk();
                case WRITTEN -> written();
                case NETWORK -> network();
                case TEMPERATURE -> temperature();
                case UPTIME -> uptime();
            }
            problems[group.ordinal()] = null;
        } catch (NoSuchFileException missing) {
            problems[group.ordinal()] = missing.getFile() + " is missing";
        } catch (IOException failure) {
            problems[group.ordinal()] = String.valueOf(failure.getMessage());
        }
    }

    /** What was read last; NaN where it could not be read, and for a rate of no time at all. */
    public double value(Measure measure) {
        return values[measure.ordinal()];
    }

    /** Why a group could not be read last, on one line; empty when it could. */
    public String problem(Measure.Group group) {
        String problem = problems[group.ordinal()];
        return problem == null ? "" : problem;
    }

    @Override
    public void close() {
        for (KernelFile file : Arrays.asList(stat, loadavg, meminfo, diskstats, netdev, uptime)) {
            file.close();
        }
        temperature.ifPresent(KernelFile::close);
    }

    /** {@code cpu user nice system idle iowait irq softirq steal guest...}; guest time is part of user time. */
    private void cpu() throws IOException {
        stat.load();
        if (!stat.accept("cpu ")) {
            throw new IOException("/proc/stat has no line cpu");
        }
        long total = 0;
        long idle = 0;
        for (int field = 0; field < 8; field++) {
            long ticks = stat.number();
            total += ticks;
            idle += field == 3 || field == 4 ? ticks : 0;
        }
        long elapsed = total - lastTotal;
        if (lastTotal > 0 && elapsed > 0) {
            // iowait may go back a little (proc(5)), hence the limits.
            put(Measure.CPU, Math.max(0, Math.min(100, 100.0 * (elapsed - (idle - lastIdle)) / elapsed)));
        }
        lastTotal = total;
        lastIdle = idle;
    }

    private void load() throws IOException {
        loadavg.load();
        put(Measure.LOAD, loadavg.decimal());
    }

    private void memory() throws IOException {
        meminfo.load();
        long total = -1;
        long available = -1;
        long swapTotal = 0;
        long swapFree = 0;
        do {
            if (meminfo.accept("MemTotal:")) {
                total = meminfo.number() * 1024;
            } else if (meminfo.accept("MemAvailable:")) {
                available = meminfo.number() * 1024;
            } else if (meminfo.accept("SwapTotal:")) {
                swapTotal = meminfo.number() * 1024;
            } else if (meminfo.accept("SwapFree:")) {
                swapFree = meminfo.number() * 1024;
            }
        } while (meminfo.nextLine());
        if (total <= 0 || available < 0) {
            throw new IOException("/proc/meminfo has no MemTotal or MemAvailable");
        }
        put(Measure.MEMORY_TOTAL, total);
        put(Measure.MEMORY_AVAILABLE, available);
        put(Measure.MEMORY_USED, 100.0 * (total - available) / total);
        put(Measure.SWAP_TOTAL, swapTotal);
        put(Measure.SWAP_USED, swapTotal == 0 ? 0 : 100.0 * (swapTotal - swapFree) / swapTotal);
    }

    private void disk() throws IOException {
        Machine.Space space = machine.space();
        put(Measure.DISK_TOTAL, space.total());
        put(Measure.DISK_FREE, space.usable());
        put(Measure.DISK_USED, space.usedPercent());
    }

    /** {@code major minor name}, then eleven counters or more, of which the seventh is sectors written. */
    private void written() throws IOException {
        diskstats.load();
        long sectors = 0;
        do {
            diskstats.skipWords(2);
            for (int i = 0; i < disks.size(); i++) {
                if (diskstats.accept(disks.get(i))) {
                    diskstats.skipWords(6);
                    sectors += diskstats.number();
                    break;
                }
            }
        } while (diskstats.nextLine());
        put(Measure.DISK_WRITTEN, (double) sectors * SECTOR);
    }

    /** {@code name: bytes packets errs drop fifo frame compressed multicast}, then the same for sending. */
    private void network() throws IOException {
        netdev.load();
        long received = 0;
        long sent = 0;
        do {
            if (!netdev.accept("lo:") && netdev.skipPast(':')) {
                received += netdev.number();
                netdev.skipWords(7);
                sent += netdev.number();
            }
        } while (netdev.nextLine());
        long now = clock.monotonicNanos();
        double seconds = (now - lastNanos) / 1e9;
        // Counters go back when an interface is taken away: no rate this time.
        if (lastNanos != 0 && seconds > 0 && received >= lastReceived && sent >= lastSent) {
            put(Measure.NET_RX, (received - lastReceived) / seconds);
            put(Measure.NET_TX, (sent - lastSent) / seconds);
        }
        put(Measure.NET_RX_TOTAL, received);
        put(Measure.NET_TX_TOTAL, sent);
        lastReceived = received;
        lastSent = sent;
        lastNanos = now;
    }

    private void temperature() throws IOException {
        KernelFile file = temperature.orElseThrow(() -> new IOException("this machine has no temperature sensor"));
        file.load();
        put(Measure.TEMPERATURE, file.number() / 1000.0);
    }

    private void uptime() throws IOException {
        uptime.load();
        put(Measure.UPTIME, uptime.decimal());
    }

    private void put(Measure measure, double value) {
        values[measure.ordinal()] = value;
    }
}
