package org.headgate.commands.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.Settling;
import org.headgate.console.api.Answer;
import org.headgate.console.api.Invocation;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.DriverStatus.State;
import org.headgate.device.api.Drivers;
import org.headgate.system.api.Scheduler;

/** Has a driver installed that a device wants, when whoever types agrees. */
final class MissingDriver {
    /** The flag that agrees beforehand. */
    static final String INSTALL = "--install";

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /** How long a driver may take to come up, when the gateway has only just started. */
    private static final Duration COMING_UP = Duration.ofSeconds(5);

    private final Drivers drivers;
    private final Settling settling;

    MissingDriver(Drivers drivers, Scheduler scheduler) {
        this.drivers = drivers;
        settling = new Settling(scheduler);
    }

    /** The names of all drivers that there are or could be. */
    List<String> names() {
        return drivers.list().stream().map(DriverStatus::name).toList();
    }

    /**
     * How it went.
     *
     * @param isNew whether the driver was installed right now
     * @param problems why it is not there, one line each, ready to be shown; empty when it is
     */
    record Installed(boolean isNew, List<String> problems) {
        private static Installed not(String why) {
            return new Installed(false, List.of(why));
        }
    }

    /**
     * Makes sure that a driver is there.
     *
     * @param obstacles what is wrong with what it is wanted for, whatever the driver will say: then nothing is installed
     */
    Installed ensure(Invocation invocation, String name, Supplier<List<String>> obstacles) throws InterruptedException {
        Optional<DriverStatus> known = settled(invocation, name);
        if (known.isEmpty()) {
            return Installed.not(Instances.none("driver", name, names(), "driver:list shows them"));
        }
        State state = known.get().state();
        if (state == State.RUNNING) {
            return new Installed(false, List.of());
        }
        if (state == State.FAILED) {
            return Installed.not("driver " + name + " is installed but offers nothing: "
                    + known.get().detail() + "; driver:list and the log tell more");
        }
        List<String> wrong = obstacles.get();
        if (!wrong.isEmpty()) {
            return new Installed(false, wrong);
        }
        boolean agreed = invocation.flag(INSTALL)
                || invocation
                        .confirm("driver " + name + " is not installed; install it now?")
                        .orElse(false);
        if (!agreed) {
            return Installed.not("driver " + name + " is not installed: driver:install " + name);
        }
        Answer<DriverChange> answer = invocation.await(
                drivers.change(new DriverRequest.Named(name), false, plan -> {}), PATIENCE, "installing " + name);
        answer.value()
                .filter(done -> !invocation.json())
                .ifPresent(done -> invocation.out().println("driver " + name + " " + done.after() + " runs"));
        return new Installed(
                answer.value().isPresent(), answer.failure().stream().toList());
    }

    /** What a driver is once that lasts: one that offers nothing may be on its way up. */
    private Optional<DriverStatus> settled(Invocation invocation, String name) throws InterruptedException {
        settling.await(
                invocation,
                () -> Optional.of(name).filter(any -> !isFailed(name)),
                COMING_UP,
                "waiting for driver " + name);
        return status(name);
    }

    private boolean isFailed(String name) {
        return status(name).filter(one -> one.state() == State.FAILED).isPresent();
    }

    private Optional<DriverStatus> status(String name) {
        return drivers.list().stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
