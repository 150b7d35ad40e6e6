package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.payload.json.JsonFormat;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.Route;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;

/** What is sent, in which order, in which pieces; and what a format's session may do. */
class SendingTest {
    private Site site = new Site(new JsonFormat());

    private static List<Long> range(long from, int count) {
        return LongStream.range(from, from + count).boxed().toList();
    }

    @Test
    void whatMattersMoreHasALogOfItsOwnAndGoesFirst() {
        site.server.up = false;
        site.uplink("priority.high", "alarm-*", "priority.low", "vibration");
        site.publish("vibration", 3);
        site.publish("boiler", 3);
        site.publish("alarm-hot", 3);
        site.seconds(1);
        assertThat(site.flow("outbox:cloud/high").queued()).isEqualTo(3);
        assertThat(site.flow("outbox:cloud").queued()).isEqualTo(3);
        assertThat(site.flow("outbox:cloud/low").queued()).isEqualTo(3);
        site.server.up = true;
        site.seconds(60);
        assertThat(Site.numbers(site.server.received)).containsExactly(6L, 7L, 8L, 3L, 4L, 5L, 0L, 1L, 2L);
        assertThat(site.flow("outbox:cloud/low").passed()).isEqualTo(3);
    }

    @Test
    void aBatchThatIsTooLargeGoesInPiecesThatAllArrive() {
        site.uplink("batch.max-bytes", "400");
        site.publish("boiler", 100);
        site.seconds(5);
        assertThat(site.server.received).hasSizeGreaterThan(8).allMatch(message -> message.contains("\"part\":"));
        assertThat(site.server.received).doesNotHaveDuplicates().allMatch(message -> message.length() < 450);
        assertThat(Site.numbers(site.server.received)).isEqualTo(range(0, 100));
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(100);
    }

    @Test
    void aBatchInPiecesPassesOverLinksNoneOfWhichHoldsForAllOfThem() {
        site.server.breaksAfter = 3;
        site.uplink("batch.max-bytes", "400");
        site.publish("boiler", 100);
        site.seconds(120);
        assertThat(site.server.opened).isGreaterThan(3);
        assertThat(Site.numbers(site.server.received)).containsAll(range(0, 100));
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(100);
        assertThat(site.flow("outbox:cloud").droppedRows()).isZero();
        // What was on its way when a link broke comes again; what was acknowledged does not.
        assertThat(site.server.received.size()
                        - site.server.received.stream().distinct().count())
                .isLessThanOrEqualTo((long) site.server.opened * site.server.window);
    }

    @Test
    void theServersOwnLimitCountsToo() {
        site.server.limit = 300;
        site.uplink();
        site.publish("boiler", 20);
        site.seconds(5);
        assertThat(Site.numbers(site.server.received)).isEqualTo(range(0, 20));
        assertThat(site.server.received).allMatch(message -> message.length() <= 301);
    }

    @Test
    void aRefusedBatchIsCutUntilOnlyTheRowAtFaultIsLeft() {
        site.server.poison = "\"n\":37}";
        site.uplink();
        site.publish("boiler", 100);
        site.seconds(5);
        List<Long> good = new ArrayList<>(range(0, 100));
        good.remove(37);
        assertThat(Site.numbers(site.server.received)).containsExactlyInAnyOrderElementsOf(good);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(99);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 1L);
        site.server.poison = "nothing";
        site.publish("boiler", 1);
        site.seconds(1);
        // The next batch of the stream says what is missing.
        assertThat(site.server.received.get(site.server.received.size() - 1)).contains("\"dropped\":{\"refused\":1}");
    }

    @Test
    void aRowOnWhichTheServerHangsUpIsFoundAndCostsNoOther() {
        site.server.deadly = "\"n\":5}";
        site.uplink();
        site.publish("boiler", 10);
        for (int minute = 0; minute < 60 && site.flow("outbox:cloud").queued() > 0; minute++) {
            site.seconds(60);
        }
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(9);
        assertThat(site.flow("outbox:cloud").dropped()).containsEntry("refused", 1L);
        site.server.deadly = "nothing";
        site.publish("boiler", 5);
        site.seconds(10);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(14);
    }

    @Test
    void compressesWhereThatIsSmaller() {
        List<Integer> sizes = new ArrayList<>();
        site = new Site(new Numbers(session -> {}) {
            @Override
            public List<Message> encode(OutboxBatch batch, Route route) {
                byte[] payload = "same text again ".repeat(batch.rows().size()).getBytes(StandardCharsets.UTF_8);
                sizes.add(payload.length);
                return List.of(route.message(payload, "text/plain"));
            }
        });
        site.uplink("gzip", "true");
        site.publish("boiler", 1);
        site.seconds(1);
        site.publish("boiler", 200);
        site.seconds(2);
        assertThat(site.server.received.get(0)).endsWith("same text again ");
        assertThat(site.server.received.get(1)).hasSizeLessThan(sizes.get(1) / 4);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(201);
    }

    @Test
    void whatIsOverTheBudgetIsDroppedCountedAndReportedButNoAlarm() {
        site.uplink("budget", "15kB/month", "priority.high", "alarm-*");
        for (int i = 0; i < 200; i++) {
            site.publish("boiler", 1);
            site.publish("alarm-hot", 1);
            site.seconds(1);
        }
        assertThat(site.flow("outbox:cloud/high").passed()).isEqualTo(200);
        var flow = site.flow("outbox:cloud");
        assertThat(flow.dropped().get("budget")).isPositive();
        assertThat(flow.passed() + flow.dropped().get("budget")).isEqualTo(200);
        assertThat(site.status().budgetBytes()).isEqualTo(15_000);
        // A day of thirty at least, and the first days of the month that this clock begins in.
        assertThat(site.status().budgetUsed()).isBetween(2_000L, 15_000L);
        site.system.advance(java.time.Duration.ofDays(1));
        site.publish("boiler", 1);
        site.seconds(1);
        assertThat(site.server.received.get(site.server.received.size() - 1)).contains("\"dropped\":{\"budget\":");
    }

    /** A format that is being replaced fails for a moment: what is on its way meanwhile is not sent again by the same link. */
    @Test
    void whatIsOnItsWayIsNotSentTwiceWhenReadingFails() {
        boolean[] broken = new boolean[1];
        site = new Site(new Numbers(session -> {}) {
            @Override
            public List<Message> encode(OutboxBatch batch, Route route) {
                if (broken[0]) {
                    throw new NoClassDefFoundError("the bundle is being replaced");
                }
                return super.encode(batch, route);
            }
        });
        site.uplink();
        site.seconds(1);
        site.server.mute = true;
        site.publish("boiler", 1);
        site.seconds(1);
        broken[0] = true;
        site.publish("boiler", 1);
        site.seconds(3);
        broken[0] = false;
        site.seconds(3);
        assertThat(site.server.received).containsExactly("headgate/gw-1/boiler 0");
        site.server.mute = false;
        site.seconds(80);
        assertThat(site.flow("outbox:cloud").passed()).isEqualTo(2);
    }

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
            public void received(Source from, Incoming request, Consumer<Message> answers) {
                asked.add(from.uplink() + " " + from.allowed() + " " + new String(request.payload()));
                answers.accept(message("answer"));
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
        List<Consumer<Message>> waiting = new ArrayList<>();
        site.commands = Optional.of(new RemoteCommands() {
            @Override
            public void received(Source from, Incoming request, Consumer<Message> answers) {
                waiting.add(answers);
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
        waiting.get(0).accept(message("answer"));
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

    /** Writes the numbers of rows; its sessions do what a test wants. */
    private static class Numbers implements PayloadFormat {
        private final Consumer<Session> made;

        Numbers(Consumer<Session> made) {
            this.made = made;
        }

        @Override
        public String name() {
            return "json";
        }

        @Override
        public PayloadSession open(PayloadSettings settings, Outlet outlet) {
            Session session = new Session(this, outlet);
            made.accept(session);
            return session;
        }

        List<Message> encode(OutboxBatch batch, Route route) {
            String text = String.join(
                    " ", batch.rows().stream().map(row -> "" + row.asLong(0)).toList());
            return List.of(route.message(text.getBytes(StandardCharsets.UTF_8), ""));
        }

        static final class Session implements PayloadSession {
            final Outlet outlet;
            final List<String> heard = new ArrayList<>();
            List<Message> births = List.of();
            boolean closed;
            private final Numbers format;

            Session(Numbers format, Outlet outlet) {
                this.format = format;
                this.outlet = outlet;
            }

            @Override
            public List<Message> encode(OutboxBatch batch, Route route) {
                return format.encode(batch, route);
            }

            @Override
            public List<String> subscriptions() {
                return births.isEmpty() ? List.of("wanted/#") : List.of();
            }

            @Override
            public List<Message> births(long messageLimit) {
                return births;
            }

            @Override
            public void received(Incoming message) {
                heard.add(message.topic() + " " + new String(message.payload(), StandardCharsets.UTF_8));
            }

            @Override
            public void close() {
                closed = true;
            }
        }
    }
}
