package org.headgate.commands.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.headgate.console.api.Answer;
import org.headgate.console.api.Invocation;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.DriverStatus.State;
import org.headgate.device.api.Drivers;

/** Has a driver installed that a device wants, when whoever types agrees. */
final class MissingDriver {
    /** The flag that agrees beforehand. */
    static final String INSTALL = "--install";

    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Drivers drivers;

    MissingDriver(Drivers drivers) {
        this.drivers = drivers;
    }

    /** The names of all drivers that there are or could be. */
    List<String> names() {
        return drivers.list().stream().map(DriverStatus::name).toList();
    }

    /** Makes sure that a driver is there; the reason why it is not, on one line, ready to be shown. */
    Optional<String> ensure(Invocation invocation, String name) throws InterruptedException {
        Optional<DriverStatus> known =
                drivers.list().stream().filter(one -> one.name().equals(name)).findFirst();
        if (known.isEmpty()) {
            return Optional.of(Found.none("driver", name, names(), "driver:list shows them"));
        }
        State state = known.get().state();
        if (state == State.RUNNING) {
            return Optional.empty();
        }
        if (state == State.FAILED) {
            return Optional.of("driver " + name + " is installed but offers nothing: "
                    + known.get().detail() + "; driver:list and the log tell more");
        }
        boolean agreed = invocation.flag(INSTALL)
                || invocation
                        .confirm("driver " + name + " is not installed; install it now?")
                        .orElse(false);
        if (!agreed) {
            return Optional.of("driver " + name + " is not installed: driver:install " + name);
        }
        Answer<DriverChange> answer = invocation.await(
                drivers.change(new DriverRequest.Named(name), false, plan -> {}), PATIENCE, "installing " + name);
        answer.value()
                .filter(done -> !invocation.json())
                .ifPresent(done -> invocation.out().println("driver " + name + " " + done.after() + " runs"));
        return answer.failure();
    }
}
