package org.headgate.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.commands.RefusedDisk.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.headgate.console.api.Dialogue;
import org.headgate.console.api.kit.Console;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxName;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class OutboxRefusedCommandsTest {
    private static final OutboxName HIGH = RefusedDisk.HIGH;

    private final Console console = new Console();
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final RefusedDisk disk = new RefusedDisk();
    private final Quarantines quarantines = new Quarantines(disk, new Prompt(system));
    private final OutboxRefusedCommand show = new OutboxRefusedCommand(disk, quarantines);
    private final OutboxClearRefusedCommand clear = new OutboxClearRefusedCommand(disk, quarantines);

    /** Calls in simulated time, which passes until each has returned or is given up. */
    private record Prompt(SimulatedSystem system) implements Calls {
        @Override
        public <T> Call<T> submit(
                String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
            Call<T> started = system.submit(owner, call, timeout, replyOn, reply);
            system.advance(timeout);
            return started;
        }

        @Override
        public int stuck() {
            return system.stuck();
        }

        @Override
        public int stuck(String owner) {
            return system.stuck(owner);
        }
    }

    @Test
    void showsEachRowThatIsKeptAndHowManyAreNot() throws Exception {
        disk.kept.get(HIGH).add(batch("boiler", 101, "a", "b"));
        disk.kept.get(OutboxName.of("backup")).add(batch("pump", 7, "\u001b[2J"));
        disk.lost = 1;
        assertThat(console.run(show).lines())
                .containsExactly(
                        "backup 2024-11-21 07:00:00 pump #7 temperature=71.25 text=?[2J",
                        "cloud/high 2024-11-21 07:00:00 boiler #101 temperature=71.25 text=a",
                        "cloud/high 2024-11-21 07:00:00 boiler #101 temperature=71.25 text=b",
                        "3 refused rows are kept, 3 are not");
        assertThat(console.run(show, "backup")).contains("pump").doesNotContain("boiler");
    }

    @Test
    void jsonHasWhatIsNeededToSendThemBySomeOtherWay() throws Exception {
        disk.kept.get(HIGH).add(batch("boiler", 101, "a", "b"));
        disk.kept.get(OutboxName.of("cloud")).add(batch("pump", 7, "c"));
        JsonNode all = console.json(show, "cloud", "--json");
        assertThat(all).hasSize(2);
        assertThat(all.findValuesAsText("stream")).startsWith("boiler");
        JsonNode first = all.get(0);
        assertThat(first.get("priority").asText()).isEqualTo("high");
        assertThat(first.get("log").asText()).isEqualTo("01J");
        assertThat(first.get("seq").asLong()).isEqualTo(101);
        assertThat(first.at("/rows/1/data/text").asText()).isEqualTo("b");
        assertThat(console.json(show, "backup", "--json")).isEmpty();
    }

    @Test
    void saysThatNothingWasRefusedAndWhichOutboxesThereAre() throws Exception {
        assertThat(console.run(show)).isEqualTo("no row was refused\n");
        assertThat(console.run(show, "clowd")).contains("did you mean cloud?");
        assertThat(console.status()).isEqualTo(1);
        disk.broken.add(OutboxName.of("backup"));
        assertThat(console.run(show)).contains("backup: Input/output error");
        assertThat(console.status()).isEqualTo(1);
    }

    @Test
    void theyAreDeletedWhenSomebodyWantsIt() throws Exception {
        disk.kept.get(HIGH).add(batch("boiler", 101, "a", "b"));
        disk.kept.get(OutboxName.of("backup")).add(batch("pump", 7, "c"));
        assertThat(console.run(clear, "cloud")).contains("2 rows").contains("--yes");
        assertThat(console.status()).isEqualTo(1);
        assertThat(disk.kept.get(HIGH)).hasSize(1);
        assertThat(console.run(clear, "cloud", "--yes")).isEqualTo("cloud: 1 refused batches deleted\n");
        assertThat(disk.kept.get(HIGH)).isEmpty();
        assertThat(disk.kept.get(OutboxName.of("backup"))).hasSize(1);
        assertThat(console.json(clear, "cloud", "--json").get("batches").asInt())
                .as("nothing is there to be asked about")
                .isZero();
    }

    /** A program reads what was printed with a JSON reader, the exit status tells it that it is not all. */
    @Test
    void whatWasBegunIsJsonThoughTheNextDiskFails() throws Exception {
        disk.kept.get(OutboxName.of("backup")).add(batch("pump", 7, "c"));
        disk.broken.add(HIGH);
        List<String> lines = console.run(show, "--json").lines().toList();
        assertThat(console.status()).isEqualTo(1);
        assertThat(new ObjectMapper().readTree(lines.get(0))).hasSize(1);
        assertThat(lines.subList(1, lines.size())).containsExactly("error: cloud/high: Input/output error");
        disk.broken.add(OutboxName.of("backup"));
        assertThat(console.run(show, "--json")).isEqualTo("error: backup: Input/output error\n");
    }

    @Test
    void whatCannotBeReadIsToldAndAskedAbout() throws Exception {
        disk.damaged = 2;
        assertThat(console.run(show, "backup"))
                .isEqualTo("0 refused rows are kept, 0 are not; batches that cannot be read: 2\n");
        assertThat(console.run(clear, "backup")).contains("0 rows in 2 batches (2 unreadable)", "--yes");
        assertThat(console.status()).isEqualTo(1);
        assertThat(disk.damaged).isEqualTo(2);
        assertThat(console.run(clear, "backup", "--yes")).isEqualTo("backup: 2 refused batches deleted\n");
    }

    @Test
    void whatIsRefusedWhileAPersonThinksStays() throws Exception {
        List<OutboxBatch> kept = disk.kept.get(HIGH);
        kept.add(batch("boiler", 101, "a"));
        OutboxBatch later = batch("boiler", 102, "b");
        console.dialogue(new Person(() -> kept.add(later)));
        assertThat(console.run(clear, "cloud")).endsWith("cloud: 1 refused batches deleted\n");
        assertThat(kept).containsExactly(later);
    }

    /**
     * Who waits for the lock of a log whose disk hangs cannot be interrupted: it must not be a session, nor one of the few places that
     * requests over a broker have.
     */
    @Test
    void aDiskThatHangsKeepsNobodyWaitingAndCostsOneThread() throws Exception {
        OutboxName backup = OutboxName.of("backup");
        disk.kept.get(backup).add(batch("pump", 7, "c"));
        disk.hanging.add(backup);
        assertThat(console.run(show, "backup")).isEqualTo("error: backup: its disk does not answer within 10 s\n");
        assertThat(console.status()).isEqualTo(1);
        long given = system.monotonicNanos();
        for (int again = 0; again < 4; again++) {
            assertThat(console.run(show, "backup")).isEqualTo("error: backup: its disk does not answer\n");
            assertThat(console.run(clear, "backup", "--yes")).isEqualTo("error: backup: its disk does not answer\n");
        }
        assertThat(disk.asked).isEqualTo(1);
        assertThat(system.monotonicNanos()).as("it is known").isEqualTo(given);
        assertThat(console.run(show, "cloud")).as("another disk").isEqualTo("no row was refused\n");
        disk.hanging.clear();
        system.releaseHung();
        assertThat(console.run(show, "backup")).contains("1 refused rows are kept");
    }

    @Test
    void aDiskThatHangsWhileItDeletesDoesSoLater() throws Exception {
        disk.kept.get(HIGH).add(batch("boiler", 101, "a"));
        console.dialogue(new Person(() -> disk.hanging.add(HIGH)));
        assertThat(console.run(clear, "cloud"))
                .endsWith("error: cloud/high: its disk does not answer within 10 s; when it does, they are deleted\n");
        assertThat(console.status()).isEqualTo(1);
        disk.hanging.clear();
        system.releaseHung();
        assertThat(console.run(show, "cloud")).isEqualTo("no row was refused\n");
    }

    /** Agrees, and something happens meanwhile. */
    private record Person(Runnable meanwhile) implements Dialogue {
        @Override
        public boolean isPresent() {
            return true;
        }

        @Override
        public Optional<String> ask(String question) {
            meanwhile.run();
            return Optional.of("yes");
        }

        @Override
        public Optional<char[]> askSecret(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> edit(String name, String text) {
            return Optional.empty();
        }
    }
}
