package org.headgate.bench.rules;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** The benchmark's thread alone, whatever else the machine and the JVM do: its CPU time, and the bytes that it allocated, for each operation. */
public final class CpuProfiler implements InternalProfiler {
    /** The name of the CPU time. */
    public static final String NANOS = "cpu.ns";
    /** The name of the bytes. */
    public static final String BYTES = "thread.bytes";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long nanos;
    private long bytes;

    @Override
    public String getDescription() {
        return "CPU time and allocated bytes of the benchmark's own thread";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        nanos = nanos();
        bytes = bytes();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double operations = Math.max(1, result.getMetadata().getMeasuredOps());
        return List.of(
                new ScalarResult(NANOS, (nanos() - nanos) / operations, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(BYTES, (bytes() - bytes) / operations, "B/op", AggregationPolicy.AVG));
    }

    private static long nanos() {
        long sum = 0;
        for (long id : workers()) {
            sum += Math.max(0, THREADS.getThreadCpuTime(id));
        }
        return sum;
    }

    private static long bytes() {
        long sum = 0;
        for (long id : workers()) {
            sum += Math.max(0, THREADS.getThreadAllocatedBytes(id));
        }
        return sum;
    }

    private static long[] workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("jmh-worker"))
                .mapToLong(Thread::getId)
                .toArray();
    }
}
