package org.headgate.device.runtime;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.headgate.config.api.Texts;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.Trial;

/** A test of a device that is under way: waits for a connection, reads once. Lives on the device's loop. */
final class PendingTrial {
    private static final String OPENING = "opening";

    private final Opening opening;
    private final Duration timeout;
    private final CompletableFuture<Trial> answer = new CompletableFuture<>();

    PendingTrial(Opening opening, Duration timeout) {
        this.opening = opening;
        this.timeout = timeout;
    }

    CompletableFuture<Trial> answer() {
        return answer;
    }

    /** Whether somebody still waits for it. */
    boolean isPending() {
        return !answer.isDone();
    }

    /** There is a connection: reads it. */
    void opened(Session session) {
        Duration open = Duration.ofNanos(opening.openNanos());
        session.read(List.of()).whenComplete((taken, failure) -> {
            if (failure == null) {
                answer.complete(new Trial(
                        open,
                        Duration.ofNanos(taken.readings().tookNanos()),
                        Optional.of(taken.row()),
                        bad(taken),
                        ""));
            } else {
                answer.complete(failed(open, "reading", failure));
            }
        });
    }

    /** It did not come to a connection. */
    void failed(Exception failure) {
        answer.complete(failed(Duration.ofNanos(opening.openNanos()), OPENING, failure));
    }

    /** Nothing will come of it. */
    void end(String why) {
        answer.completeExceptionally(new IllegalStateException(why));
    }

    private Trial failed(Duration open, String step, Throwable failure) {
        if (failure instanceof TimeoutException) {
            // What hangs has not said yet how long it takes.
            Duration took = step.equals(OPENING) ? timeout : open;
            String why = step + ": " + failure.getMessage() + " (timeout = " + Texts.print(timeout) + ")";
            return new Trial(took, Duration.ZERO, Optional.empty(), Map.of(), why);
        }
        String command = failure instanceof ActionNeededException action ? ": " + action.command() : "";
        return new Trial(
                open,
                Duration.ZERO,
                Optional.empty(),
                Map.of(),
                step + ": " + Failures.lineOfDevice(failure) + command);
    }

    private static Map<String, String> bad(Session.Taken taken) {
        Map<String, String> bad = new LinkedHashMap<>();
        for (int column = 0; column < taken.row().schema().size(); column++) {
            String why = taken.readings().reason(column);
            if (why != null) {
                bad.put(taken.row().schema().column(column).name(), why);
            }
        }
        return bad;
    }
}
