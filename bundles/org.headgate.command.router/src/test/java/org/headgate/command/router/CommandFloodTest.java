package org.headgate.command.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.CommandResult.Status;
import org.headgate.command.api.Origin;
import org.headgate.config.api.Instance;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

/** Whoever asks for too much is told so, and gains nothing that others lose. */
class CommandFloodTest {
    private static final Origin CLOUD = Origin.cloud("cloud");

    private final SimulatedSystem system = new SimulatedSystem(3);
    private final HandlerRegistry handlers = new HandlerRegistry();
    private final List<String> log = new ArrayList<>();
    private final CommandRouter router = new CommandRouter(
            Map.of(), handlers, system, system, system, system, new MemoryStorage(), new AuditLog(system, log::add));

    /** MQTT delivers at least once: a flood of refusals must not make the gateway forget what it has done. */
    @Test
    void aFloodOfRefusalsDoesNotPushOutTheAnswersOfWhatWasDone() {
        FakeHandler handler = bind(new FakeHandler("device.write", false));
        CommandResult first = result(submit(command("1", "boiler")));
        for (int i = 0; i < 3 * RecentAnswers.MOST; i++) {
            submit(command("flood-" + i, "boiler"));
        }
        int done = handler.handled.size();
        assertThat(done).isEqualTo(20);
        assertThat(result(submit(command("1", "boiler")))).isEqualTo(first);
        assertThat(handler.handled).hasSize(done);
    }

    @Test
    void aFloodForOneDeviceIsRefusedAndStarvesNoOtherDeviceAndNobodyElse() {
        FakeHandler handler = bind(new FakeHandler("device.write", false));
        for (int i = 0; i < 100; i++) {
            submit(command("flood-" + i, "boiler"));
        }
        assertThat(handler.handled).hasSize(20);
        CommandResult refused = result(submit(command("one-more", "boiler")));
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.message()).startsWith("too many commands: at most 10/s after a burst of 20");
        assertThat(result(submit(command("other", "pump"))).isDone()).isTrue();
        assertThat(result(submit(Command.of("device.write", Map.of("device", "boiler"), Origin.console("me"))))
                        .isDone())
                .isTrue();
        system.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            submit(command("again-" + i, "boiler"));
        }
        assertThat(handler.handled).hasSize(20 + 2 + 10);
    }

    @Test
    void theRateIsReadFromTheGatewaysFileWithoutForgettingWhatWasDone() {
        FakeHandler handler = bind(new FakeHandler("device.write", false));
        submit(command("1", "boiler"));
        router.modified(file("1/h", "2"));
        submit(command("1", "boiler"));
        assertThat(handler.handled).hasSize(1);
        for (int i = 0; i < 10; i++) {
            submit(command("more-" + i, "boiler"));
        }
        assertThat(handler.handled).hasSize(3);
        // A file that cannot be read says nothing.
        router.modified(Map.of(Instance.BROKEN, "line 1: no '='"));
        for (int i = 0; i < 10; i++) {
            submit(command("unread-" + i, "boiler"));
        }
        assertThat(handler.handled).hasSize(3);
        // A mistake is told in the log; the default stands in.
        router.modified(file("plenty", "0"));
        for (int i = 0; i < 100; i++) {
            submit(command("default-" + i, "boiler"));
        }
        assertThat(handler.handled).hasSize(3 + 20);
    }

    @Test
    void noMoreThanAThousandCommandsAreUnderWay() {
        FakeHandler handler = bind(new FakeHandler("device.write", true));
        for (int i = 0; i < CommandRouter.MOST_RUNNING; i++) {
            submit(command("id-" + i, "d" + i % 100));
        }
        assertThat(handler.handled).hasSize(CommandRouter.MOST_RUNNING);
        CommandResult refused = result(submit(command("more", "other")));
        assertThat(refused.message()).startsWith("too many commands at once");
        handler.open.get(0).complete(CommandResult.done(handler.handled.get(0), "ok"));
        system.run();
        submit(command("again", "another"));
        assertThat(handler.handled).hasSize(CommandRouter.MOST_RUNNING + 1);
    }

    /** The log holds a few megabytes: what was done must not be pushed out of it by what was not. */
    @Test
    void aFloodOfRefusalsIsAFewLinesOfTheAuditLogAndACount() {
        bind(new FakeHandler("device.write", false));
        submit(command("1", "boiler"));
        for (int i = 0; i < 10_000; i++) {
            submit(new Command(
                    "late-" + i,
                    "device.write",
                    Map.of("device", "boiler"),
                    CLOUD,
                    OptionalLong.of(system.epochNanos())));
        }
        submit(new Command("2", "device.write", Map.of("device", "x"), Origin.rule("r"), OptionalLong.of(0)));
        assertThat(log).hasSize(1 + AuditDigest.IN_FULL + 1);
        assertThat(log.get(0)).contains("\"id\":\"1\"", "\"result\":\"DONE\"");
        assertThat(log.get(log.size() - 1)).contains("\"from\":\"rule\"", "REFUSED");
        system.advance(AuditDigest.EVERY);
        assertThat(log).hasSize(1 + AuditDigest.IN_FULL + 2);
        assertThat(log.get(log.size() - 1))
                .endsWith("Z\",\"from\":\"cloud\",\"who\":\"cloud\",\"command\":\"device.write\",\"refused\":"
                        + (10_000 - AuditDigest.IN_FULL) + ",\"repeated\":0}");
        system.advance(AuditDigest.EVERY);
        assertThat(log).hasSize(1 + AuditDigest.IN_FULL + 2);
    }

    @Test
    void repeatsAreCountedInTheAuditLogAlsoWhenTheGatewayStops() {
        bind(new FakeHandler("device.write", false));
        for (int i = 0; i < 4; i++) {
            submit(command("1", "boiler"));
        }
        assertThat(log).hasSize(1);
        router.stop();
        assertThat(log).hasSize(2);
        assertThat(log.get(1)).endsWith("\"command\":\"device.write\",\"refused\":0,\"repeated\":3}");
    }

    @Test
    void whoeverRepeatsWithoutEndHearsHowItEndedButNotAllThatItGaveBack() {
        FakeHandler handler = bind(new FakeHandler("device.write", true));
        CompletionStage<CommandResult> first = submit(command("1", "boiler"));
        for (int i = 0; i < 1000; i++) {
            submit(command("1", "boiler"));
        }
        CommandResult early = result(submit(command("1", "boiler")));
        assertThat(early.status()).isEqualTo(Status.FAILED);
        assertThat(early.message()).isEqualTo("it is under way already, and was asked for again too often");
        Command begun = handler.handled.get(0);
        handler.open.get(0).complete(new CommandResult(begun.id(), Status.DONE, "ok", Map.of("output", "much")));
        assertThat(result(first).values()).containsEntry("output", "much");
        CommandResult brief = result(submit(command("1", "boiler")));
        assertThat(brief.isDone()).isTrue();
        assertThat(brief.message()).isEqualTo("ok; asked for again too often: what it gave back is left out");
        assertThat(brief.values()).isEmpty();
        system.advance(Duration.ofSeconds(1));
        assertThat(result(submit(command("1", "boiler")))).isEqualTo(result(first));
        assertThat(handler.handled).hasSize(1);
    }

    private <T extends FakeHandler> T bind(T handler) {
        handlers.bind(handler);
        return handler;
    }

    private static Map<String, Object> file(String rate, String burst) {
        return Map.of(
                Instance.KEYS,
                new String[] {"id", CommandLimits.RATE, CommandLimits.BURST},
                "id",
                "gw-1",
                CommandLimits.RATE,
                rate,
                CommandLimits.BURST,
                burst);
    }

    private static Command command(String id, String device) {
        return new Command(id, "device.write", Map.of("device", device), CLOUD, OptionalLong.empty());
    }

    private CompletionStage<CommandResult> submit(Command command) {
        CompletionStage<CommandResult> answer = router.submit(command);
        system.run();
        return answer;
    }

    private CommandResult result(CompletionStage<CommandResult> stage) {
        system.run();
        assertThat(stage.toCompletableFuture()).isDone();
        return stage.toCompletableFuture().join();
    }
}
