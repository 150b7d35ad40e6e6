package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.headgate.payload.json.JsonFormat;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

/** What goes over a link beside batches: births, wills, what a format's session says and hears, commands. */
class SessionTest {
    private Site site = new Site(new JsonFormat());

    @Test
    void tellsThatItIsThereAndLeavesAWill() {
        Uplink uplink = site.uplink();
        site.seconds(1);
        assertThat(site.server.states).singleElement().asString().contains("\"state\":\"online\"");
        Message will = site.server.will.orElseThrow();
        assertThat(will.topic()).isEqualTo("headgate/gw-1/state");
        assertThat(will.retain()).isTrue();
        assertThat(new String(will.payload(), StandardCharsets.UTF_8)).contains("\"state\":\"offline\"");
        site.registry.remove(uplink);
        uplink.close();
        assertThat(site.server.states).hasSize(2);
        assertThat(site.server.states.get(1)).contains("\"state\":\"offline\"");
    }

    @Test
    void tellsNothingWhereThatIsNotWanted() {
        site.uplink("state.topic", "none");
        site.seconds(1);
        assertThat(site.server.states).isEmpty();
        assertThat(site.server.will).isEmpty();
        assertThat(site.status().state()).isEqualTo(State.ONLINE);
    }

    @Test
    void batchesWaitForTheBirthsOfTheFormat() {
        site = new Site(new Numbers(session -> session.births = List.of(message("birth"), message("birth-2"))));
        site.uplink();
        site.publish("boiler", 1);
        site.seconds(1);
        assertThat(site.server.received).containsExactly("t birth", "t birth-2", "headgate/gw-1/boiler 0");
        assertThat(site.server.states).isEmpty();
    }

    /** A session that has to wait for its disk, or for a host, has no births when the link opens. */
    private void bornLater() {
        site = new Site(new Numbers(session -> {
            session.outlet.ready(false);
            session.outlet.births(() -> {
                session.outlet.ready(true);
                return List.of(message("birth"));
            });
        }));
    }

    @Test
    void batchesWaitForBirthsThatComeLater() {
        bornLater();
        site.server.mute = true;
        site.uplink();
        site.publish("boiler", 1);
        site.seconds(5);
        assertThat(site.server.received).containsExactly("t birth");
        site.server.mute = false;
        site.server.down();
        site.server.up = true;
        site.seconds(5);
        assertThat(site.server.received).containsExactly("t birth", "t birth", "headgate/gw-1/boiler 0");
    }

    @Test
    void aServerThatRefusesBirthsThatComeLaterIsLeft() {
        bornLater();
        site.server.poison = "birth";
        site.uplink();
        site.publish("boiler", 1);
        site.seconds(5);
        assertThat(site.server.received).isEmpty();
        assertThat(site.status().state()).isEqualTo(State.OFFLINE);
        assertThat(site.status().detail()).contains("t (5 bytes) refused: too large");
    }

    @Test
    void aSessionCanHoldBatchesBackSpeakByItselfAndAskForAnotherLink() {
        List<Numbers.Session> sessions = new ArrayList<>();
        site = new Site(new Numbers(sessions::add));
        site.uplink();
        site.seconds(1);
        Numbers.Session first = sessions.get(sessions.size() - 1);
        first.outlet.ready(false);
        site.publish("boiler", 1);
        site.seconds(10);
        assertThat(site.server.received).isEmpty();
        first.outlet.send(() -> List.of(message("said")));
        site.seconds(1);
        assertThat(site.server.received).containsExactly("t said");
        first.outlet.ready(true);
        site.seconds(1);
        assertThat(site.server.received).hasSize(2);
        int opened = site.server.opened;
        first.outlet.reconnect("asked");
        site.seconds(2);
        assertThat(site.server.opened).isEqualTo(opened + 1);
        // A session that has ended is not heard any more.
        first.outlet.send(() -> List.of(message("too late")));
        site.seconds(1);
        assertThat(site.server.received).doesNotContain("t too late");
        assertThat(first.closed).isTrue();
    }

    /** The death of a device, say: its host would take it for alive until the next one. */
    @Test
    void whereTheServerFailsAtWhatASessionSaysAnotherOneBegins() {
        List<Numbers.Session> sessions = new ArrayList<>();
        site = new Site(new Numbers(sessions::add));
        site.uplink();
        site.seconds(1);
        int before = sessions.size();
        int opened = site.server.opened;
        site.server.fails = text -> text.endsWith("said");
        sessions.get(before - 1).outlet.send(() -> List.of(message("said")));
        site.publish("boiler", 1);
        site.seconds(60);
        assertThat(site.server.opened).isEqualTo(opened + 1);
        assertThat(sessions).hasSize(before + 1);
        assertThat(sessions.get(before - 1).closed).isTrue();
        assertThat(site.status().state()).isEqualTo(State.ONLINE);
        assertThat(Set.copyOf(site.server.received)).containsExactly("headgate/gw-1/boiler 0");
    }

    @Test
    void aSessionHearsWhatItHasAskedFor() {
        List<Numbers.Session> sessions = new ArrayList<>();
        site = new Site(new Numbers(sessions::add));
        site.uplink();
        site.seconds(1);
        assertThat(site.server.subscribed).containsExactly("wanted/#");
        site.server.push("wanted/x", "news");
        site.seconds(1);
        assertThat(sessions.get(sessions.size() - 1).heard).containsExactly("wanted/x news");
    }

    @Test
    void commandsGoToWhoeverCarriesThemOutAndAnswersComeBack() {
        List<String> asked = new ArrayList<>();
        site.commands = Optional.of(new RemoteCommands() {
            @Override
            public void received(Source from, Incoming request, Consumer<RemoteCommands.Reply> answers) {
                asked.add(from.uplink() + " " + from.allowed() + " " + new String(request.payload()));
                answers.accept(reply("answer"));
            }

            @Override
            public long malformed(String uplink) {
                return 0;
            }

            @Override
            public List<String> unknown(List<String> allowed) {
                return List.of();
            }
        });
        site.uplink("commands", "device:info");
        site.seconds(1);
        assertThat(site.server.subscribed).containsExactly("headgate/gw-1/command");
        site.server.push("headgate/gw-1/command", "{}");
        site.seconds(1);
        assertThat(asked).containsExactly("cloud [device:info] {}");
        assertThat(site.server.received).containsExactly("t answer");
    }

    /** A command may change the file of the uplink through which it came. */
    @Test
    void anAnswerThatComesWhenItsUplinkHasGoneIsGivenByTheNextOne() {
        List<Consumer<RemoteCommands.Reply>> waiting = new ArrayList<>();
        site.commands = Optional.of(new RemoteCommands() {
            @Override
            public void received(Source from, Incoming request, Consumer<RemoteCommands.Reply> answers) {
                waiting.add(answers);
            }

            @Override
            public long malformed(String uplink) {
                return 0;
            }

            @Override
            public List<String> unknown(List<String> allowed) {
                return List.of();
            }
        });
        Uplink first = site.uplink("commands", "uplink:set");
        site.seconds(1);
        site.server.push("headgate/gw-1/command", "{}");
        site.seconds(1);
        site.registry.remove(first);
        first.close();
        waiting.get(0).accept(reply("answer"));
        site.uplink("commands", "uplink:set");
        site.seconds(1);
        assertThat(site.server.received).containsExactly("t answer");
    }

    @Test
    void withoutAnAllowListNoCommandIsEvenHeard() {
        site.uplink();
        site.seconds(1);
        assertThat(site.server.subscribed).isEmpty();
    }

    private static Message message(String text) {
        return Message.of("t", text.getBytes(StandardCharsets.UTF_8), "");
    }

    private static FakeReply reply(String text) {
        return new FakeReply("t", text.getBytes(StandardCharsets.UTF_8));
    }
}
