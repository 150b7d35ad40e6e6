package org.headgate.driver.uart;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.headgate.system.api.Deadline;

/** Asks over a line for one device: a request, then the frame that is its answer. */
final class Asker {
    private static final long LOOK_NANOS = 20_000_000;

    /** Somebody who waits for a frame. */
    private record Waiting(Predicate<Frame> wanted, CompletableFuture<Frame> answer) {}

    private final Setup setup;
    private final Line line;
    private volatile IOException ended;
    private volatile Waiting waiting;

    Asker(Setup setup, Line line) {
        this.setup = setup;
        this.line = line;
    }

    /** Called for each frame: whether it is what somebody waits for. */
    boolean isAnswer(Frame frame) {
        Waiting one = waiting;
        return one != null && one.wanted.test(frame) && one.answer.complete(frame);
    }

    /** Nobody gets an answer any more; wakes who waits. */
    void end(IOException why) {
        ended = why;
        Waiting one = waiting;
        if (one != null) {
            one.answer.completeExceptionally(why);
        }
    }

    /** Sends what has no answer. */
    void tell(byte[] bytes, Deadline deadline) throws IOException {
        takeTurn(deadline);
        try {
            line.send(bytes, deadline.left());
        } finally {
            line.turn().unlock();
        }
    }

    /** Sends a request and waits for the frame that is wanted. */
    Frame ask(byte[] request, Predicate<Frame> wanted, Deadline deadline) throws IOException {
        takeTurn(deadline);
        boolean answered = true;
        try {
            settle(deadline);
            Waiting mine = await(wanted);
            answered = false;
            line.send(request, deadline.left());
            Frame answer = mine.answer.get(deadline.leftNanos(), TimeUnit.NANOSECONDS);
            answered = true;
            return answer;
        } catch (TimeoutException silent) {
            throw new IOException("no answer to " + Values.printable(new String(request, setup.charset()).strip())
                    + " within " + deadline);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause().getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped");
        } finally {
            waiting = null;
            if (!answered) {
                line.unsettle();
            }
            line.turn().unlock();
        }
    }

    /**
     * A request was not answered in time: its answer may be on its way, and would be taken for ours. Waits until the line has been silent for a while; on one
     * that is never silent, since some device speaks by itself, for half of the time that there is.
     */
    private void settle(Deadline deadline) throws IOException, InterruptedException, ExecutionException {
        long silence = setup.timeout().toNanos() / 4;
        long patience = deadline.leftNanos() / 2;
        for (long pause = line.unsettledNanos(silence); pause > 0 && patience > 0; ) {
            long step = Math.min(pause, patience);
            try {
                await(frame -> false).answer.get(step, TimeUnit.NANOSECONDS);
            } catch (TimeoutException over) {
                patience -= step;
            }
            pause = line.unsettledNanos(silence);
        }
        line.settle();
    }

    private Waiting await(Predicate<Frame> wanted) throws IOException {
        Waiting mine = new Waiting(wanted, new CompletableFuture<>());
        waiting = mine;
        check();
        return mine;
    }

    /** Waits until nobody else asks, or fails when this connection has ended or it takes too long. */
    private void takeTurn(Deadline deadline) throws IOException {
        try {
            for (long left = deadline.leftNanos(); left > 0; left = deadline.leftNanos()) {
                if (line.turn().tryLock(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                    return;
                }
                check();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped");
        }
        throw new IOException(setup.port().path() + " is busy with another device for " + deadline);
    }

    private void check() throws IOException {
        IOException why = ended;
        if (why != null) {
            throw new IOException(why.getMessage());
        }
        line.check();
    }
}
