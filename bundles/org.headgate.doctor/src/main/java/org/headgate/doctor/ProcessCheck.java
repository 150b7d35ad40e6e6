package org.headgate.doctor;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headgate.commands.kit.Cells;
import org.headgate.config.api.Gateway;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.Machine;
import org.headgate.host.Measure;
import org.headgate.host.Sampler;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Memory, of the machine and of the JVM, and what went wrong inside of the process. */
@Component
public final class ProcessCheck implements HealthCheck {
    private static final double LITTLE = 0.1;
    private static final long LEAST = 48L << 20;
    private static final double FULL = 0.9;

    private final Machine machine;
    private final Clock clock;
    private final Calls calls;
    private final Scheduler scheduler;

    @Activate
    public ProcessCheck(
            @Reference Gateway gateway,
            @Reference Clock clock,
            @Reference Calls calls,
            @Reference Scheduler scheduler) {
        this(Machine.of(gateway.home()), clock, calls, scheduler);
    }

    ProcessCheck(Machine machine, Clock clock, Calls calls, Scheduler scheduler) {
        this.machine = machine;
        this.clock = clock;
        this.calls = calls;
        this.scheduler = scheduler;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        findings.add(machineMemory());
        findings.add(heap(afterCollection(), Runtime.getRuntime().maxMemory()));
        if (calls.stuck() > 0) {
            findings.add(Finding.warn(
                    "threads",
                    calls.stuck() + " hang inside of calls that were given up",
                    "device:list shows who; device:disable NAME; headgate stop; headgate start frees them"));
        }
        if (scheduler.failures() > 0) {
            findings.add(Finding.warn(
                    "tasks",
                    scheduler.failures() + " tasks of the gateway have failed, which is a defect",
                    "please report it, with what gateway:support writes"));
        }
        return findings;
    }

    private Finding machineMemory() {
        double available;
        double total;
        String problem;
        try (Sampler sampler = new Sampler(machine, clock)) {
            sampler.sample(Measure.Group.MEMORY);
            available = sampler.value(Measure.MEMORY_AVAILABLE);
            total = sampler.value(Measure.MEMORY_TOTAL);
            problem = sampler.problem(Measure.Group.MEMORY);
        }
        if (!problem.isEmpty()) {
            return Finding.unknown("memory", problem);
        }
        String text = Cells.bytes((long) available) + " of " + Cells.bytes((long) total) + " are available";
        return available < LEAST || available < total * LITTLE
                ? Finding.warn("memory", text, "ps -eo rss,args --sort -rss | head shows who has it")
                : Finding.ok("memory", text);
    }

    static Finding heap(long used, long most) {
        String text = String.format(Locale.ROOT, "%s of at most %s are in use", Cells.bytes(used), Cells.bytes(most));
        return used > FULL * most
                ? Finding.warn(
                        "heap",
                        text + ": the gateway ends when it is full",
                        "raise -Xmx in etc/jvm.options of the distribution, or for one start:"
                                + " HEADGATE_JVM_OPTIONS=-Xmx256m headgate run")
                : Finding.ok("heap", text);
    }

    /** What is left after the last collection; what is garbage already says nothing. */
    private static long afterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(usage -> usage != null)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
