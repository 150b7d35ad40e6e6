package org.headgate.system.jvm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call: it is settled once, by its result or by its time-out, whichever comes first. */
final class BlockingCall<T> implements Calls.Call<T>, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingCall.class);

    private final Executor threads;
    private final String owner;
    private final Callable<T> call;
    private final Executor replyOn;
    private final Consumer<Outcome<T>> reply;
    private final ObjIntConsumer<String> stuck;
    volatile Loop.Timer timer;
    private boolean settled;
    private boolean returned;
    /** The thread has come back from a call that was abandoned, and from disposing of what it returned. */
    private boolean back;

    private T tooLate;
    private Consumer<T> disposal;
    private Runnable whenBack = () -> {};

    BlockingCall(
            Executor threads,
            String owner,
            Callable<T> call,
            Executor replyOn,
            Consumer<Outcome<T>> reply,
            ObjIntConsumer<String> stuck) {
        this.threads = threads;
        this.owner = owner;
        this.call = call;
        this.replyOn = replyOn;
        this.reply = reply;
        this.stuck = stuck;
    }

    @Override
    public void run() {
        Outcome<T> outcome;
        VirtualMachineError broken = null;
        try {
            outcome = Outcome.of(call.call());
        } catch (Exception failure) {
            outcome = Outcome.failed(failure);
        } catch (Throwable defect) {
            // Of a bundle, for its owner alone to feel: a missing class, a failed assertion, endless recursion.
            outcome = Outcome.failed(new IllegalStateException(defect.toString(), defect));
            if (defect instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                broken = error;
            }
        }
        synchronized (this) {
            returned = true;
        }
        if (!settle(outcome)) {
            comeBack(outcome.value());
        }
        if (broken != null) {
            throw broken;
        }
    }

    void abandon(Duration timeout) {
        synchronized (this) {
            if (settled || returned) {
                return;
            }
            stuck.accept(owner, 1);
            settled = true;
        }
        TimeoutException late = new TimeoutException("no answer within " + timeout.toMillis() + " ms");
        replyOn.execute(() -> reply.accept(Outcome.failed(late)));
    }

    /** Whether this outcome is the one that counts. */
    boolean settle(Outcome<T> outcome) {
        synchronized (this) {
            if (settled) {
                return false;
            }
            settled = true;
        }
        Loop.Timer running = timer;
        if (running != null) {
            running.cancel();
        }
        replyOn.execute(() -> reply.accept(outcome));
        return true;
    }

    @Override
    public void late(Consumer<T> consumer) {
        T value;
        synchronized (this) {
            disposal = consumer;
            value = tooLate;
            tooLate = null;
        }
        if (value != null) {
            // It came while nobody had said yet what to do with it; that may block, which the caller must not.
            stuck.accept(owner, 1);
            threads.execute(() -> comeBack(Optional.of(value)));
        }
    }

    @Override
    public void returned(Runnable task) {
        synchronized (this) {
            if (!back) {
                whenBack = task;
                return;
            }
        }
        task.run();
    }

    /** The thread is stuck until what came too late is disposed of: that is the owner's code, and may hang like the call. */
    private void comeBack(Optional<T> value) {
        try {
            value.ifPresent(this::dispose);
        } catch (Throwable defect) {
            LOG.warn("{}: what a call returned too late could not be disposed of", owner, defect);
        } finally {
            stuck.accept(owner, -1);
            back().run();
        }
    }

    private synchronized Runnable back() {
        Runnable task = whenBack;
        whenBack = () -> {};
        back = true;
        return task;
    }

    private void dispose(T value) {
        Consumer<T> consumer;
        synchronized (this) {
            consumer = disposal;
            tooLate = consumer == null ? value : null;
        }
        if (consumer != null) {
            consumer.accept(value);
        }
    }
}
