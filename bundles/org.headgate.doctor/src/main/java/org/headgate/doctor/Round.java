package org.headgate.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;

/** All checks once, side by side. */
final class Round {
    /** What {@link HealthCheck#check} promises. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Comparator<Diagnosis> WORST_FIRST = Comparator.comparing(
                    (Diagnosis diagnosis) -> diagnosis.finding().level())
            .reversed()
            .thenComparing(Diagnosis::check);

    private Round() {}

    /**
     * What a check found.
     *
     * @param check its name
     */
    record Diagnosis(String check, Finding finding) {}

    /** Everything that was found, the worst first, then by check, then in the check's order. */
    static CompletableFuture<List<Diagnosis>> start(List<HealthCheck> checks, Calls calls) {
        List<Callable<List<Finding>>> work = new ArrayList<>();
        checks.forEach(check -> work.add(check::check));
        return new SideBySide(calls, PATIENCE).start(work).thenApply(outcomes -> {
            List<Diagnosis> all = new ArrayList<>();
            for (int i = 0; i < outcomes.size(); i++) {
                String name = checks.get(i).name();
                findings(name, outcomes.get(i)).forEach(finding -> all.add(new Diagnosis(name, finding)));
            }
            all.sort(WORST_FIRST);
            return all;
        });
    }

    private static List<Finding> findings(String name, Outcome<List<Finding>> outcome) {
        if (outcome.value().isPresent()) {
            return outcome.value().get();
        }
        Exception why = outcome.failure().orElseThrow();
        if (why instanceof TimeoutException) {
            return List.of(Finding.warn(
                    "",
                    "no answer within " + PATIENCE.toSeconds() + " s",
                    "ask again: gateway:doctor " + name + "; if it hangs again: gateway:support"));
        }
        return List.of(Finding.fail(
                "", "the check itself failed: " + why, "please report it, with what gateway:support writes"));
    }
}
