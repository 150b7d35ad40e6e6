package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.EffectiveSetting;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Search;
import org.junit.jupiter.api.Test;

/** What is there, and what counts. */
class CommissionerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();
    private final Commissioner commissioner = new Commissioner(hall.registry);

    @Test
    void readsTheChannelsThatWereAskedForAndNoOthers() {
        hall.bind(driver);
        hall.add("x");
        CompletableFuture<Row> answer =
                commissioner.read("x", List.of("level", "temperature")).toCompletableFuture();
        hall.system.run();
        assertThat(done(answer).asLong(2)).isEqualTo(7);
        assertThat(done(answer).quality(1)).isEqualTo(Quality.ABSENT);
        CompletableFuture<Row> mistyped =
                commissioner.read("x", List.of("levl")).toCompletableFuture();
        hall.system.run();
        assertThatThrownBy(() -> done(mistyped))
                .hasMessageContaining("no channel levl that can be read; did you mean level?");
    }

    @Test
    void saysOfEachSettingWhoSaysIt() {
        hall.registry.add(
                Hall.profile("meter", "poll", "5s", "channel.level", "level unit=m", "channel.flow", "f int16"));
        driver.bus = "line-1";
        hall.bind(driver);
        hall.add("x", "profile", "meter", "timeout", "300ms", "channel.level", "scale=0.1", "channel.more", "m");
        assertThat(told("x"))
                .containsExactly(
                        "driver = fake FILE",
                        "profile = meter FILE",
                        "timeout = 300ms FILE",
                        "enabled = true DEFAULT",
                        "poll = 5s PROFILE",
                        "bus = line-1 DRIVER",
                        "unit = 1 DRIVER",
                        "channel.temperature = temperature unit=Cel DRIVER",
                        "channel.pump = pump access=rw DRIVER",
                        "channel.level = level max=100 min=0 unit=m access=rw scale=0.1 FILE PROFILE DRIVER",
                        "channel.flow = f int16 PROFILE",
                        "channel.more = m FILE");
        assertThat(commissioner.settings("nobody")).isEmpty();
    }

    @Test
    void tellsAsMuchAsIsKnownOfAWrongFileWithoutADriver() {
        hall.add("x", "poll", "often", "channel.a", "s nonsense");
        assertThat(told("x"))
                .containsExactly(
                        "driver = fake FILE",
                        "poll = often FILE",
                        "enabled = true DEFAULT",
                        "timeout = 2s DEFAULT",
                        "channel.a = s nonsense FILE");
    }

    @Test
    void searchesEachPlaceOfTheDriverAndTellsWhatFailedBesideWhatWasFound() {
        driver.discovery = Optional.of(new Places(List.of("i2c-0", "i2c-1"), (place, found) -> {
            if (place.address().equals("i2c-0")) {
                throw new IOException("/dev/i2c-0 is missing: sudo raspi-config nonint do_i2c 0");
            }
            found.accept(Discovered.device("env", place.address() + "/0x76", "answers a read of one byte"));
        }));
        hall.bind(driver);
        Discoveries seen = done(discover(""));
        assertThat(seen.found()).extracting(Discovered::address).containsExactly("i2c-1/0x76");
        assertThat(seen.failures()).containsExactly("i2c-0: /dev/i2c-0 is missing: sudo raspi-config nonint do_i2c 0");
        assertThat(done(discover("i2c-1")).failures()).isEmpty();
    }

    @Test
    void whatWasFoundUntilThePatienceIsOverCounts() {
        driver.discovery = Optional.of(new Places(List.of(""), (place, found) -> {
            found.accept(Discovered.device("a", "1", "one"));
            hall.system.spend(Duration.ofMinutes(1));
        }));
        hall.bind(driver);
        CompletableFuture<Discoveries> answer = discover("");
        hall.system.advance(PATIENCE.plus(PlaceSearch.MARGIN));
        assertThat(done(answer).found()).extracting(Discovered::name).containsExactly("a");
        assertThat(done(answer).failures())
                .containsExactly("not searched to the end within 20s; --for gives it longer");
    }

    @Test
    void aSearchTakesItsTurnOnTheBusOfTheDevices() {
        driver.bus = "line-1";
        long[] busy = {0, 0};
        driver.onRead = device -> {
            busy[1] += hall.system.monotonicNanos() < busy[0] ? 1 : 0;
            hall.system.spend(Duration.ofMillis(80));
            busy[0] = hall.system.monotonicNanos() + 80_000_000L;
        };
        driver.discovery = Optional.of(new Places(List.of(""), (place, found) -> {
            busy[1] += hall.system.monotonicNanos() < busy[0] ? 1 : 0;
            hall.system.spend(Duration.ofMillis(500));
            busy[0] = hall.system.monotonicNanos() + 500_000_000L;
            found.accept(Discovered.device("a", "1", "one"));
        }));
        hall.bind(driver);
        hall.add("x", "poll", "100ms");
        for (int i = 0; i < 50; i++) {
            hall.system.advance(Duration.ofMillis(33));
            CompletableFuture<Discoveries> answer = discover("");
            hall.system.advance(Duration.ofSeconds(1));
            assertThat(done(answer).found()).hasSize(1);
        }
        assertThat(busy[1]).as("two on the line at once").isZero();
        hall.system.advance(Duration.ofSeconds(1));
        assertThat(hall.last("x").timeNanos())
                .as("the bus was given back")
                .isGreaterThan(hall.system.epochNanos() - 300_000_000L);
    }

    @Test
    void aFloodOfFindsIsCut() {
        driver.discovery = Optional.of(new Places(List.of("opc.tcp://press"), (place, found) -> {
            for (int i = 0; i < 1_000_000; i++) {
                found.accept(Discovered.device("n" + i, "", ""));
            }
        }));
        hall.bind(driver);
        Discoveries seen = done(discover(""));
        assertThat(seen.found()).hasSize(10_000);
        assertThat(seen.failures()).containsExactly("opc.tcp://press: there is more than 10000; search a part of it");
    }

    @Test
    void whoCannotSearchSaysSo() {
        assertThatThrownBy(() -> done(discover("")))
                .hasMessageContaining("driver fake is not installed: driver:install fake");
        hall.bind(driver);
        assertThatThrownBy(() -> done(discover("")))
                .hasMessageContaining("the driver fake cannot look for devices: device:add NAME fake ADDRESS");
        driver.discovery = Optional.of(new Places(List.of(""), (place, found) -> {
            throw new InvalidSettingException("address", place.address(), "a bus such as i2c-1");
        }));
        assertThat(done(discover("nowhere")).failures())
                .containsExactly("address: nowhere (expected: a bus such as i2c-1)");
    }

    private List<String> told(String device) {
        return commissioner.settings(device).stream()
                .map(CommissionerTest::line)
                .toList();
    }

    private static String line(EffectiveSetting setting) {
        StringBuilder line = new StringBuilder(setting.key() + " = " + setting.value());
        setting.origins().forEach(origin -> line.append(' ').append(origin));
        return line.toString();
    }

    /** The answer, which must be there. */
    private static <T> T done(CompletableFuture<T> answer) {
        assertThat(answer).isDone();
        return answer.join();
    }

    private CompletableFuture<Discoveries> discover(String address) {
        CompletableFuture<Discoveries> answer = commissioner
                .discover(new Search("fake", address, PATIENCE, Map.of()))
                .toCompletableFuture();
        hall.system.run();
        return answer;
    }

    private record Places(List<String> places, Look look) implements Discovery {
        @Override
        public String where() {
            return "a bus";
        }

        @Override
        public void search(DeviceSettings place, Consumer<Discovered> found)
                throws InvalidSettingException, IOException {
            look.at(place, found);
        }
    }

    private interface Look {
        void at(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException;
    }
}
