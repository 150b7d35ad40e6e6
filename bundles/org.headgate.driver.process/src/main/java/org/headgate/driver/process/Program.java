package org.headgate.driver.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.host.Machine;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs. Two threads read what it says, until it ends. The kernel ends it with the thread that has started it, which is
 * the first of the two: so never before its time, and always with the gateway.
 */
final class Program {
    /** Who is told what it says. */
    interface Listener extends LineReader.Lines {
        /** It has ended by itself. */
        void ended(IOException why);
    }

    /** How the reason begins when all was well. */
    static final String WELL = "the program has ended with exit code 0";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessDriver.class);
    private static final long TERM_MILLIS = 2000;
    private static final long KILL_MILLIS = 1000;
    /** How long one may live on that says nothing more. */
    private static final long LINGER_MILLIS = 500;

    private static final int SIGNALLED = 128;

    private final Setup setup;
    private final Machine machine;
    private final Launch launch;
    private final ErrorLog errors;
    private final Listener listener;
    private final CompletableFuture<Process> started = new CompletableFuture<>();
    private final CompletableFuture<Boolean> errorsRead = new CompletableFuture<>();
    private final CompletableFuture<Boolean> outputRead = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private volatile boolean ending;
    private volatile String reason = "";

    private Program(Setup setup, Launch launch, Machine machine, Clock clock, Listener listener) {
        this.setup = setup;
        this.launch = launch;
        this.machine = machine;
        this.listener = listener;
        this.errors = new ErrorLog(clock::monotonicNanos, text -> LOG.info("{}: {}", setup.device(), text));
    }

    /** Starts it; what it says may come before this returns. */
    static Program start(Setup setup, Launch launch, Machine machine, Calls calls, Clock clock, Listener listener)
            throws IOException {
        Program program = new Program(setup, launch, machine, clock, listener);
        String owner = "process:" + setup.device();
        calls.submit(owner, program::run, Duration.ZERO, Runnable::run, done -> program.over());
        try {
            Process process = program.started.get(setup.timeout().toMillis(), TimeUnit.MILLISECONDS);
            calls.submit(
                    owner,
                    () -> program.readErrors(process),
                    Duration.ZERO,
                    Runnable::run,
                    done -> program.errorsRead.complete(true));
            return program;
        } catch (ExecutionException refused) {
            throw new IOException(setup.command().get(0) + " cannot be started: "
                    + String.valueOf(refused.getCause().getMessage()).replaceAll("\\s+", " "));
        } catch (TimeoutException | InterruptedException late) {
            program.end();
            throw new IOException(setup.command().get(0) + " was not started in time");
        }
    }

    ErrorLog errors() {
        return errors;
    }

    boolean isAlive() {
        return !ending && process().isAlive();
    }

    /** Writes a line to its standard input. Blocks while it does not read; {@link #end} sets free. */
    void write(byte[] line) throws IOException {
        try {
            process().getOutputStream().write(line);
            process().getOutputStream().flush();
        } catch (IOException gone) {
            throw new IOException("the program does not read its standard input any more");
        }
    }

    /** It hears no more. */
    void closeInput() {
        close(process());
    }

    /** Ends it for a reason, which is told. Blocks for some seconds at most. */
    void end(String why) {
        reason = why;
        stop();
    }

    /** Ends it, and tells nobody. Blocks for some seconds at most. */
    void end() {
        ending = true;
        stop();
    }

    private synchronized void stop() {
        Process process = started.isDone() && !started.isCompletedExceptionally() ? process() : null;
        if (process == null) {
            return;
        }
        try {
            ProcessTree tree = new ProcessTree(machine, process, launch.group());
            tree.terminate();
            if (!tree.ends(TERM_MILLIS)) {
                tree.kill();
                tree.ends(KILL_MILLIS);
            }
            outputRead.get(KILL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException stuck) {
            LOG.warn("{}: something that its program has started lives on and keeps its output open", setup.device());
        } finally {
            close(process);
            launch.group().ifPresent(ControlGroup::end);
        }
    }

    private static void close(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException broken) {
            LOG.debug("standard input: {}", broken.getMessage());
        }
    }

    private Process process() {
        return started.join();
    }

    private Boolean run() {
        Process process;
        try {
            process = launch.builder().start();
        } catch (IOException | RuntimeException refused) {
            launch.group().ifPresent(ControlGroup::end);
            started.completeExceptionally(refused);
            return false;
        }
        started.complete(process);
        if (ending) {
            // Whoever wanted it has given up meanwhile.
            outputRead.complete(true);
            stop();
            return false;
        }
        String broken = "";
        try {
            new LineReader(process.getInputStream(), setup.decoder().longest(), listener).read();
        } catch (InterruptedIOException stopped) {
            LOG.debug("{}: read no more", setup.device());
        } catch (IOException closed) {
            broken = closed.getMessage();
        } catch (RuntimeException | Error defect) {
            // Nobody else would hear of it: a device that seems to be there, and has no rows any more.
            LOG.error("{}: its lines cannot be taken", setup.device(), defect);
            if (reason.isEmpty()) {
                reason = "its lines cannot be taken: " + defect;
            }
        }
        outputRead.complete(true);
        String why = how(process, broken);
        end.complete(why);
        if (!ending) {
            ending = true;
            // What it has started must not outlive it, else the next one meets it.
            stop();
            listener.ended(new IOException(why));
        }
        return true;
    }

    /** How it has ended, for whoever has seen that it runs no more: waits until that is known, for a moment. */
    String why() throws IOException {
        try {
            return end.get(3 * LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException | TimeoutException unknown) {
            return "the program has ended";
        }
    }

    /** How it has ended, in one line, with what it said last. */
    private String how(Process process, String broken) {
        try {
            if (!ending && process.waitFor(LINGER_MILLIS, TimeUnit.MILLISECONDS)) {
                errorsRead.get(LINGER_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException later) {
            LOG.debug("{}: its standard error is still open", setup.device());
        }
        String how;
        if (!reason.isEmpty()) {
            how = reason;
        } else if (process.isAlive()) {
            how = "the program has closed its standard output" + (broken.isEmpty() ? "" : " (" + broken + ")");
        } else if (process.exitValue() > SIGNALLED) {
            how = "the program was ended by signal " + (process.exitValue() - SIGNALLED);
        } else {
            how = "the program has ended with exit code " + process.exitValue();
        }
        String last = errors.last();
        return last.isEmpty() ? how : how + ": " + last;
    }

    private Boolean readErrors(Process process) {
        try {
            new LineReader(process.getErrorStream(), ErrorLog.LONGEST, errors).read();
        } catch (IOException closed) {
            LOG.debug("standard error: {}", closed.getMessage());
        }
        errors.flush();
        return true;
    }

    /** However the first thread has ended. */
    private void over() {
        outputRead.complete(true);
        end.complete("the program could not be started");
        if (started.completeExceptionally(new IOException("no thread"))) {
            launch.group().ifPresent(ControlGroup::end);
        }
    }
}
