package org.headgate.command.router;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.data.api.ClockState;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges each command, has it carried out, and sees to it that it is answered and written down exactly once. Handlers are
 * called on the thread that submits or, for a command that has an id already, on the router's loop; no lock is held meanwhile.
 */
@Component(configurationPid = "headgate.gateway")
public final class CommandRouter implements Commands {
    /** How long a handler may take. */
    static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    /** How many commands may be under way at once. */
    static final int MOST_RUNNING = 1000;

    /** How far ahead a command that changes something may expire: as long its id has to be remembered, whatever else comes. */
    static final Duration MOST_AHEAD = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(CommandRouter.class);
    private static final int LONGEST_ID = 128;
    private static final int ID_BYTES = 16;
    /** How many repeats of one origin get all that the first one's answer gives back. */
    private static final CommandLimits REPEATS = new CommandLimits(10, Duration.ofSeconds(1), 100);

    private final HandlerRegistry handlers;
    private final Clock clock;
    private final Randomness randomness;
    private final Loop loop;
    private final RateLimit rate;
    private final RateLimit repeats;
    private final RecentAnswers answers;
    private final Journal journal;
    private final AuditDigest audit;
    private final Set<Execution> running = ConcurrentHashMap.newKeySet();

    @Activate
    public CommandRouter(
            Map<String, Object> properties,
            @Reference HandlerRegistry handlers,
            @Reference Clock clock,
            @Reference Scheduler scheduler,
            @Reference Randomness randomness,
            @Reference Calls calls,
            @Reference Storage var) {
        this(properties, handlers, clock, scheduler, randomness, calls, var, new AuditLog(clock));
    }

    CommandRouter(
            Map<String, Object> properties,
            HandlerRegistry handlers,
            Clock clock,
            Scheduler scheduler,
            Randomness randomness,
            Calls calls,
            Storage var,
            AuditLog log) {
        this.handlers = handlers;
        this.clock = clock;
        this.randomness = randomness;
        loop = scheduler.loop("commands");
        rate = new RateLimit(clock, limits(properties));
        repeats = new RateLimit(clock, REPEATS);
        audit = new AuditDigest(log, clock, loop);
        answers = new RecentAnswers(() -> clock.state() == ClockState.UNSET ? 0 : clock.epochNanos());
        journal = new Journal(new AnswerLog(var), answers, calls, loop);
    }

    /** In place: a new router would have forgotten which commands were carried out already. */
    @Modified
    void modified(Map<String, Object> properties) {
        if (Instance.of(properties).broken().isPresent()) {
            // What the file said before it could not be read any more holds.
            return;
        }
        CommandLimits limits = limits(properties);
        if (!limits.equals(rate.limits())) {
            rate.limits(limits);
        }
    }

    private static CommandLimits limits(Map<String, Object> properties) {
        Settings settings = Instance.of(properties).settings();
        CommandLimits limits = CommandLimits.of(settings);
        CommandLimits.problems(settings).ifPresent(problems -> LOG.warn("headgate.gateway.cfg: {}", problems));
        return limits;
    }

    @Deactivate
    void stop() {
        loop.close();
        journal.close();
        running.forEach(execution -> execution.fail("the gateway stops"));
        audit.tell();
    }

    @Override
    public List<String> names() {
        return handlers.names();
    }

    @Override
    public CompletionStage<CommandResult> submit(Command asked) {
        boolean named = !asked.id().isEmpty();
        Command command = named ? asked : named(asked);
        Execution execution = new Execution(command, result -> ended(command, result));
        CompletableFuture<CommandResult> answer = new CompletableFuture<>();
        if (command.id().length() > LONGEST_ID) {
            execution.refuse("id: " + command.id().length() + " characters (expected: at most " + LONGEST_ID + ")");
        } else if (named) {
            journal.whenOpen(trouble -> once(execution, trouble).thenAccept(answer::complete));
            return answer;
        } else {
            // Nobody can repeat it: it need not be remembered.
            route(execution, handler -> begin(execution, handler));
        }
        // A copy: what the caller does to it concerns nobody else who has asked for the same.
        return execution.answer().copy();
    }

    /** The first one's answer where it is a repeat. */
    private CompletionStage<CommandResult> once(Execution execution, Optional<String> trouble) {
        Command command = execution.command();
        Optional<CompletableFuture<CommandResult>> first = answers.begin(command, execution.answer());
        if (first.isEmpty()) {
            route(execution, handler -> write(execution, handler, trouble));
            return execution.answer();
        }
        audit.repeated(command);
        return repeats.take(new RateLimit.Key(command.origin(), "", ""))
                ? first.get().copy()
                : CompletableFuture.completedFuture(brief(command, first.get()));
    }

    /** How it stands: it costs little to tell that again and again. */
    private static CommandResult brief(Command command, CompletableFuture<CommandResult> first) {
        CommandResult now = first.getNow(
                CommandResult.failed(command, "it is under way already, and was asked for again too often"));
        return now.values().isEmpty()
                ? now
                : new CommandResult(
                        now.id(),
                        now.status(),
                        now.message() + "; asked for again too often: what it gave back is left out",
                        Map.of());
    }

    private Command named(Command asked) {
        return new Command(
                HexFormat.of().formatHex(randomness.bytes(ID_BYTES)),
                asked.name(),
                asked.arguments(),
                asked.origin(),
                asked.expiresNanos());
    }

    private void route(Execution execution, Consumer<BoundHandler> next) {
        Command command = execution.command();
        Optional<BoundHandler> handler = handlers.find(command.name());
        boolean changes = handler.isEmpty() || handler.get().changes(command);
        Optional<String> late = late(command, changes);
        if (late.isPresent()) {
            execution.refuse(late.get());
        } else if (handler.isEmpty()) {
            execution.refuse("no command " + command.name() + "; there are: " + String.join(", ", names()));
        } else if (!allowed(command, handler.get().target(command))) {
            execution.refuse(TOO_MANY + ": at most " + rate.limits() + " after a burst of "
                    + rate.limits().burst() + " (command.rate and command.burst in headgate.gateway.cfg)");
        } else if (running.size() >= MOST_RUNNING) {
            execution.refuse(TOO_MANY + " at once: " + MOST_RUNNING + " are under way");
        } else {
            running.add(execution);
            execution.answer().whenComplete((result, never) -> running.remove(execution));
            next.accept(handler.get());
        }
    }

    /** Begins when it is durable that it does; what changes nothing may be done twice. */
    private void write(Execution execution, BoundHandler handler, Optional<String> unreadable) {
        if (!handler.changes(execution.command())) {
            begin(execution, handler);
        } else if (unreadable.isPresent()) {
            execution.refuse(unwritten(unreadable.get()));
        } else {
            Optional<CompletableFuture<CommandResult>> known = answers.admit(execution.command());
            if (known.isPresent()) {
                known.get().thenAccept(execution::end);
                return;
            }
            journal.begins(execution.command(), unwritable -> {
                if (unwritable.isPresent()) {
                    execution.refuse(unwritten(unwritable.get()));
                } else if (!execution.hasEnded()) {
                    begin(execution, handler);
                }
            });
        }
    }

    private static String unwritten(String why) {
        return "nothing was done: that it begins cannot be written down, and it might be done twice (" + why + ")";
    }

    private Optional<String> late(Command command, boolean changes) {
        if (command.expiresNanos().isEmpty()) {
            return Optional.empty();
        }
        if (clock.state() == ClockState.UNSET) {
            return changes
                    ? Optional.of("it expires, and the gateway's clock is not set yet: nobody knows whether it is late")
                    : Optional.empty();
        }
        long expires = Math.max(0, command.expiresNanos().getAsLong());
        long now = clock.epochNanos();
        if (expires <= now) {
            return Optional.of("expired " + rounded(Duration.ofNanos(now - expires)) + " ago");
        }
        return !changes || expires - now <= MOST_AHEAD.toNanos()
                ? Optional.empty()
                : Optional.of("expires in " + rounded(Duration.ofNanos(expires - now)) + " (expected: at most "
                        + Texts.print(MOST_AHEAD) + " ahead for a command that changes something)");
    }

    /** In the unit that a person would take. */
    private static String rounded(Duration late) {
        for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)) {
            if (late.compareTo(unit.getDuration().multipliedBy(2)) >= 0) {
                return Texts.print(late.truncatedTo(unit));
            }
        }
        return Texts.print(late);
    }

    private boolean allowed(Command command, String target) {
        return rate.take(new RateLimit.Key(command.origin(), command.name(), target));
    }

    private void begin(Execution execution, BoundHandler handler) {
        Duration limit = limit(execution.command(), handler);
        String tooLong = "no answer within " + Texts.print(limit) + "; it may have been done or not";
        Loop.Timer timer = loop.schedule(limit, () -> execution.fail(tooLong));
        execution.answer().whenComplete((result, never) -> timer.cancel());
        handler.carryOut(execution);
    }

    private Duration limit(Command command, BoundHandler handler) {
        if (command.expiresNanos().isEmpty()
                || !handler.expiresUnderWay(command)
                || clock.state() == ClockState.UNSET) {
            return TIME_LIMIT;
        }
        long left = command.expiresNanos().getAsLong() - clock.epochNanos();
        return Duration.ofNanos(Math.max(0, Math.min(TIME_LIMIT.toNanos(), left)));
    }

    private CompletionStage<CommandResult> ended(Command command, CommandResult result) {
        audit.ended(command, result);
        CompletableFuture<CommandResult> told = new CompletableFuture<>();
        answers.end(command, result)
                .ifPresentOrElse(
                        answer -> journal.ended(answer, () -> told.complete(result)), () -> told.complete(result));
        return told;
    }
}
