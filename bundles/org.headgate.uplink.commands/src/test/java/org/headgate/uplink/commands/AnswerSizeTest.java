package org.headgate.uplink.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands;
import org.junit.jupiter.api.Test;

/** A broker that takes small messages only gets small answers; no command is without one. */
class AnswerSizeTest {
    private final Hall hall = new Hall();

    private RemoteCommands.Reply reply() {
        return hall.replies.get(hall.replies.size() - 1);
    }

    private static long size(Message message) {
        return message.topic().length() + message.payload().length + message.correlation().length;
    }

    @Test
    void theOutputIsCutToWhatTheLinkTakesAndNoFurther() {
        // Quotes and line ends take two bytes in JSON, these letters two and four.
        String printed = "\"ä\n\uD83D\uDE00".repeat(2000);
        hall.command("device:info", call -> {
            call.out().print(printed);
            return 0;
        });
        hall.send(hall.request("1", "device:info"), "me/answers", new byte[100]);
        for (int limit = 400; limit < 440; limit++) {
            Message message = reply().within(limit);
            // The type of the content, and what no longer holds one more character.
            assertThat(size(message)).isBetween(limit - 30L, (long) limit);
            JsonNode answer = Hall.json(message);
            assertThat(answer.get("status").asText()).isEqualTo("done");
            assertThat(answer.get("cut").asBoolean()).isTrue();
            String output = answer.get("output").asText();
            assertThat(output).endsWith("\n[cut: the broker takes " + limit + " bytes a message]\n");
            assertThat(printed).startsWith(output.substring(0, output.indexOf("\n[cut:")));
        }
        assertThat(Hall.json(reply().within(Integer.MAX_VALUE)).has("cut")).isFalse();
    }

    @Test
    void whereNotEvenTheErrorFitsTheStatusIsAnswered() {
        hall.command("device:add", call -> call.fail("no driver ".repeat(100)));
        hall.send("1", "device:add");
        Message message = reply().within(300);
        assertThat(size(message)).isLessThanOrEqualTo(300);
        JsonNode answer = Hall.json(message);
        assertThat(answer.get("status").asText()).isEqualTo("failed");
        assertThat(answer.get("exit").asInt()).isEqualTo(1);
        assertThat(answer.get("error").asText())
                .startsWith("no driver ")
                .endsWith("the broker takes 300 bytes a message");
    }

    /** It was done all the same: whoever hears failed does it again. */
    @Test
    void inThePlaceOfARefusedAnswerStandsHowItEnded() {
        hall.command("device:info", call -> {
            call.out().print("x".repeat(1000));
            return 0;
        });
        hall.send("1", "device:info");
        assertThat(Hall.json(reply().insteadOf("too large")).toString())
                .isEqualTo("{\"id\":\"1\",\"status\":\"done\",\"exit\":0,\"output\":\"\",\"cut\":true,"
                        + "\"note\":\"the broker refuses the answer: too large\"}");
    }
}
