package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.payload.json.JsonFormat;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.UplinkStatus;
import org.junit.jupiter.api.Test;

/** Whoever floods a gateway with requests neither fills its memory with answers nor keeps its rows from going out. */
class AnswersTest {
    private static final String COMMANDS = "headgate/gw-1/command";
    private static final int MOST = 64;

    private final Site site = new Site(new JsonFormat());

    AnswersTest() {
        site.commands = Optional.of(new Echo());
    }

    /** Answers each request at once with its own text. */
    private static final class Echo implements RemoteCommands {
        @Override
        public void received(Source from, Incoming request, Consumer<RemoteCommands.Reply> answers) {
            answers.accept(new FakeReply("answers", request.payload()));
        }

        @Override
        public long malformed(String uplink) {
            return 7;
        }

        @Override
        public List<String> unknown(List<String> allowed) {
            return List.of();
        }
    }

    private long answers() {
        return site.server.received.stream()
                .filter(text -> text.startsWith("answers "))
                .count();
    }

    @Test
    void whileTheServerIsMuteAFewAnswersWaitAndRowsFlowWhenItIsNot() {
        site.server.mute = true;
        site.uplink("commands", "*");
        site.seconds(1);
        for (int i = 0; i < 10_000; i++) {
            site.server.push(COMMANDS, "x");
        }
        site.seconds(1);
        assertThat(answers()).isLessThanOrEqualTo(site.server.window);
        site.server.received.clear();
        site.server.mute = false;
        site.publish("boiler", 100);
        site.seconds(90);
        assertThat(Site.numbers(site.server.received)).hasSize(100);
        assertThat(answers()).isBetween(1L, (long) MOST);
    }

    @Test
    void manyLongAnswersWaitAsLongAsTheyAreNotTooMuchTogether() {
        Answers answers = new Answers();
        byte[] part = new byte[Answers.MOST_BYTES / 4];
        for (int i = 0; i < 10; i++) {
            answers.add(new FakeReply("answers/" + i, part));
        }
        assertThat(next(answers)).contains("answers/7");
        assertThat(next(answers)).contains("answers/8");
        assertThat(answers.lost()).isEqualTo(7);
        // Even what is too much by itself is answered.
        answers.add(new FakeReply("long", new byte[Answers.MOST_BYTES + 1]));
        assertThat(next(answers)).contains("long");
        assertThat(answers.next(false)).isEmpty();
    }

    private static Optional<String> next(Answers answers) {
        return answers.next(false).map(reply -> reply.within(Long.MAX_VALUE).topic());
    }

    @Test
    void whatNobodyHearsIsCounted() {
        site.server.mute = true;
        Uplink uplink = site.uplink("commands", "*");
        site.seconds(1);
        for (int i = 0; i < MOST + 3; i++) {
            site.server.push(COMMANDS, "x");
        }
        site.server.pushTooLong(COMMANDS);
        site.seconds(1);
        assertThat(uplink.status().ignored()).isEqualTo(new UplinkStatus.Ignored(7, 3, 1));
    }

    @Test
    void anAnswerIsCutToWhatTheLinkTakes() {
        site.server.limit = 20;
        site.uplink("commands", "*");
        site.seconds(1);
        site.server.push(COMMANDS, "x".repeat(100));
        site.seconds(1);
        assertThat(site.server.received).containsExactly("answers " + "x".repeat(13));
    }

    /** A server may take less than it says, or say nothing at all (MQTT 3.1.1). */
    @Test
    void inThePlaceOfAnAnswerThatTheServerRefusesAShortOneSaysWhyOnce() {
        site.server.poison = "xxx";
        site.uplink("commands", "*");
        site.seconds(1);
        site.server.push(COMMANDS, "x".repeat(100));
        site.server.push(COMMANDS, "y");
        site.seconds(1);
        assertThat(site.server.received).containsExactlyInAnyOrder("answers too large", "answers y");
        // Where the short one is refused, too, there is no further one.
        site.server.received.clear();
        site.server.poison = "answers";
        site.server.push(COMMANDS, "z");
        site.seconds(1);
        assertThat(site.server.received).isEmpty();
        assertThat(site.server.sent).isLessThan(10);
    }

    /** Whoever asks names the topic of the answer: no topic at which the server fails ends the link. */
    @Test
    void anAnswerAtWhichTheServerFailsGivesWayToAShortOneOnce() {
        site.server.fails = text -> text.contains("xxx");
        site.uplink("commands", "*");
        site.seconds(1);
        site.server.push(COMMANDS, "x".repeat(100));
        site.server.push(COMMANDS, "y");
        site.seconds(1);
        assertThat(site.server.received)
                .containsExactlyInAnyOrder("answers reason code 0x83 of the PUBACK", "answers y");
        site.server.received.clear();
        site.server.fails = text -> text.startsWith("answers");
        site.server.push(COMMANDS, "z");
        site.seconds(60);
        assertThat(site.server.received).isEmpty();
        assertThat(site.server.sent).isEqualTo(5);
        assertThat(site.server.opened).isEqualTo(1);
    }

    @Test
    void rowsGoBetweenAnswersThatNeverEndAlsoOneAtATime() {
        for (int window : List.of(1, 5)) {
            Site busy = new Site(new JsonFormat());
            busy.commands = site.commands;
            busy.server.window = window;
            busy.uplink("commands", "*", "commit", "10ms");
            busy.seconds(1);
            for (int i = 0; i < 100; i++) {
                busy.publish("boiler", 1);
                for (int request = 0; request < 100; request++) {
                    busy.server.push(COMMANDS, "x".repeat(1000));
                }
                busy.system.advance(Duration.ofMillis(100));
            }
            assertThat(Site.numbers(busy.server.received).size())
                    .as("rows that arrived, window %d", window)
                    .isGreaterThan(95);
            assertThat(busy.server.received.stream()
                            .filter(text -> text.startsWith("answers "))
                            .count())
                    .isGreaterThan(100);
        }
    }

    @Test
    void anAnswerNeedsNoRowToGo() {
        site.uplink("commands", "*");
        site.seconds(1);
        for (int i = 0; i < 30; i++) {
            site.server.push(COMMANDS, "x");
        }
        site.seconds(1);
        assertThat(answers()).isEqualTo(30);
    }
}
