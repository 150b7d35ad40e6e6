package org.headgate.uplink.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.junit.jupiter.api.Test;

class BrokerCommandsTest {
    private static final byte[] NONE = {};

    private final Hall hall = new Hall();

    @Test
    void aCommandRunsWithItsWordsAsTheUplinkAndItsOutputIsAnswered() {
        FakeCommand info = hall.command("device:info", call -> {
            call.out().println("boiler is " + call.words().get(0) + " ä");
            return 0;
        });
        JsonNode answer = hall.ask("c-17", "device:info", "on", "-40");
        assertThat(answer.toString())
                .isEqualTo("{\"id\":\"c-17\",\"status\":\"done\",\"exit\":0,\"output\":\"boiler is on ä\\n\"}");
        assertThat(info.calls).containsExactly("cloud:cloud on -40");
        Message message = hall.answers.get(0);
        assertThat(message.topic()).isEqualTo("headgate/gw-7/response/c-17");
        assertThat(message.contentType()).isEqualTo("application/json");
        assertThat(message.qos()).isEqualTo(1);
        assertThat(message.retain()).isFalse();
    }

    @Test
    void aCommandThatFailsIsAnsweredWithItsStatusItsErrorsAndWhatItPrintedBefore() {
        hall.command("device:add", call -> {
            call.out().println("half");
            call.fail("no driver");
            return call.fail("no bus");
        });
        JsonNode answer = hall.ask("1", "device:add");
        assertThat(answer.get("status").asText()).isEqualTo("failed");
        assertThat(answer.get("exit").asInt()).isEqualTo(1);
        assertThat(answer.get("output").asText()).isEqualTo("half\n");
        assertThat(answer.get("error").asText()).isEqualTo("no driver; no bus");
        hall.command("device:read", call -> {
            throw new UsageException("missing DEVICE");
        });
        answer = hall.ask("2", "device:read");
        assertThat(answer.get("exit").asInt()).isEqualTo(2);
        assertThat(answer.get("error").asText()).isEqualTo("missing DEVICE (usage: device:read)");
        hall.command("device:bug", call -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(hall.ask("3", "device:bug").get("error").asText()).contains("a bug");
    }

    @Test
    void theAnswerGoesWhereTheRequestWantsItWithWhatItWantsBack() {
        hall.command("device:info", call -> 0);
        byte[] correlation = {1, 2, 3};
        hall.send(hall.request("1", "device:info"), "me/answers", correlation);
        assertThat(hall.answers.get(0).topic()).isEqualTo("me/answers");
        assertThat(hall.answers.get(0).correlation()).isEqualTo(correlation);
        // A broker hangs up on whoever publishes to these.
        for (String topic : List.of("a/+", "#", "$SYS/x", "")) {
            hall.send(hall.request("1", "device:info"), topic, correlation);
            assertThat(hall.answers.get(hall.answers.size() - 1).topic()).isEqualTo("headgate/gw-7/response/1");
        }
    }

    @Test
    void whatTheUplinkDoesNotAllowIsRefusedAndNotRun() {
        FakeCommand write = hall.command("device:write", call -> 0);
        FakeCommand info = hall.command("device:info", call -> 0);
        for (List<String> none : List.of(List.<String>of(), List.of("device:inf"), List.of("evice:*"), List.of(""))) {
            hall.allowed = none;
            assertThat(hall.ask("a" + hall.answers.size(), "device:info")
                            .get("status")
                            .asText())
                    .as("%s", none)
                    .isEqualTo("refused");
        }
        hall.allowed = List.of("device:i*o");
        JsonNode refused = hall.ask("b", "device:write", "x");
        assertThat(refused.get("status").asText()).isEqualTo("refused");
        assertThat(refused.get("error").asText())
                .isEqualTo("device:write: not allowed; headgate.uplink-cloud.cfg says in its key commands what is");
        assertThat(refused.has("exit")).isFalse();
        assertThat(write.calls).isEmpty();
        assertThat(info.calls).isEmpty();
        assertThat(hall.ask("c", "device:info").get("status").asText()).isEqualTo("done");
        assertThat(hall.commands.unknown(List.of("device:*", "*", "device:ifno", "rule:*")))
                .containsExactly("device:ifno", "rule:*");
    }

    @Test
    void aRepeatGetsTheFirstAnswerAndIsNotRunAlsoAfterARestartAndWhenItIsLate() {
        FakeCommand write = hall.command("device:write", call -> {
            call.out().println("written");
            return 0;
        });
        MemoryStorage disk = new MemoryStorage();
        hall.start(disk);
        JsonNode first = hall.ask("1", "device:write", "boiler");
        String repeat = hall.request("1", "device:write", "other");
        assertThat(hall.ask("1", "device:write", "boiler")).isEqualTo(first);
        hall.start(disk.crash(1));
        hall.system.advance(Duration.ofHours(1));
        hall.send(repeat, "", NONE);
        assertThat(hall.last()).isEqualTo(first);
        assertThat(write.calls).hasSize(1);
    }

    @Test
    void whatWasUnderWayWhenTheGatewayStoppedIsNotRunAgain() {
        FakeCommand write = hall.command("device:write", call -> {
            throw new HangingCalls.Hanging();
        });
        MemoryStorage disk = new MemoryStorage();
        hall.start(disk);
        hall.send("1", "device:write");
        assertThat(hall.answers).isEmpty();
        assertThat(write.calls).hasSize(1);
        hall.start(disk.crash(1));
        JsonNode answer = hall.ask("1", "device:write");
        assertThat(answer.toString())
                .isEqualTo("{\"id\":\"1\",\"status\":\"failed\",\"error\":"
                        + "\"may have been done: the gateway stopped meanwhile\"}");
        assertThat(write.calls).hasSize(1);
    }

    @Test
    void whatComesLateIsRefusedWithHowLate() {
        FakeCommand info = hall.look("device:info", call -> 0);
        String request = hall.request("1", "device:info");
        hall.system.advance(Duration.ofSeconds(42));
        hall.send(request, "", NONE);
        assertThat(hall.last().get("status").asText()).isEqualTo("refused");
        assertThat(hall.last().get("error").asText()).isEqualTo("expired 12s ago");
        assertThat(info.calls).isEmpty();
    }

    /** Nobody knows what is late then; to look harms nobody, and is how one finds out why the clock is not set. */
    @Test
    void whileTheClockIsNotSetOnlyWhatChangesNothingRuns() {
        FakeCommand write = hall.command("device:write", call -> 0);
        hall.look("device:info", call -> 0);
        String late = hall.request("1", "device:info");
        hall.system.advance(Duration.ofHours(1));
        hall.system.clockSet(false);
        JsonNode refused = hall.ask("2", "device:write");
        assertThat(refused.get("status").asText()).isEqualTo("refused");
        assertThat(refused.get("error").asText()).contains("clock is not set");
        assertThat(write.calls).isEmpty();
        hall.send(late, "", NONE);
        assertThat(hall.last().get("status").asText()).isEqualTo("done");
    }

    @Test
    void muchOutputIsCutBetweenTwoCharactersAndSaysSo() {
        hall.command("device:info", call -> {
            call.out().print("x" + "ä".repeat(100_000));
            return 0;
        });
        JsonNode answer = hall.ask("1", "device:info");
        assertThat(answer.get("cut").asBoolean()).isTrue();
        assertThat(answer.get("output").asText())
                .startsWith("xää")
                .endsWith("ä\n[cut: 65535 of 200001 bytes]\n")
                .doesNotContain("\uFFFD");
        hall.command("device:list", call -> {
            call.out().print("xx" + "€".repeat(100_000));
            return 0;
        });
        assertThat(hall.ask("2", "device:list").get("output").asText())
                .endsWith("€\n[cut: 65534 of 300002 bytes]\n")
                .doesNotContain("\uFFFD");
    }

    @Test
    void whatRunsUntilItIsInterruptedNeedsAnEnd() {
        Signature watch = Signature.of("rule:watch", "Test.")
                .option("--count N", "rows")
                .option("--every DURATION", "x")
                .untilInterrupted();
        FakeCommand command = hall.command(watch, call -> 0);
        JsonNode refused = hall.ask("1", "rule:watch", "--every", "1s");
        assertThat(refused.get("status").asText()).isEqualTo("refused");
        assertThat(refused.get("error").asText()).endsWith("(expected: --count)");
        assertThat(command.calls).isEmpty();
        assertThat(hall.ask("2", "rule:watch", "--count", "3").get("status").asText())
                .isEqualTo("done");
        assertThat(hall.ask("3", "rule:watch", "--count=3").get("status").asText())
                .isEqualTo("done");
    }

    @Test
    void whoeverCouldBeAskedIsNotThere() {
        hall.command("secret:set", call -> {
            assertThat(call.dialogue().isPresent()).isFalse();
            assertThat(call.confirm("sure?")).isEmpty();
            return 0;
        });
        assertThat(hall.ask("1", "secret:set").get("status").asText()).isEqualTo("done");
    }

    @Test
    void whatIsNoRequestIsCountedAndAnsweredWhereItHasAnId() {
        hall.send("nonsense", "", NONE);
        assertThat(hall.answers).isEmpty();
        hall.send("{\"id\":\"7\",\"command\":\"device:info\"}", "", NONE);
        assertThat(hall.last().get("id").asText()).isEqualTo("7");
        assertThat(hall.last().get("status").asText()).isEqualTo("refused");
        assertThat(hall.last().get("error").asText()).startsWith("expires: missing");
        assertThat(hall.commands.malformed("cloud")).isEqualTo(2);
    }

    @Test
    void aCommandWhoseBundleGoesIsNotThere() {
        FakeCommand info = hall.command("device:info", call -> 0);
        hall.ask("1", "device:info");
        hall.remove(info);
        JsonNode answer = hall.ask("2", "device:info");
        assertThat(answer.get("status").asText()).isEqualTo("refused");
        assertThat(answer.get("error").asText()).startsWith("no command device:info");
        assertThat(info.calls).hasSize(1);
    }

    @Test
    void theAuditMasksWhatIsSecret() {
        // The words are arguments of their own, so that the router's log sees and masks each.
        assertThat(ConsoleRun.arguments(new Request("1", "a:b", List.of("x", "password=y"), 0)))
                .containsEntry("command", "a:b")
                .containsEntry("word.001", "x")
                .containsEntry("word.002", "password=y");
    }

    /** The broker hands it out at each connection: a valve would open again and again. */
    @Test
    void aRetainedRequestIsRefused() {
        FakeCommand write = hall.command("device:write", call -> 0);
        byte[] request = hall.request("1", "device:write", "valve=open").getBytes(StandardCharsets.UTF_8);
        hall.send("cloud", new Incoming("headgate/gw-7/command", request, "", NONE, true));
        assertThat(hall.last().get("status").asText()).isEqualTo("refused");
        assertThat(hall.last().get("error").asText()).startsWith("retained (expected: published without retain");
        assertThat(write.calls).isEmpty();
        assertThat(hall.commands.malformed("cloud")).isEqualTo(1);
        assertThat(hall.commands.malformed("other")).isZero();
    }

    @Test
    void whatChangesSomethingExpiresSoonAndWhatLooksWhenItWill() {
        FakeCommand write = hall.command("device:write", call -> 0);
        hall.look("device:info", call -> 0);
        String year = "\"expires\":" + (hall.system.epochNanos() / 1_000_000 + 365L * 24 * 3600 * 1000) + "}";
        hall.send("{\"id\":\"1\",\"command\":\"device:write\"," + year, "", NONE);
        assertThat(hall.last().get("status").asText()).isEqualTo("refused");
        assertThat(hall.last().get("error").asText()).startsWith("expires in 365d (expected: at most 10m ahead");
        assertThat(write.calls).isEmpty();
        hall.send("{\"id\":\"2\",\"command\":\"device:info\"," + year, "", NONE);
        assertThat(hall.last().get("status").asText()).isEqualTo("done");
    }

    /** By mqtts://broker and mqtts://broker:8883, or by any two names. */
    @Test
    void whatComesByTwoUplinksRunsOnceWhereBothAllowIt() {
        FakeCommand write = hall.command("device:write", call -> 0);
        byte[] request = hall.request("1", "device:write", "valve=open").getBytes(StandardCharsets.UTF_8);
        Incoming message = new Incoming("headgate/gw-7/command", request, "", NONE);
        hall.send("one", message);
        hall.send("other", message);
        assertThat(write.calls).containsExactly("cloud:one valve=open");
        assertThat(hall.last().get("status").asText()).isEqualTo("done");
        assertThat(hall.last().get("note").asText()).contains("another uplink");
        hall.allowed = List.of("device:info");
        hall.send("third", message);
        assertThat(hall.last().get("status").asText()).isEqualTo("refused");
    }
}
