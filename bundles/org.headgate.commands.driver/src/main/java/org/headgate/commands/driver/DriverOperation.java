package org.headgate.commands.driver;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.device.api.Devices;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.Drivers;

/** What the commands that change a driver have in common: says what will be touched, waits, says what is now. */
final class DriverOperation {
    /** Others may be restarted, too. */
    private static final String YES = "--yes";

    private static final int PATIENCE_SECONDS = 50;

    private final Drivers drivers;
    private final Devices devices;

    DriverOperation(Drivers drivers, Devices devices) {
        this.drivers = drivers;
        this.devices = devices;
    }

    static Signature signature(String id, String description, String words) {
        return Signature.of(id, description)
                .words(words)
                .flag(YES, "restarts other bundles, too, where they use what the driver exports")
                .json();
    }

    /** How many devices use a driver. */
    static long devices(Devices devices, String driver) {
        return devices.list().stream()
                .filter(device -> device.driver().equals(driver))
                .count();
    }

    /** Names of drivers, for the first word. */
    List<String> names(List<String> before, Predicate<DriverStatus> which) {
        return before.isEmpty()
                ? drivers.list().stream().filter(which).map(DriverStatus::name).toList()
                : List.of();
    }

    int run(Invocation invocation, DriverRequest request) throws InterruptedException {
        PrintStream out = invocation.out();
        try {
            CompletableFuture<DriverChange> planned = new CompletableFuture<>();
            CompletableFuture<DriverChange> changed = drivers.change(request, invocation.flag(YES), planned::complete)
                    .toCompletableFuture();
            // What a session prints must come from the session's own thread.
            await(CompletableFuture.anyOf(planned, changed));
            if (planned.isDone() && !invocation.json()) {
                announce(out, planned.join());
            }
            DriverChange done = await(changed);
            out.println(invocation.json() ? json(done) : said(done));
            return 0;
        } catch (TimeoutException late) {
            return invocation.fail("still at it after " + PATIENCE_SECONDS + " s; see driver:list and the log");
        } catch (ExecutionException failed) {
            Throwable cause =
                    failed.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : failed.getCause();
            return invocation.fail(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
    }

    private static <T> T await(CompletableFuture<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void announce(PrintStream out, DriverChange plan) {
        long waiting = devices(devices, plan.driver());
        if (!plan.own().isEmpty()) {
            out.println("touches: " + String.join(", ", plan.own()) + " (" + waiting
                    + (waiting == 1 ? " device waits" : " devices wait") + " meanwhile)");
        } else {
            out.println("touches: nothing that runs");
        }
        if (!plan.others().isEmpty()) {
            out.println("restarts: " + String.join(", ", plan.others()));
        }
        if (!plan.note().isEmpty()) {
            out.println("note: " + plan.note());
        }
    }

    private String said(DriverChange change) {
        String driver = change.driver();
        if (change.after().isEmpty()) {
            return driver + " " + change.before() + " is removed; driver:rollback " + driver + " brings it back";
        }
        String now = driver + " " + change.after();
        if (change.isNothing()) {
            return now + " runs already";
        }
        return change.before().isEmpty()
                ? now + " runs"
                : now + " runs; driver:rollback " + driver + " brings " + change.before() + " back";
    }

    private static Json json(DriverChange change) {
        return new Json()
                .put("name", change.driver())
                .put("before", change.before())
                .put("after", change.after())
                .put("touched", change.own())
                .put("restarted", change.others())
                .put("note", change.note());
    }
}
