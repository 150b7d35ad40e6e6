package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Search;
import org.junit.jupiter.api.Test;

/** A search shares its bus with the devices, and does not outlive the wish for it. */
class SearchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();
    private final Commissioner commissioner = new Commissioner(hall.registry);

    @Test
    void aSearchThatTakesAsLongAsItMayKeepsTheBusUntilItReturns() {
        long[] searchedUntil = new long[1];
        int[] collisions = new int[1];
        driver.bus = "line-1";
        driver.onRead = device -> collisions[0] += hall.system.monotonicNanos() < searchedUntil[0] ? 1 : 0;
        searches(found -> {
            Duration atLast = PATIENCE.plusMillis(300);
            searchedUntil[0] = hall.system.monotonicNanos() + atLast.toNanos();
            hall.system.spend(atLast);
            found.accept(Discovered.device("a", "1", "one"));
        });
        hall.add("x", "poll", "100ms");
        CompletableFuture<Discoveries> answer = discover();
        hall.system.advance(PATIENCE.plus(PlaceSearch.MARGIN));
        assertThat(answer.join().failures()).isEmpty();
        assertThat(collisions[0]).as("reads while the search was on the line").isZero();
        assertThat(hall.last("x").timeNanos())
                .as("the bus was given back")
                .isGreaterThan(hall.system.epochNanos() - 300_000_000L);
    }

    @Test
    void aSearchThatHangsGivesTheBusBackInTheEnd() {
        driver.bus = "line-1";
        searches(found -> hall.system.spend(Duration.ofHours(1)));
        hall.add("x", "poll", "100ms");
        discover();
        hall.system.advance(PATIENCE.plus(PlaceSearch.MARGIN).plusSeconds(1));
        assertThat(hall.last("x").timeNanos()).isGreaterThan(hall.system.epochNanos() - 300_000_000L);
    }

    @Test
    void aCancelledSearchIsInterruptedAndCanTellNothingMore() {
        boolean[] seen = new boolean[2];
        CompletableFuture<?>[] mine = new CompletableFuture<?>[1];
        searches(found -> {
            mine[0].cancel(true);
            seen[0] = Thread.currentThread().isInterrupted();
            assertThatThrownBy(() -> found.accept(Discovered.device("a", "1", "one")))
                    .isInstanceOf(CancellationException.class);
            seen[1] = true;
        });
        mine[0] = asked();
        hall.system.run();
        assertThat(seen).containsExactly(true, true);
        assertThat(Thread.interrupted())
                .as("left for the next call of the thread")
                .isFalse();
    }

    @Test
    void aSearchThatIsCancelledWhileItWaitsForTheBusNeverBegins() {
        int[] begun = new int[1];
        driver.bus = "line-1";
        driver.onRead = device -> hall.system.spend(Duration.ofMillis(900));
        searches(found -> begun[0]++);
        // Two that want more than there is: one of them is always on the line.
        hall.add("x", "poll", "1s", "timeout", "3s");
        hall.add("y", "poll", "1s", "timeout", "3s");
        hall.system.advance(Duration.ofMillis(5100));
        long rows = hall.rows("x").size();
        CompletableFuture<Discoveries> answer = discover();
        assertThat(begun[0]).as("the bus is busy").isZero();
        answer.cancel(true);
        hall.system.advance(Duration.ofMinutes(1));
        assertThat(begun[0]).isZero();
        assertThat(hall.rows("x").size()).as("polls go on").isGreaterThan((int) rows + 10);
    }

    private void searches(Look look) {
        driver.discovery = Optional.of(look);
        hall.bind(driver);
    }

    private CompletableFuture<Discoveries> discover() {
        CompletableFuture<Discoveries> answer = asked();
        hall.system.run();
        return answer;
    }

    private CompletableFuture<Discoveries> asked() {
        return commissioner
                .discover(new Search("fake", "line-1", PATIENCE, Map.of()))
                .toCompletableFuture();
    }

    private interface Look extends Discovery {
        void at(Consumer<Discovered> found) throws IOException;

        @Override
        default String where() {
            return "a bus";
        }

        @Override
        default List<String> places() {
            return List.of("");
        }

        @Override
        default void search(DeviceSettings place, Consumer<Discovered> found) throws IOException {
            at(found);
        }
    }
}
