package org.headgate.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;

/** Runs work that blocks, all of it at once. */
final class SideBySide {
    private final Calls calls;
    private final Duration patience;

    /**
     * Nothing runs yet.
     *
     * @param patience how long each may take
     */
    SideBySide(Calls calls, Duration patience) {
        this.calls = calls;
        this.patience = patience;
    }

    /** Starts everything; gives the outcomes in the order of the work, when the last has ended or was given up. */
    <T> CompletableFuture<List<Outcome<T>>> start(List<Callable<T>> work) {
        List<CompletableFuture<Outcome<T>>> outcomes = new ArrayList<>();
        for (Callable<T> each : work) {
            CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
            outcomes.add(outcome);
            calls.submit("doctor", each, patience, Runnable::run, outcome::complete);
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(
                        ended -> outcomes.stream().map(CompletableFuture::join).toList());
    }
}
