package org.headgate.driver.host;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.device.api.Readings;
import org.headgate.system.api.Clock;

/**
 * Reads groups of sources and keeps what rates need: the counters of the last read. Formats: proc(5), and
 * Documentation/admin-guide/iostats.rst of the kernel. Used by one thread at a time, except for {@link #close}.
 */
final class Sampler implements AutoCloseable {
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

    private final double[] values = new double[Source.values().length];
    private final String[] problems = new String[Source.Group.values().length];
    private long lastTotal;
    private long lastIdle;
    private long lastReceived;
    private long lastSent;
    private long lastNanos;

    Sampler(Machine machine, Clock clock) {
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
        sample(Source.Group.CPU);
        sample(Source.Group.NETWORK);
    }

    /** Reads a group; what goes wrong is said by {@link #report}. */
    void sample(Source.Group group) {
        for (Source source : Source.values()) {
            if (source.group == group) {
                values[source.ordinal()] = Double.NaN;
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

    /** Gives what was read last; a rate of no time at all stays ABSENT. */
    void report(Source source, int index, Readings into) {
        String problem = problems[source.group.ordinal()];
        double value = values[source.ordinal()];
        if (problem != null) {
            into.bad(index, problem);
        } else if (!Double.isNaN(value)) {
            if (source.type == Type.LONG) {
                into.set(index, (long) value); // Exact up to 2^53 bytes, 9 PB.
            } else {
                into.set(index, value);
            }
        }
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
            put(Source.CPU, Math.max(0, Math.min(100, 100.0 * (elapsed - (idle - lastIdle)) / elapsed)));
        }
        lastTotal = total;
        lastIdle = idle;
    }

    private void load() throws IOException {
        loadavg.load();
        put(Source.LOAD, loadavg.decimal());
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
        put(Source.MEMORY_TOTAL, total);
        put(Source.MEMORY_AVAILABLE, available);
        put(Source.MEMORY_USED, 100.0 * (total - available) / total);
        put(Source.SWAP_TOTAL, swapTotal);
        put(Source.SWAP_USED, swapTotal == 0 ? 0 : 100.0 * (swapTotal - swapFree) / swapTotal);
    }

    /** Used is what df says: space that is kept for root counts as used by neither side. */
    private void disk() throws IOException {
        FileStore store = machine.fileStore();
        long total = store.getTotalSpace();
        long used = total - store.getUnallocatedSpace();
        long usable = store.getUsableSpace();
        put(Source.DISK_TOTAL, total);
        put(Source.DISK_FREE, usable);
        put(Source.DISK_USED, used + usable == 0 ? 0 : 100.0 * used / (used + usable));
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
        put(Source.DISK_WRITTEN, (double) sectors * SECTOR);
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
            put(Source.NET_RX, (received - lastReceived) / seconds);
            put(Source.NET_TX, (sent - lastSent) / seconds);
        }
        put(Source.NET_RX_TOTAL, received);
        put(Source.NET_TX_TOTAL, sent);
        lastReceived = received;
        lastSent = sent;
        lastNanos = now;
    }

    private void temperature() throws IOException {
        KernelFile file = temperature.orElseThrow(() -> new IOException("this machine has no temperature sensor"));
        file.load();
        put(Source.TEMPERATURE, file.number() / 1000.0);
    }

    private void uptime() throws IOException {
        uptime.load();
        put(Source.UPTIME, uptime.decimal());
    }

    private void put(Source source, double value) {
        values[source.ordinal()] = value;
    }
}
