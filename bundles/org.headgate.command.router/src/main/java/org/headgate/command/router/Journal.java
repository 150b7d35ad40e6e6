package org.headgate.command.router;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what {@link RecentAnswers} are to know after a restart: that a command begins, before it does, and how it ended, before
 * that is told. What waits while a write is under way goes into the next one, so that many commands cost few syncs. Read when somebody first
 * comes with an id: a gateway that nobody commands never touches the disk. Thread-safe; whoever waits is told on the loop.
 */
final class Journal {
    /** How long a disk may take before nobody waits for it any more. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long the end of a command that changes nothing may wait to be written. */
    static final Duration HARMLESS = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String OWNER = "commands";
    private static final Optional<String> STOPPED = Optional.of("the gateway stops");
    private static final Optional<String> HUNG = Optional.of("the disk does not answer");

    private final AnswerLog log;
    private final RecentAnswers answers;
    private final Calls calls;
    private final Loop loop;
    private final Map<Remembered.Key, Remembered> unfinished = new LinkedHashMap<>();
    private final List<Consumer<Optional<String>>> opening = new ArrayList<>();
    private final List<Remembered> waiting = new ArrayList<>();
    private final List<Consumer<Optional<String>>> told = new ArrayList<>();
    private List<Consumer<Optional<String>>> writing = List.of();
    private boolean open;
    private boolean busy;
    private boolean due;
    private boolean failing;
    private boolean closed;

    Journal(AnswerLog log, RecentAnswers answers, Calls calls, Loop loop) {
        this.log = log;
        this.answers = answers;
        this.calls = calls;
        this.loop = loop;
    }

    /**
     * Goes on when everything is known that was written down before: at once where it is.
     *
     * @param then is told why it cannot be read; empty when it could
     */
    void whenOpen(Consumer<Optional<String>> then) {
        Optional<String> trouble = Optional.empty();
        synchronized (this) {
            if (closed) {
                trouble = STOPPED;
            } else if (!open && failing && busy) {
                trouble = HUNG;
            } else if (!open) {
                opening.add(then);
                if (!busy) {
                    busy = true;
                    calls.submit(OWNER, log::open, PATIENCE, loop, this::opened).returned(this::back);
                }
                return;
            }
        }
        then.accept(trouble);
    }

    private void opened(Outcome<List<Remembered>> outcome) {
        outcome.value().ifPresent(records -> records.forEach(answers::recall));
        Optional<String> trouble = trouble(outcome);
        List<Consumer<Optional<String>>> all;
        synchronized (this) {
            open = trouble.isEmpty();
            all = List.copyOf(opening);
            opening.clear();
            done(outcome);
        }
        all.forEach(then -> then.accept(trouble));
    }

    /**
     * Writes down that a command begins.
     *
     * @param then is told why that is not durable; empty when it is
     */
    void begins(Command command, Consumer<Optional<String>> then) {
        Remembered begun = Remembered.begun(command);
        synchronized (this) {
            unfinished.put(begun.key(), begun);
        }
        write(begun, why -> {
            if (why.isPresent()) {
                synchronized (this) {
                    unfinished.remove(begun.key());
                }
            }
            then.accept(why);
        });
    }

    /** Writes down how a command ended, and goes on then, whether it could be written or not; at once for one that changes nothing. */
    void ended(Remembered end, Runnable then) {
        boolean changed;
        synchronized (this) {
            changed = unfinished.remove(end.key()) != null;
            if (!changed && open && !closed && end.answer().status() != CommandResult.Status.REFUSED) {
                waiting.add(end);
                if (!due) {
                    due = true;
                    loop.schedule(HARMLESS, this::flushDue);
                }
            }
        }
        if (changed) {
            write(end, why -> then.run());
        } else {
            then.run();
        }
    }

    private synchronized void flushDue() {
        due = false;
        flush();
    }

    private void write(Remembered entry, Consumer<Optional<String>> then) {
        Optional<String> trouble;
        synchronized (this) {
            trouble = closed ? STOPPED : failing && busy ? HUNG : Optional.empty();
            if (trouble.isEmpty()) {
                waiting.add(entry);
                told.add(then);
                flush();
                return;
            }
        }
        then.accept(trouble);
    }

    private void flush() {
        if (busy || closed || waiting.isEmpty()) {
            return;
        }
        busy = true;
        List<Remembered> records = new ArrayList<>();
        boolean anew = log.wantsRewrite();
        if (anew) {
            records.addAll(answers.answers());
            records.addAll(unfinished.values());
        } else {
            records.addAll(waiting);
        }
        writing = List.copyOf(told);
        waiting.clear();
        told.clear();
        calls.<Boolean>submit(
                        OWNER,
                        () -> {
                            if (anew) {
                                log.rewrite(records);
                            } else {
                                log.append(records);
                            }
                            return true;
                        },
                        PATIENCE,
                        loop,
                        this::written)
                .returned(this::back);
    }

    private void written(Outcome<Boolean> outcome) {
        Optional<String> trouble = trouble(outcome);
        List<Consumer<Optional<String>>> all;
        synchronized (this) {
            all = writing;
            writing = List.of();
            done(outcome);
        }
        all.forEach(then -> then.accept(trouble));
    }

    /** A call that was abandoned keeps the file until it comes back. */
    private void done(Outcome<?> outcome) {
        boolean failed = outcome.failure().isPresent();
        if (failed != failing) {
            failing = failed;
            if (failed) {
                LOG.warn(
                        "commands cannot be written down ({}): those from uplinks that change anything are refused",
                        trouble(outcome).orElse(""));
            } else {
                LOG.info("commands are written down again");
            }
        }
        busy = outcome.failure().filter(TimeoutException.class::isInstance).isPresent();
        flush();
    }

    private synchronized void back() {
        busy = false;
        if (open) {
            flush();
        }
    }

    private static Optional<String> trouble(Outcome<?> outcome) {
        return outcome.failure()
                .map(failure -> failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }

    /** Nothing is written any more; whoever waits is told. What is under way ends by itself. */
    void close() {
        List<Consumer<Optional<String>>> all = new ArrayList<>();
        synchronized (this) {
            closed = true;
            all.addAll(opening);
            all.addAll(told);
            all.addAll(writing);
            writing = List.of();
            opening.clear();
            told.clear();
        }
        all.forEach(then -> then.accept(STOPPED));
    }
}
