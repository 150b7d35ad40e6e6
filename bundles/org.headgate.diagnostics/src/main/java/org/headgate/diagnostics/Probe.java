package org.headgate.diagnostics;

import org.headgate.data.api.ClockState;
import org.headgate.host.FlashWear;
import org.headgate.host.Machine;
import org.headgate.host.Measure;
import org.headgate.host.ProcessMemory;
import org.headgate.host.Sampler;
import org.headgate.system.api.Clock;

/** Takes a sample of this machine. Used by one thread at a time. */
final class Probe implements AutoCloseable {
    private final Machine machine;
    private final Clock clock;
    private final Sampler sampler;
    private final long boot;

    /** Reads the CPU's counters: its first sample is the average since then. */
    Probe(Machine machine, Clock clock) {
        this.machine = machine;
        this.clock = clock;
        this.sampler = new Sampler(machine, clock);
        this.boot = hash(clock.bootId());
    }

    /** Reads the CPU's counters: the next sample is the average since then. */
    void begin() {
        sampler.sample(Measure.Group.CPU);
    }

    Sample sample() {
        for (Measure.Group group : new Measure.Group[] {
            Measure.Group.CPU,
            Measure.Group.MEMORY,
            Measure.Group.DISK,
            Measure.Group.WRITTEN,
            Measure.Group.TEMPERATURE,
            Measure.Group.UPTIME
        }) {
            sampler.sample(group);
        }
        ProcessMemory process = ProcessMemory.of(machine);
        Runtime jvm = Runtime.getRuntime();
        return new Sample(
                Math.floorDiv(clock.epochNanos(), 1_000_000L),
                boot,
                whole(Measure.UPTIME),
                clock.state() != ClockState.UNSET,
                sampler.value(Measure.CPU),
                whole(Measure.MEMORY_AVAILABLE),
                process.rss(),
                process.pss(),
                jvm.totalMemory() - jvm.freeMemory(),
                whole(Measure.DISK_FREE),
                whole(Measure.DISK_WRITTEN),
                FlashWear.of(machine).stream()
                        .mapToInt(FlashWear::percent)
                        .max()
                        .orElse(-1),
                sampler.value(Measure.TEMPERATURE));
    }

    @Override
    public void close() {
        sampler.close();
    }

    private long whole(Measure measure) {
        double value = sampler.value(measure);
        return Double.isNaN(value) ? -1 : (long) value;
    }

    /** Equality is all that is asked of it; FNV-1a with 64 bits. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
