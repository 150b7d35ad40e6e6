package org.headgate.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Runs one benchmark: {@code Bench NAME DISTRIBUTION [options]}. */
public final class Bench {
    /** One benchmark. */
    interface Benchmark {
        Report run(Path distribution, String[] options) throws Exception;
    }

    private static final Map<String, Benchmark> ALL = new TreeMap<>(Map.of(
            "devices", DevicesBench::run,
            "hardware", HardwareBench::run,
            "modbus", ModbusBench::run,
            "outbox", OutboxBench::run,
            "rules", RulesBench::run,
            "startup", StartupBench::run,
            "uplink", UplinkBench::run));

    private Bench() {}

    /** Exit status 2 for a wrong name. */
    public static void main(String[] args) throws Exception {
        Benchmark benchmark = args.length < 2 ? null : ALL.get(args[0]);
        if (benchmark == null) {
            System.err.println("benchmarks: " + String.join(", ", ALL.keySet()));
            System.exit(2);
            return;
        }
        Report report = benchmark.run(Path.of(args[1]), Arrays.copyOfRange(args, 2, args.length));
        System.out.println(report.json(Machine.read()));
    }

    /** Tells the person who waits what is going on. */
    static void progress(String line) {
        System.err.println(line);
    }
}
