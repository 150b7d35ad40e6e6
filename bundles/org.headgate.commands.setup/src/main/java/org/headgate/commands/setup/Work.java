package org.headgate.commands.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.headgate.config.api.FileName;
import org.headgate.console.api.Answer;
import org.headgate.console.api.Invocation;
import org.headgate.device.api.DriverFiles;
import org.headgate.system.api.Calls;

/** What takes its time: done away from the session, which shows that something happens. Thread-safe. */
final class Work {
    /** A command that a program has called is ended after a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private static final String OWNER = "setup";

    private final Calls calls;
    private final DriverAccess drivers;

    Work(Calls calls, DriverAccess drivers) {
        this.calls = calls;
        this.drivers = drivers;
    }

    /**
     * Does something that may block.
     *
     * @param what is being done, for the user
     * @throws IOException why it failed: what it threw, where that is one
     */
    <T> T run(Invocation invocation, String what, Callable<T> call) throws IOException, InterruptedException {
        CompletableFuture<T> done = new CompletableFuture<>();
        calls.submit(
                OWNER,
                call,
                Duration.ZERO,
                Runnable::run,
                outcome -> outcome.failure()
                        .ifPresentOrElse(
                                done::completeExceptionally,
                                () -> done.complete(outcome.value().orElse(null))));
        return await(invocation, what, done);
    }

    /** Waits for something that others do. */
    <T> T await(Invocation invocation, String what, CompletionStage<T> stage) throws IOException, InterruptedException {
        CompletableFuture<T> done = stage.toCompletableFuture();
        Answer<T> answer = invocation.await(done, PATIENCE, what);
        if (answer.failure().isEmpty()) {
            return answer.value().orElse(null);
        }
        if (done.isCompletedExceptionally()) {
            throw failure(done, answer.failure().get());
        }
        throw new IOException(what + ": still at it after " + PATIENCE.toSeconds() + " s; see the log");
    }

    /** The drivers' service, where it is there. */
    DriverFiles drivers() throws IOException {
        return drivers.files().orElseThrow(() -> new IOException("the drivers are not ready yet; try again"));
    }

    /** Waits until the drivers are as the changed files want them; what is not, one line each. */
    List<String> settle(Invocation invocation, List<String> changed) throws InterruptedException {
        if (changed.stream().noneMatch(file -> file.endsWith(FileName.GATEWAY))) {
            return List.of();
        }
        try {
            return await(invocation, "installing drivers", drivers().settle());
        } catch (IOException failed) {
            return List.of("drivers: " + failed.getMessage());
        }
    }

    private static IOException failure(CompletableFuture<?> done, String message) {
        try {
            done.join();
            throw new IllegalStateException("it has not failed");
        } catch (CompletionException failed) {
            return failed.getCause() instanceof IOException io ? io : new IOException(message, failed.getCause());
        }
    }
}
