package org.headgate.uplink.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who asks for too much behind a broker is refused, and harms nobody else. */
class BrokerFloodTest {
    private final Hall hall = new Hall();

    /** What goes back with each answer could fill the memory while answers wait. */
    @Test
    void whoeverWantsMuchBackIsRefused() {
        FakeCommand info = hall.command("device:info", call -> 0);
        hall.send(hall.request("1", "device:info"), "me/answers", new byte[1024]);
        assertThat(hall.answers.get(0).correlation()).hasSize(1024);
        hall.send(hall.request("2", "device:info"), "me/answers", new byte[1025]);
        assertThat(hall.last().get("status").asText()).isEqualTo("refused");
        assertThat(hall.last().get("error").asText())
                .isEqualTo("correlation data: 1025 bytes (expected: at most 1024)");
        assertThat(hall.answers.get(1).correlation()).isEmpty();
        assertThat(hall.commands.malformed("cloud")).isEqualTo(1);
        assertThat(info.calls).hasSize(1);
    }

    @Test
    void fourRunAtATimeAFewWaitAWhileAndTheOthersAreRefused() {
        FakeCommand slow = hall.command("device:info", call -> {
            throw new HangingCalls.Hanging();
        });
        for (int i = 0; i < 4 + 16 + 1; i++) {
            hall.send("id-" + i, "device:info");
            hall.system.advance(Duration.ofMillis(100));
        }
        assertThat(slow.calls).hasSize(4);
        assertThat(hall.answers).hasSize(1);
        assertThat(hall.last().get("id").asText()).isEqualTo("id-20");
        assertThat(hall.last().get("error").asText()).startsWith("too many commands at once");
        hall.system.advance(ConsoleRun.PATIENCE);
        assertThat(hall.answers)
                .hasSize(1 + 16)
                .allSatisfy(answer ->
                        assertThat(Hall.json(answer).get("status").asText()).isEqualTo("refused"));
        // Then they are told to end, and do not: they keep their places until they come back.
        hall.system.advance(Duration.ofSeconds(60));
        assertThat(hall.answers).hasSize(1 + 16 + 4);
        assertThat(hall.last().get("status").asText()).isEqualTo("failed");
        assertThat(hall.last().get("error").asText()).startsWith("no end within 50s");
        FakeCommand quick = hall.command("device:list", call -> 0);
        hall.send("next", "device:list");
        assertThat(quick.calls).isEmpty();
    }

    @Test
    void aFloodOfOneCommandIsRefusedAndStarvesNoOther() {
        FakeCommand write = hall.command("device:write", call -> 0);
        hall.command("device:info", call -> 0);
        for (int i = 0; i < 100; i++) {
            hall.send("id-" + i, "device:write");
            hall.send("no-" + i, "no:command" + i);
        }
        assertThat(write.calls).hasSize(20);
        assertThat(hall.last().get("error").asText()).startsWith("too many commands: at most 10/s");
        assertThat(hall.ask("other", "device:info").get("status").asText()).isEqualTo("done");
    }

    @Test
    void theLogSaysOnceAMinuteHowManyCouldNotBeRead() {
        Malformed malformed = new Malformed(hall.system);
        assertThat(malformed.count("cloud", "x")).isTrue();
        assertThat(malformed.count("cloud", "x")).isFalse();
        assertThat(malformed.count("other", "x")).isTrue();
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(malformed.count("cloud", "x")).isTrue();
        assertThat(malformed.of("cloud")).isEqualTo(3);
    }
}
