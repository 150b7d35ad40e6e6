package org.headgate.command.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.CommandResult.Status;
import org.headgate.command.api.Origin;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** A command with an id is done once, whatever happens to the gateway in between. */
class AnswersAfterARestartTest {
    private static final String MAYBE = "may have been done: the gateway stopped meanwhile";
    private static final String HARMLESS = "look";

    private final SimulatedSystem system = new SimulatedSystem(11);

    /** One life of a gateway on a disk. */
    private final class Life {
        final List<String> done = new ArrayList<>();
        final Map<String, CompletableFuture<CommandResult>> open = new HashMap<>();
        final CommandRouter router;
        boolean slow;

        Life(MemoryStorage disk) {
            HandlerRegistry handlers = new HandlerRegistry();
            handlers.bind(new CommandHandler() {
                @Override
                public String name() {
                    return "do";
                }

                @Override
                public boolean changes(Command command) {
                    return !command.argument("what").equals(HARMLESS);
                }

                @Override
                public CompletionStage<CommandResult> handle(Command command) {
                    done.add(command.id());
                    CompletableFuture<CommandResult> answer = new CompletableFuture<>();
                    open.put(command.id(), answer);
                    if (!slow) {
                        answer.complete(result(command, done.size()));
                    }
                    return answer;
                }
            });
            router = new CommandRouter(Map.of(), handlers, system, system, system, system, disk);
        }

        CompletableFuture<CommandResult> submit(String id, String what) {
            // A target of its own for each: the rate is no subject here.
            Map<String, String> arguments = Map.of("what", what, "device", id);
            CompletableFuture<CommandResult> answer = router.submit(
                            new Command(id, "do", arguments, Origin.cloud("c"), OptionalLong.empty()))
                    .toCompletableFuture();
            system.run();
            return answer;
        }

        CommandResult ask(String id) {
            CompletableFuture<CommandResult> answer = submit(id, "write");
            assertThat(answer).isDone();
            return answer.join();
        }
    }

    private static CommandResult result(Command command, int count) {
        return new CommandResult(
                command.id(), Status.DONE, "number " + count, Map.of("output", "x".repeat(count), "exit", "0"));
    }

    @Test
    void aRepeatAfterARestartGetsTheFirstAnswerWithAllThatItGaveBack() {
        MemoryStorage disk = new MemoryStorage();
        Life first = new Life(disk);
        CommandResult one = first.ask("1");
        CommandResult two = first.ask("2");
        first.router.stop();
        Life second = new Life(disk.crash(1));
        assertThat(second.ask("2")).isEqualTo(two);
        assertThat(second.ask("1")).isEqualTo(one);
        assertThat(second.done).isEmpty();
        assertThat(second.ask("3").isDone()).isTrue();
    }

    @Test
    void whatWasUnderWayWhenThePowerFailedIsNotDoneAgainAndSaysSo() {
        MemoryStorage disk = new MemoryStorage();
        Life first = new Life(disk);
        first.slow = true;
        assertThat(first.submit("1", "write")).isNotDone();
        assertThat(first.done).containsExactly("1");
        Life second = new Life(disk.crash(1));
        CommandResult answer = second.ask("1");
        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.message()).isEqualTo(MAYBE);
        assertThat(second.done).isEmpty();
        // The same the next time.
        assertThat(new Life(disk.crash(2)).ask("1")).isEqualTo(answer);
    }

    @Test
    void nothingBeginsBeforeItIsDurableThatItDoes() {
        MemoryStorage disk = new MemoryStorage();
        Life life = new Life(disk);
        life.ask("1");
        disk.failFrom(disk.operations() + 1, "No space left on device", true);
        CommandResult refused = life.ask("2");
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.message()).startsWith("nothing was done: ").contains("No space left on device");
        assertThat(life.done).containsExactly("1");
        disk.heal();
        assertThat(life.ask("3").isDone()).isTrue();
        Life second = new Life(disk.crash(5));
        assertThat(second.ask("1").message()).isEqualTo("number 1");
        assertThat(second.ask("3").message()).isEqualTo("number 2");
        assertThat(second.done).isEmpty();
    }

    /** Who looks for the reason of a full disk must be able to. */
    @Test
    void whatOnlyLooksIsDoneOnADiskThatTakesNothingOrCannotBeRead() {
        MemoryStorage disk = new MemoryStorage();
        disk.failFrom(1, "Input/output error", false);
        Life life = new Life(disk);
        assertThat(life.submit("1", HARMLESS).join().isDone()).isTrue();
        assertThat(life.submit("1", HARMLESS).join().isDone()).isTrue();
        assertThat(life.done).containsExactly("1");
        assertThat(life.ask("2").message()).contains("Input/output error");
        disk.heal();
        assertThat(life.ask("3").isDone()).isTrue();
    }

    @Test
    void aThousandLooksInASecondCostTwoSyncsAtMostAndAreRememberedSecondsLater() {
        MemoryStorage disk = new MemoryStorage();
        Life first = new Life(disk);
        first.ask("0");
        long before = disk.syncs();
        for (int i = 1; i <= 999; i++) {
            assertThat(first.submit("look-" + i, HARMLESS)).isDone();
        }
        assertThat(disk.syncs()).isEqualTo(before);
        system.advance(Journal.HARMLESS);
        assertThat(disk.syncs() - before).isLessThanOrEqualTo(2);
        Life second = new Life(disk.crash(3));
        assertThat(second.submit("look-999", HARMLESS).join().message()).isEqualTo("number 1000");
        assertThat(second.done).isEmpty();
    }

    @Test
    void theFileStaysSmallAndHoldsTheLastThousand() {
        MemoryStorage disk = new MemoryStorage();
        Life first = new Life(disk);
        for (int i = 0; i < 5000; i++) {
            assertThat(first.ask("id-" + i).isDone()).isTrue();
            // For the rate.
            system.advance(Duration.ofMillis(100));
        }
        int size = disk.in(AnswerLog.FOLDER).content(AnswerLog.FILE).length;
        assertThat(size).isLessThan(AnswerLog.LARGE + 10_000);
        Life second = new Life(disk.crash(4));
        for (int i = 4000; i < 5000; i++) {
            assertThat(second.ask("id-" + i).message()).startsWith("number " + (i + 1));
        }
    }

    @Test
    void ofMuchThatCommandsGaveBackTheLatestIsKeptAndOfTheOlderOnesTheAnswer() {
        RecentAnswers answers = new RecentAnswers(() -> 0);
        for (int i = 0; i < RecentAnswers.MOST; i++) {
            Command command = new Command("" + i, "do", Map.of(), Origin.cloud("c"), OptionalLong.empty());
            answers.begin(command, new CompletableFuture<>());
            answers.end(
                    command,
                    new CommandResult(command.id(), Status.DONE, "ok", Map.of("output", "x".repeat(64 << 10))));
        }
        List<Remembered> kept = answers.answers();
        assertThat(kept).hasSize(RecentAnswers.MOST);
        long text = kept.stream()
                .mapToLong(each ->
                        each.answer().values().getOrDefault("output", "").length())
                .sum();
        assertThat(text).isEqualTo(Shelf.MOST_TEXT);
        assertThat(kept.get(0).answer().message()).isEqualTo("ok; what it gave back is not kept any more");
        assertThat(kept.get(RecentAnswers.MOST - 1).answer().values()).containsKey("output");
    }

    /**
     * The power fails at each single operation of the disk, and what was not synced is there, missing or torn: whoever was answered gets
     * the same answer, and nothing that was begun is done again.
     */
    @Test
    void thePowerMayFailAtAnyOperation() {
        long operations = 40;
        for (long at = 1; at <= operations; at++) {
            for (int seed = 0; seed < 20; seed++) {
                MemoryStorage disk = new MemoryStorage();
                disk.cutPowerAt(at);
                Life first = new Life(disk);
                Map<String, CompletableFuture<CommandResult>> asked = new HashMap<>();
                for (int i = 0; i < 6; i++) {
                    asked.put("id-" + i, first.submit("id-" + i, "write"));
                }
                Set<String> begun = new HashSet<>(first.done);
                Life second = new Life(disk.crash(seed));
                asked.forEach((id, before) -> {
                    CommandResult after = second.ask(id);
                    if (before.isDone() && before.join().isDone()) {
                        // Whose end could not be written was answered all the same: the disk was gone by then.
                        assertThat(after.message()).isIn(before.join().message(), MAYBE);
                    }
                    if (begun.contains(id)) {
                        assertThat(second.done).as(id).doesNotContain(id);
                    }
                });
            }
        }
    }

    @Test
    void aFlippedByteCostsAtMostTheAnswerThatItTouches() throws Exception {
        MemoryStorage disk = new MemoryStorage();
        AnswerLog log = new AnswerLog(disk);
        log.open();
        List<Remembered> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Command command = new Command("id-" + i, "do", Map.of(), Origin.cloud("c"), OptionalLong.empty());
            all.add(Remembered.begun(command).with(result(command, i)));
        }
        log.rewrite(all);
        byte[] good = disk.in(AnswerLog.FOLDER).content(AnswerLog.FILE);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            MemoryStorage damaged = new MemoryStorage();
            damaged.in(AnswerLog.FOLDER).damage(AnswerLog.FILE, bad);
            AnswerLog read = new AnswerLog(damaged);
            List<Remembered> found = read.open();
            assertThat(found).as("byte " + at).hasSize(4).isSubsetOf(all);
            // What comes next goes behind what is whole.
            if (read.wantsRewrite()) {
                read.rewrite(found);
            } else {
                read.append(all.subList(0, 1));
            }
            assertThat(new AnswerLog(damaged).open()).containsAll(found);
        }
    }

    @Test
    void aDiskThatHangsHoldsUpNobodyForLong() {
        MemoryStorage disk = new MemoryStorage();
        Life life = new Life(disk);
        CommandRouter hanging = new CommandRouter(
                Map.of(), new HandlerRegistry(), system, system, system, system, new HangingStorage(disk));
        CompletionStage<CommandResult> answer =
                hanging.submit(new Command("1", "do", Map.of(), Origin.cloud("c"), OptionalLong.empty()));
        system.advance(Journal.PATIENCE.plus(Duration.ofSeconds(1)));
        assertThat(answer.toCompletableFuture()).isDone();
        assertThat(life.ask("1").isDone()).isTrue();
    }
}
