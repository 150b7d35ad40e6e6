package org.headgate.commands.driver;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Answer;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Devices;
import org.headgate.device.api.DriverChange;
import org.headgate.device.api.DriverRequest;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.Drivers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the commands that change a driver have in common: says what will be touched, waits, says what is now. */
@Component(service = DriverOperation.class)
public final class DriverOperation {
    /** Others may be restarted, too. */
    private static final String YES = "--yes";

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Drivers drivers;
    private final Devices devices;
    private final HomeFiles files;

    /** Changes drivers on behalf of commands; files are those below {@code HOME/files}. */
    @Activate
    public DriverOperation(@Reference Drivers drivers, @Reference Devices devices, @Reference Gateway gateway) {
        this.drivers = drivers;
        this.devices = devices;
        files = new HomeFiles(gateway.home());
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

    /** Installs what the first word names: a driver of the distribution, or a file. */
    int install(Invocation invocation, Purpose purpose) throws UsageException, InterruptedException {
        String word = invocation.word(0, "NAME|FILE");
        invocation.atMost(1);
        // A name has no dot, a file has an ending.
        if (Texts.isName(word)) {
            return change(invocation, new DriverRequest.Named(word));
        }
        try {
            return change(invocation, new DriverRequest.FromFile(files.existing(word), purpose));
        } catch (IOException unreadable) {
            return invocation.fail(unreadable.getMessage());
        }
    }

    /** Changes the driver that the first word names. */
    int change(Invocation invocation, Function<String, DriverRequest> request)
            throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        invocation.atMost(1);
        return change(invocation, request.apply(name));
    }

    private int change(Invocation invocation, DriverRequest request) throws InterruptedException {
        CompletableFuture<DriverChange> planned = new CompletableFuture<>();
        CompletableFuture<DriverChange> changed = drivers.change(
                        request, invocation.user(), invocation.flag(YES), planned::complete)
                .toCompletableFuture();
        // What a session prints must come from the session's own thread.
        invocation.await(CompletableFuture.anyOf(planned, changed), PATIENCE, "looking at what it touches");
        if (planned.isDone() && !invocation.json()) {
            announce(invocation.out(), planned.join());
        }
        Answer<DriverChange> done = invocation.await(changed, PATIENCE, "changing the driver");
        if (done.value().isPresent()) {
            DriverChange change = done.value().get();
            invocation.out().println(invocation.json() ? json(change) : said(change));
            return 0;
        }
        return invocation.fail(
                changed.isDone()
                        ? done.failure().orElse("")
                        : "still at it after " + PATIENCE.toSeconds() + " s; see driver:list and the log");
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
