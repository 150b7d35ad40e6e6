package org.headgate.driver.mqtt;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.device.api.ActionNeededException;
import org.headgate.system.api.Deadline;

/** What a broker owes us. */
final class Answers {
    private Answers() {}

    /**
     * Waits for one.
     *
     * @param end fails when nobody may wait any more
     * @param otherwise what to say when the answer does not come in time
     * @throws IOException with one line for the user
     */
    static void await(Deadline deadline, CompletableFuture<?> answer, CompletableFuture<?> end, String otherwise)
            throws IOException {
        try {
            CompletableFuture.anyOf(answer, end).get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ActionNeededException needed) {
                throw new ActionNeededException(needed.getMessage(), needed.command());
            }
            throw new IOException(failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException(otherwise, late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        } finally {
            answer.cancel(false);
        }
    }
}
