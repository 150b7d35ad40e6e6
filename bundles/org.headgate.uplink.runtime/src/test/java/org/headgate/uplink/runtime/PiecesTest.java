package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.headgate.payload.json.JsonFormat;
import org.junit.jupiter.api.Test;

/** Batches that go in pieces, because they are too large or because the server refuses some of their rows. */
class PiecesTest {
    private final Site site = new Site(new JsonFormat());

    private static List<Long> range(long from, int count) {
        return LongStream.range(from, from + count).boxed().toList();
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
        assertThat(Site.numbers(Site.deduplicated(site.server.received)))
                .containsExactlyInAnyOrderElementsOf(range(0, 100));
        // What was on its way when a link broke comes again; what was acknowledged does not.
        assertThat(site.server.received.size()
                        - site.server.received.stream().distinct().count())
                .isLessThanOrEqualTo((long) site.server.opened * site.server.window);
    }

    /** Each link carries one piece and breaks: that is work done, so the next one does not wait longer and longer. */
    @Test
    void aPieceThatArrivesEndsTheOutage() {
        site.server.breaksAfter = 1;
        site.server.window = 1;
        site.uplink("batch.max-bytes", "256", "state.topic", "none");
        site.publish("boiler", 500);
        site.seconds(60);
        assertThat(site.server.opened).isGreaterThan(100);
        assertThat(site.flow("outbox:cloud").droppedRows()).isZero();
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
}
