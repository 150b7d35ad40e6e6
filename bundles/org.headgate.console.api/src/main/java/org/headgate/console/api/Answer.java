package org.headgate.console.api;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What came of something that a command waited for.
 *
 * @param value the answer
 * @param failure why there is none, on one line
 */
public record Answer<T>(Optional<T> value, Optional<String> failure) {
    /** A person waits a second before she wonders; a log wants fewer lines. */
    private static final int FIRST = 1;

    private static final int NEXT = 5;

    /**
     * Waits, and says so to whoever sits there: {@code asking press ... 3 s}.
     *
     * @param what is being done, as it is shown: {@code asking press}
     * @throws InterruptedException when the user ended the command
     */
    static <T> Answer<T> await(
            CompletionStage<T> stage, Duration patience, String what, boolean terminal, PrintStream err)
            throws InterruptedException {
        CompletableFuture<T> future = stage.toCompletableFuture();
        boolean shown = false;
        try {
            for (int second = 1; second <= Math.max(1, patience.toSeconds()); second++) {
                try {
                    return new Answer<>(Optional.ofNullable(future.get(1, TimeUnit.SECONDS)), Optional.empty());
                } catch (TimeoutException notYet) {
                    if (terminal) {
                        err.print("\r" + what + " ... " + second + " s");
                        err.flush();
                        shown = true;
                    } else if (second == FIRST || second % NEXT == 0) {
                        err.println(what + " ... " + second + " s");
                        err.flush();
                    }
                }
            }
            return failed("no answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException failed) {
            Throwable cause =
                    failed.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : failed.getCause();
            return failed(cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage());
        } finally {
            if (shown) {
                err.print("\r" + " ".repeat(what.length() + 12) + "\r");
                err.flush();
            }
        }
    }

    private static <T> Answer<T> failed(String why) {
        return new Answer<>(Optional.empty(), Optional.of(why));
    }
}
