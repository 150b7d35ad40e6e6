package org.headgate.uplink.commands;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.command.api.Origin;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Signature;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The handler {@code console.run}: a command of the console for somebody behind an uplink. Who it is, how often, how late and how often
 * the same, the router has judged; here it is judged whether the uplink allows it.
 */
@Component(service = {ConsoleRun.class, CommandHandler.class})
public final class ConsoleRun implements CommandHandler {
    static final String NAME = "console.run";
    /** How many commands may run at a time. */
    static final int AT_ONCE = 4;
    /** How many more may wait. */
    static final int WAITING = 16;
    /** How long one may wait; with the time that it may take this is less than the router gives a command. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How long one may take. */
    static final Duration LIMIT = Duration.ofSeconds(50);

    /** How long one may take to end when it is told to. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private static final String COMMAND = "command";
    private static final String WORD = "word.";
    /** Where one of these is given, a command that runs until it is interrupted ends by itself. */
    private static final List<String> BOUNDS = List.of("--count", "--for");

    private final RemoteConsole console;
    private final Calls calls;
    private final Clock clock;
    private final Loop loop;
    private final Map<String, AllowList> allowed = new ConcurrentHashMap<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int running;

    private record Waiting(Run run, long sinceNanos) {}

    /** Called by Declarative Services. */
    @Activate
    public ConsoleRun(
            @Reference RemoteConsole console,
            @Reference Calls calls,
            @Reference Clock clock,
            @Reference Scheduler scheduler) {
        this.console = console;
        this.calls = calls;
        this.clock = clock;
        loop = scheduler.loop(NAME);
    }

    @Deactivate
    void stop() {
        loop.close();
    }

    /** Says what an uplink allows, from now on. */
    void allow(String uplink, List<String> names) {
        allowed.put(uplink, AllowList.of(names));
    }

    /** A request as the router takes it: its words stay apart, for the audit log. */
    static Map<String, String> arguments(Request request) {
        Map<String, String> arguments = new TreeMap<>();
        arguments.put(COMMAND, request.command());
        for (String word : request.words()) {
            arguments.put(String.format("%s%03d", WORD, arguments.size()), word);
        }
        return arguments;
    }

    private static List<String> words(Command command) {
        List<String> words = new ArrayList<>();
        new TreeMap<>(command.arguments()).forEach((name, word) -> {
            if (name.startsWith(WORD)) {
                words.add(word);
            }
        });
        return words;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The command: a flood of one starves no other. Whoever invents names shares one. */
    @Override
    public String target(Command command) {
        String called = command.argument(COMMAND);
        return console.find(called).isPresent() ? called : "";
    }

    @Override
    public boolean changes(Command command) {
        return refusal(command).isEmpty()
                && console.find(command.argument(COMMAND))
                        .filter(found -> !console.isReadOnly(found))
                        .isPresent();
    }

    /** Whoever asks for a driver is glad to hear how it went, however long it took. */
    @Override
    public boolean expiresUnderWay() {
        return false;
    }

    @Override
    public CompletionStage<CommandResult> handle(Command command) {
        Optional<ConsoleCommand> found = console.find(command.argument(COMMAND));
        Run run = new Run(command, found.orElse(null), words(command));
        Optional<String> refusal = refusal(command);
        if (refusal.isPresent() || found.isEmpty()) {
            run.refuse(refusal.orElse("not there any more"));
        } else {
            loop.execute(() -> take(run));
        }
        return run.answer();
    }

    private Optional<String> refusal(Command command) {
        String called = command.argument(COMMAND);
        String uplink = command.origin().who();
        if (!command.origin().equals(Origin.cloud(uplink)) || !allowed.containsKey(uplink)) {
            return Optional.of(NAME + " is for uplinks only");
        }
        if (!allowed.get(uplink).allows(called)) {
            return Optional.of(
                    called + ": not allowed; headgate.uplink-" + uplink + ".cfg says in its key commands what is");
        }
        Optional<ConsoleCommand> found = console.find(called);
        return found.isEmpty()
                ? Optional.of("no command " + called + " (gateway:help on the console lists them)")
                : endless(found.get().signature(), words(command));
    }

    /** Nobody can interrupt it here. */
    private static Optional<String> endless(Signature signature, List<String> words) {
        List<String> bounds =
                BOUNDS.stream().filter(signature.optionNames()::contains).toList();
        boolean bounded = words.stream().anyMatch(word -> bounds.contains(word.split("=", 2)[0]));
        if (!signature.endless() || bounded) {
            return Optional.empty();
        }
        return Optional.of(signature.id() + " runs until it is interrupted, which nobody can do here (expected: "
                + (bounds.isEmpty() ? "another command" : String.join(" or ", bounds)) + ")");
    }

    private void take(Run run) {
        if (running < AT_ONCE) {
            start(run);
        } else if (waiting.size() < WAITING) {
            Waiting entry = new Waiting(run, clock.monotonicNanos());
            waiting.add(entry);
            loop.schedule(PATIENCE, () -> {
                if (waiting.remove(entry)) {
                    run.refuse(busy());
                }
            });
        } else {
            run.refuse(busy());
        }
    }

    private static String busy() {
        return Commands.TOO_MANY + " at once: " + AT_ONCE + " from uplinks run, and others wait";
    }

    private void start(Run run) {
        running++;
        String tooLong = "no end within " + Texts.print(LIMIT) + "; it was interrupted";
        Loop.Timer timer = loop.schedule(LIMIT, () -> run.interrupt(tooLong));
        calls.submit(NAME, run::call, LIMIT.plus(FAREWELL), loop, outcome -> {
                    timer.cancel();
                    run.end(outcome);
                    // A call that was abandoned keeps its place until it comes back.
                    if (outcome.failure()
                            .filter(TimeoutException.class::isInstance)
                            .isEmpty()) {
                        next();
                    }
                })
                .returned(() -> loop.execute(this::next));
    }

    /** A place is free. */
    private void next() {
        running--;
        Waiting entry = waiting.poll();
        if (entry != null) {
            start(entry.run());
        }
    }
}
