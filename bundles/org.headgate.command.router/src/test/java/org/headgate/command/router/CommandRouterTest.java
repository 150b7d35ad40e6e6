package org.headgate.command.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.CommandResult.Status;
import org.headgate.command.api.Origin;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class CommandRouterTest {
    private static final Origin CLOUD = Origin.cloud("cloud");

    private final SimulatedSystem system = new SimulatedSystem(3);
    private final HandlerRegistry handlers = new HandlerRegistry();
    private final MemoryStorage disk = new MemoryStorage();
    private final CommandRouter router = router(disk);

    @Test
    void aCommandWithoutAnIdGetsOneThatNobodyElseHas() {
        FakeHandler handler = bind(new FakeHandler("device.write", false));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            CommandResult result = result(submit(Command.of("device.write", Map.of("device", "d" + i), CLOUD)));
            assertThat(result.status()).isEqualTo(Status.DONE);
            assertThat(result.id())
                    .matches("[0-9a-f]{32}")
                    .isEqualTo(handler.handled.get(i).id());
            ids.add(result.id());
        }
        assertThat(ids).hasSize(100);
    }

    @Test
    void aRepeatedIdIsNotCarriedOutAgainButGetsTheFirstAnswer() {
        FakeHandler handler = bind(new FakeHandler("device.write", false));
        CommandResult first = result(submit(command("1", "boiler")));
        system.advance(Duration.ofMinutes(10));
        assertThat(result(submit(command("1", "other")))).isEqualTo(first);
        assertThat(handler.handled).hasSize(1);
        // The same id from somebody else is another command.
        result(submit(new Command("1", "device.write", Map.of(), Origin.rule("r"), OptionalLong.empty())));
        assertThat(handler.handled).hasSize(2);
    }

    @Test
    void aRepeatThatComesWhileTheFirstIsUnderWayWaitsForItsAnswer() {
        FakeHandler handler = bind(new FakeHandler("device.write", true));
        CompletionStage<CommandResult> first = submit(command("1", "boiler"));
        CompletionStage<CommandResult> second = submit(command("1", "boiler"));
        // What one caller does to its answer is not the other one's.
        first.toCompletableFuture().cancel(true);
        CompletionStage<CommandResult> third = submit(command("1", "boiler"));
        assertThat(second.toCompletableFuture()).isNotDone();
        handler.open.get(0).complete(CommandResult.done(handler.handled.get(0), "at last"));
        assertThat(result(second).message()).isEqualTo("at last");
        assertThat(result(third)).isEqualTo(result(second));
        assertThat(handler.handled).hasSize(1);
    }

    @Test
    void theLastThousandAnswersAreRemembered() {
        FakeHandler handler = bind(new FakeHandler("device.write", false));
        for (int i = 0; i <= RecentAnswers.MOST; i++) {
            submit(command("id-" + i, "boiler"));
            system.advance(Duration.ofSeconds(1));
        }
        assertThat(handler.handled).hasSize(RecentAnswers.MOST + 1);
        submit(command("id-1", "boiler"));
        assertThat(handler.handled).hasSize(RecentAnswers.MOST + 1);
        submit(command("id-0", "boiler"));
        assertThat(handler.handled).hasSize(RecentAnswers.MOST + 2);
    }

    @Test
    void whatIsLateIsRefused() {
        FakeHandler handler = bind(new FakeHandler("device.write", false));
        CommandResult late = result(submit(expiring("1", system.epochNanos() - 2_000_000_000L)));
        assertThat(late.status()).isEqualTo(Status.REFUSED);
        assertThat(late.message()).isEqualTo("expired 2s ago");
        assertThat(result(submit(expiring("1b", system.epochNanos() - 7_654_321_000_000L)))
                        .message())
                .isEqualTo("expired 2h ago");
        assertThat(result(submit(expiring("2", system.epochNanos()))).status()).isEqualTo(Status.REFUSED);
        assertThat(result(submit(expiring("3", Long.MIN_VALUE))).status()).isEqualTo(Status.REFUSED);
        assertThat(handler.handled).isEmpty();
        assertThat(result(submit(expiring("4", system.epochNanos() + 1))).isDone())
                .isTrue();
        // Its id would have to be remembered until then, whatever comes meanwhile.
        long bound = system.epochNanos() + CommandRouter.MOST_AHEAD.toNanos();
        assertThat(result(submit(expiring("5", bound))).isDone()).isTrue();
        CommandResult ahead = result(submit(expiring("6", bound + 1)));
        assertThat(ahead.status()).isEqualTo(Status.REFUSED);
        assertThat(ahead.message())
                .isEqualTo("expires in 10m (expected: at most 10m ahead for a command that changes something)");
        assertThat(result(submit(expiring("7", Long.MAX_VALUE))).status()).isEqualTo(Status.REFUSED);
        assertThat(handler.handled).hasSize(2);
    }

    @Test
    void whatExpiresIsRefusedWhileTheClockIsNotSetAndWhatDoesNotIsCarriedOut() {
        bind(new FakeHandler("device.write", false));
        system.clockSet(false);
        CommandResult refused = result(submit(expiring("1", Long.MAX_VALUE)));
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.message()).contains("clock is not set");
        assertThat(result(submit(command("2", "boiler"))).isDone()).isTrue();
    }

    @Test
    void aNameThatNobodyHandlesIsRefused() {
        bind(new FakeHandler("device.write", false));
        CommandResult refused = result(submit(Command.of("device.explode", Map.of(), CLOUD)));
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.message()).isEqualTo("no command device.explode; there are: device.write");
        assertThat(router.names()).containsExactly("device.write");
    }

    @Test
    void aHandlerThatThrowsOrFailsOrGivesNothingHasFailed() {
        bind(handler("throws", command -> {
            throw new IllegalStateException("a bug");
        }));
        bind(handler("error", command -> {
            throw new ServiceConfigurationError("a mistake in a service file");
        }));
        bind(handler("null", command -> null));
        bind(handler("fails", command -> CompletableFuture.failedFuture(new IllegalStateException("no bus"))));
        bind(handler("nothing", command -> CompletableFuture.completedFuture(null)));
        assertFailed("throws", "its handler failed: a bug");
        assertFailed("error", "its handler failed: a mistake in a service file");
        assertFailed("null", "its handler failed");
        assertFailed("fails", "no bus");
        assertFailed("nothing", "its handler gave no answer");
    }

    @Test
    void aHandlerThatNeverAnswersHasFailedAfterAMinuteAndWhatItSaysThenIsNotHeard() {
        FakeHandler handler = bind(new FakeHandler("device.write", true));
        CompletionStage<CommandResult> answer = submit(command("1", "boiler"));
        system.advance(CommandRouter.TIME_LIMIT.minusMillis(1));
        assertThat(answer.toCompletableFuture()).isNotDone();
        system.advance(Duration.ofMillis(1));
        assertThat(result(answer).status()).isEqualTo(Status.FAILED);
        assertThat(result(answer).message()).startsWith("no answer within 1m");
        handler.open.get(0).complete(CommandResult.done(handler.handled.get(0), "late"));
        assertThat(result(submit(command("1", "boiler"))).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aCommandThatExpiresWhileItIsUnderWayHasFailedThen() {
        bind(new FakeHandler("device.write", true));
        CompletionStage<CommandResult> answer = submit(expiring("1", system.epochNanos() + 5_000_000_000L));
        system.advance(Duration.ofSeconds(5));
        assertThat(result(answer).status()).isEqualTo(Status.FAILED);
        assertThat(result(answer).message()).startsWith("no answer within 5s");
    }

    @Test
    void aHandlerThatLeavesInTheMiddleHasFailedAndTheNextOneTakesOver() {
        FakeHandler leaving = bind(new FakeHandler("device.write", true));
        FakeHandler second = bind(new FakeHandler("device.write", false));
        CompletionStage<CommandResult> answer = submit(command("1", "boiler"));
        handlers.unbind(leaving);
        assertThat(result(answer).status()).isEqualTo(Status.FAILED);
        assertThat(result(answer).message()).startsWith("its handler has left");
        assertThat(result(submit(command("2", "boiler"))).isDone()).isTrue();
        assertThat(second.handled).hasSize(1);
        handlers.unbind(second);
        assertThat(router.names()).isEmpty();
    }

    @Test
    void aRouterThatStopsAnswersWhatIsUnderWay() {
        bind(new FakeHandler("device.write", true));
        CompletionStage<CommandResult> answer = submit(command("1", "boiler"));
        router.stop();
        assertThat(result(answer).message()).isEqualTo("the gateway stops");
    }

    @Test
    void anIdThatIsTooLongToRememberIsRefused() {
        bind(new FakeHandler("device.write", false));
        assertThat(result(submit(command("x".repeat(129), "boiler"))).message())
                .isEqualTo("id: 129 characters (expected: at most 128)");
        assertThat(result(submit(command("x".repeat(128), "boiler"))).isDone()).isTrue();
    }

    private void assertFailed(String name, String message) {
        CommandResult result = result(submit(Command.of(name, Map.of(), CLOUD)));
        assertThat(result.status()).as(name).isEqualTo(Status.FAILED);
        assertThat(result.message()).startsWith(message);
    }

    private <T extends CommandHandler> T bind(T handler) {
        handlers.bind(handler);
        return handler;
    }

    private static CommandHandler handler(String name, Function<Command, CompletionStage<CommandResult>> work) {
        return new CommandHandler() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CompletionStage<CommandResult> handle(Command command) {
                return work.apply(command);
            }
        };
    }

    private static Command command(String id, String device) {
        return new Command(id, "device.write", Map.of("device", device), CLOUD, OptionalLong.empty());
    }

    private static Command expiring(String id, long nanos) {
        return new Command(id, "device.write", Map.of("device", "boiler"), CLOUD, OptionalLong.of(nanos));
    }

    private CommandRouter router(MemoryStorage storage) {
        return new CommandRouter(Map.of(), handlers, system, system, system, system, storage);
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
