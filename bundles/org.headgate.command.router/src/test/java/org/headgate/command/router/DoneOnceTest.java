package org.headgate.command.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.CommandResult.Status;
import org.headgate.command.api.Commands;
import org.headgate.command.api.Origin;
import org.headgate.config.api.Instance;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** What changes something is done once as long as it has not expired, whatever comes beside it and by which way. */
class DoneOnceTest {
    private static final Duration LONG = CommandRouter.MOST_AHEAD;

    private final SimulatedSystem system = new SimulatedSystem(3);
    private final List<String> done = new ArrayList<>();
    private final List<CompletableFuture<CommandResult>> open = new ArrayList<>();
    private MemoryStorage disk = new MemoryStorage();
    private CommandRouter router = start();
    private boolean slow;
    private boolean refuses;

    private CommandRouter start() {
        HandlerRegistry handlers = new HandlerRegistry();
        handlers.bind(new CommandHandler() {
            @Override
            public String name() {
                return "do";
            }

            @Override
            public boolean changes(Command command) {
                return !command.argument("what").equals("look");
            }

            @Override
            public CompletionStage<CommandResult> handle(Command command) {
                if (refuses) {
                    return CompletableFuture.completedFuture(CommandResult.refused(command, "no room"));
                }
                done.add(command.origin() + " " + command.id());
                CompletableFuture<CommandResult> answer = new CompletableFuture<>();
                open.add(answer);
                if (!slow) {
                    answer.complete(new CommandResult(
                            command.id(), Status.DONE, "number " + done.size(), Map.of("output", "x".repeat(2000))));
                }
                return answer;
            }
        });
        // The rate is no subject here.
        Map<String, Object> rate = Map.of(
                Instance.KEYS,
                new String[] {CommandLimits.RATE, CommandLimits.BURST},
                CommandLimits.RATE,
                "900000/s",
                CommandLimits.BURST,
                "100000");
        return new CommandRouter(rate, handlers, system, system, system, system, disk);
    }

    private void restart() {
        disk = disk.crash(1);
        router = start();
    }

    private static Command command(String uplink, String id, String what, long expires) {
        return new Command(id, "do", Map.of("what", what), Origin.cloud(uplink), OptionalLong.of(expires));
    }

    private CompletableFuture<CommandResult> submit(Command command) {
        CompletableFuture<CommandResult> answer = router.submit(command).toCompletableFuture();
        system.run();
        return answer;
    }

    private CommandResult ask(Command command) {
        CompletableFuture<CommandResult> answer = submit(command);
        assertThat(answer).isDone();
        return answer.join();
    }

    private long in(Duration time) {
        return system.epochNanos() + time.toNanos();
    }

    /** A dashboard that asks every second sends a thousand in a quarter of an hour. */
    @Test
    void looksPushOutNoChange() {
        Command valve = command("cloud", "1", "valve=open", in(LONG));
        CommandResult first = ask(valve);
        for (int i = 0; i < 3 * Shelf.MOST; i++) {
            assertThat(ask(command("cloud", "look-" + i, "look", in(LONG))).isDone())
                    .isTrue();
        }
        assertThat(ask(valve)).isEqualTo(first);
        system.advance(Journal.HARMLESS);
        restart();
        assertThat(ask(valve)).isEqualTo(first);
        // The last thousand of these, too.
        done.clear();
        ask(command("cloud", "look-" + 2 * Shelf.MOST, "look", in(LONG)));
        assertThat(done).isEmpty();
        ask(command("cloud", "look-0", "look", in(LONG)));
        assertThat(done).hasSize(1);
    }

    @Test
    void aChangeIsKnownUntilItExpiresHoweverManyComeMeanwhile() {
        Command valve = command("cloud", "valve", "valve=open", in(LONG));
        CommandResult first = ask(valve);
        for (int i = 0; i < 2 * Shelf.MOST; i++) {
            assertThat(ask(command("cloud", "" + i, "write", in(Duration.ofSeconds(30))))
                            .isDone())
                    .isTrue();
            system.advance(Duration.ofMillis(100));
        }
        assertThat(ask(valve).status()).isEqualTo(first.status());
        restart();
        assertThat(ask(valve).message()).startsWith(first.message());
        assertThat(done.stream().filter(each -> each.endsWith(" valve"))).hasSize(1);
        // Others have expired by then and make room.
        assertThat(ask(command("cloud", "0", "write", in(LONG))).isDone()).isTrue();
        assertThat(done.stream().filter(each -> each.endsWith(" 0"))).hasSize(2);
        // Whoever is late is refused by that alone.
        system.advance(LONG);
        for (int i = 0; i < 2 * Shelf.MOST; i++) {
            ask(command("cloud", "more-" + i, "write", in(Duration.ofSeconds(1))));
            system.advance(Duration.ofMillis(10));
        }
        assertThat(ask(valve).message()).startsWith("expired ");
    }

    @Test
    void whereNoMoreCanBeRememberedNoMoreAreDone() {
        for (int i = 0; i < RecentAnswers.MOST_CHANGES; i++) {
            assertThat(ask(command("cloud" + i % 5, "" + i, "write", in(Duration.ofMinutes(1))))
                            .isDone())
                    .isTrue();
        }
        CommandResult refused = ask(command("cloud", "more", "write", in(LONG)));
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.message()).startsWith(Commands.TOO_MANY + ": 5000 of all ");
        assertThat(ask(command("cloud0", "0", "write", in(LONG))).isDone()).isTrue();
        assertThat(done).hasSize(RecentAnswers.MOST_CHANGES);
        system.advance(Duration.ofMinutes(1));
        assertThat(ask(command("cloud", "later", "write", in(LONG))).isDone()).isTrue();
    }

    @Test
    void whoeverFloodsShutsOutHimselfOnly() {
        for (int i = 0; i < RecentAnswers.MOST_OF_ONE; i++) {
            assertThat(ask(command("cloud", "" + i, "write", in(Duration.ofMinutes(1))))
                            .isDone())
                    .isTrue();
        }
        CommandResult refused = ask(command("cloud", "more", "write", in(LONG)));
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.message()).startsWith(Commands.TOO_MANY + ": 2000 of cloud:cloud ");
        assertThat(ask(command("other", "more", "write", in(LONG))).isDone()).isTrue();
        restart();
        assertThat(ask(command("cloud", "yet more", "write", in(LONG))).status())
                .isEqualTo(Status.REFUSED);
        system.advance(Duration.ofMinutes(1));
        assertThat(ask(command("cloud", "later", "write", in(LONG))).isDone()).isTrue();
    }

    /** By two addresses of one broker, or two brokers that pass messages on to each other. */
    @Test
    void theSameCommandByTwoUplinksIsDoneOnceAndAnsweredToBoth() {
        long expires = in(Duration.ofSeconds(30));
        CommandResult one = ask(command("one", "1", "valve=open", expires));
        CommandResult other = ask(command("other", "1", "valve=open", expires));
        assertThat(done).containsExactly("cloud:one 1");
        assertThat(other.status()).isEqualTo(Status.DONE);
        assertThat(other.values()).isEqualTo(one.values());
        assertThat(other.message()).isEqualTo("number 1; it came by another uplink, too");
        restart();
        assertThat(ask(command("third", "1", "valve=open", expires)).isDone()).isTrue();
        assertThat(ask(command("other", "1", "valve=open", expires)).isDone()).isTrue();
        assertThat(done).hasSize(1);
    }

    @Test
    void theSameCommandWhileItIsUnderWayWaitsForItsAnswer() {
        slow = true;
        long expires = in(Duration.ofSeconds(30));
        CompletableFuture<CommandResult> one = submit(command("one", "1", "valve=open", expires));
        CompletableFuture<CommandResult> other = submit(command("other", "1", "valve=open", expires));
        assertThat(done).hasSize(1);
        assertThat(other).isNotDone();
        open.get(0).complete(new CommandResult("1", Status.FAILED, "stuck", Map.of()));
        system.run();
        assertThat(one.join().message()).isEqualTo("stuck");
        assertThat(other.join().status()).isEqualTo(Status.FAILED);
    }

    /** Two clouds that know nothing of each other count from 1. */
    @Test
    void theSameIdOfAnotherCommandIsAnotherCommand() {
        long expires = in(Duration.ofSeconds(30));
        ask(command("one", "1", "valve=open", expires));
        ask(command("other", "1", "valve=shut", expires));
        ask(command("third", "1", "valve=open", expires + 1_000_000));
        ask(command("third", "2", "valve=open", expires));
        assertThat(done).hasSize(4);
        ask(new Command("7", "do", Map.of(), Origin.cloud("one"), OptionalLong.empty()));
        ask(new Command("7", "do", Map.of(), Origin.cloud("other"), OptionalLong.empty()));
        assertThat(done).hasSize(6);
    }

    @Test
    void whatWasRefusedByOneWayMayComeByAnother() {
        long expires = in(Duration.ofSeconds(30));
        refuses = true;
        assertThat(ask(command("one", "1", "valve=open", expires)).status()).isEqualTo(Status.REFUSED);
        refuses = false;
        assertThat(ask(command("other", "1", "valve=open", expires)).isDone()).isTrue();
        assertThat(done).containsExactly("cloud:other 1");
    }
}
