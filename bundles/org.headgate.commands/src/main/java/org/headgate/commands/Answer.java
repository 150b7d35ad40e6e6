package org.headgate.commands;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a device said, or in one line why it said nothing.
 *
 * @param value the answer
 * @param failure why there is none
 */
record Answer<T>(Optional<T> value, Optional<String> failure) {
    private static final long PATIENCE_SECONDS = 30;

    static <T> Answer<T> await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return new Answer<>(
                    Optional.of(stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS)), Optional.empty());
        } catch (TimeoutException late) {
            return failed("no answer within " + PATIENCE_SECONDS + " s");
        } catch (ExecutionException failed) {
            Throwable cause =
                    failed.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : failed.getCause();
            return failed(cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage());
        }
    }

    private static <T> Answer<T> failed(String why) {
        return new Answer<>(Optional.empty(), Optional.of(why));
    }
}
