package org.headgate.driver.i2c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.context.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.headgate.chips.ChipChoice;
import org.headgate.chips.Pause;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class I2cDriverTest {
    private final FakeBus bus = new FakeBus();
    private final Context context = bus.context();
    private final List<Duration> pauses = new ArrayList<>();
    private final I2cDriver driver = driver((time, closed) -> pauses.add(time));

    @AfterEach
    void end() {
        context.shutdown();
    }

    private I2cDriver driver(Pause pause) {
        return new I2cDriver(context, bus, new ChipChoice(List.of(new FakeChipKind())), pause);
    }

    private static DeviceSettings device(String address, Map<String, String> options, Channel... channels) {
        return new DeviceSettings("d", address, Duration.ofSeconds(1), List.of(channels), options);
    }

    private static Channel channel(String source, String type) {
        return new Channel(
                "c" + source.replaceAll("\\W", ""), source, Type.LONG, "", Access.READ_WRITE, Map.of("type", type));
    }

    private static Object read(Connection connection, Channel channel) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(List.of(channel), readings);
        return readings.values.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "i2c-1/0x76, i2c-1/0x76",
        "I2C-1/0X76, i2c-1/0x76",
        "i2c-10/118, i2c-10/0x76",
        "i2c-0/8, i2c-0/0x08",
        "i2c-1/0x77, i2c-1/0x77"
    })
    void understandsAddresses(String text, String address) throws Exception {
        assertThat(I2cAddress.ofChip(text)).hasToString(address);
        assertThat(driver.bus(device(text, Map.of()))).isEqualTo(address.substring(0, address.indexOf('/')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "i2c-1",
                "i2c-1/",
                "i2c-1/0x07",
                "i2c-1/0x78",
                "i2c-1/0x176",
                "i2c-1/200",
                "i2c/0x76",
                "1/0x76",
                "i2c-1/76h",
                "/dev/i2c-1/0x76"
            })
    void refusesOthersWithAnExample(String text) {
        assertThatThrownBy(() -> driver.check(device(text, Map.of())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("address: " + (text.isEmpty() ? "missing" : text))
                .hasMessageContaining("such as i2c-1/0x76");
    }

    @Test
    void readsRegistersOf8And16BitNumbersAndChipsWithoutAny() throws Exception {
        bus.chip(0x50).set(0x02, 0x12, 0x34).set(0x34, 0xAB);
        Channel small = channel("0x02", "uint16");
        Channel large = channel("0x0034/16", "uint8");
        Channel none = channel("direct", "uint8");
        try (Connection connection = driver.open(device("i2c-1/0x50", Map.of(), small, large, none))) {
            bus.take();
            assertThat(read(connection, small)).isEqualTo(0x1234L);
            assertThat(read(connection, large)).isEqualTo(0xABL);
            bus.chip(0x50).pointer = 0x03;
            assertThat(read(connection, none)).isEqualTo(0x34L);
            assertThat(bus.take()).containsExactly("r 02+2", "r 0034+1", "r +1");
            connection.write(small, 0x5678L);
            connection.write(large, 1L);
            connection.write(none, 2L);
            assertThat(bus.take()).containsExactly("w 02+2", "w 0034+1", "w +1");
            assertThat(bus.chip(0x50).registers[0x02]).isEqualTo((byte) 0x56);
        }
        assertThat(bus.open()).isZero();
    }

    @Test
    void neighboursAreOneTransactionWhereTheChipMovesOn() throws Exception {
        bus.chip(0x68).set(0, 0x30, 0x59, 0x23);
        Channel[] clock = {channel("0x00", "uint8"), channel("0x01", "uint8"), channel("0x02", "uint8")};
        for (boolean moves : new boolean[] {true, false}) {
            Map<String, String> options = Map.of("auto-increment", Boolean.toString(moves));
            try (Connection connection = driver.open(device("i2c-1/0x68", options, clock))) {
                bus.take();
                RecordedReadings readings = new RecordedReadings();
                connection.read(List.of(clock), readings);
                assertThat(readings.values).containsEntry(0, 0x30L).containsEntry(2, 0x23L);
                assertThat(bus.take()).hasSize(moves ? 1 : 3);
            }
        }
    }

    @Test
    void anAbsentChipIsFoundOutWhenItIsOpened() {
        assertThatThrownBy(() -> driver.open(device("i2c-1/0x40", Map.of(), channel("0x00", "uint8"))))
                .isInstanceOf(IOException.class)
                .hasMessage("i2c-1/0x40: IOException (check wiring, address and power)");
        assertThat(bus.open()).isZero();
    }

    @Test
    void aBusThatIsNotThereIsNamedInTheWordsOfTheProvider() {
        bus.trouble(FakeBus.Trouble.NO_NODE);
        assertThatThrownBy(() -> driver.open(device("i2c-9/0x40", Map.of(), channel("0x00", "uint8"))))
                .isInstanceOf(IOException.class)
                .hasMessage("no bus i2c-9; there are i2c-1")
                .hasCauseInstanceOf(com.pi4j.io.exception.IOException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeBus.Trouble.class,
            names = {"ABSENT", "STUCK", "UNPLUGGED_MID_TRANSFER", "SHORT_ANSWERS"})
    void troubleIsAnErrorAndNeverAValue(FakeBus.Trouble trouble) throws Exception {
        bus.chip(0x40).set(0, 1, 2);
        Channel first = channel("0x00", "uint16");
        Channel second = channel("0x04/16", "uint8");
        Channel third = channel("direct", "uint16");
        try (Connection connection = driver.open(device("i2c-1/0x40", Map.of(), first, second, third))) {
            bus.trouble(trouble);
            for (Channel channel : List.of(first, second, third)) {
                RecordedReadings readings = new RecordedReadings();
                assertThatThrownBy(() -> connection.read(List.of(channel), readings))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("i2c-1/0x40: ")
                        .hasMessageContaining("wiring");
                assertThat(readings.values).isEmpty();
            }
        }
    }

    @Test
    void aChipIsHandedToItsKind() throws Exception {
        bus.chip(0x76).set(0xD0, FakeChipKind.ID).set(0x10, 1, 2);
        DeviceSettings settings = device("i2c-1/0x76", Map.of("chip", "fake280", "gain", "2"));
        List<Channel> channels = driver.channels(settings);
        assertThat(channels).extracting(Channel::name).containsExactly("value", "limit");
        try (Connection connection = driver.open(settings.withChannels(channels))) {
            bus.take();
            assertThat(read(connection, channels.get(0))).isEqualTo(2.0 * 0x102);
            connection.write(channels.get(1), 7L);
            assertThat(read(connection, channels.get(1))).isEqualTo(7L);
            assertThat(bus.take()).containsExactly("w 30+1", "r 10+2", "w 20+1", "r 20+1");
        }
        assertThat(pauses).containsExactly(Duration.ofMillis(5));
        assertThat(bus.open()).isZero();
    }

    @Test
    void anotherChipAtTheAddressIsAnErrorAndLeavesNothingOpen() {
        bus.chip(0x76);
        DeviceSettings settings = device("i2c-1/0x76", Map.of("chip", "fake280"));
        assertThatThrownBy(() -> driver.open(settings))
                .isInstanceOf(IOException.class)
                .hasMessage("this is no FAKE280");
        bus.chip(0x76).set(0xD0, FakeChipKind.ID);
        assertThatThrownBy(() -> driver.open(device("i2c-1/0x76", Map.of("chip", "fake280", "gain", "0"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("gain: 0 (expected: 1 to 9)");
        assertThat(bus.open()).isZero();
    }

    @Test
    void judgesChipsTheirKeysAndSources() {
        assertThatThrownBy(() -> driver.check(device("i2c-1/0x76", Map.of("chip", "fake"))))
                .hasMessage("chip: fake (expected: one of fake280)");
        assertThatThrownBy(() -> driver.check(device("i2c-1/0x76", Map.of("chip", "fake280", "gian", "2"))))
                .hasMessage("gian: 2 (expected: one of chip, gain)");
        assertThatThrownBy(() -> driver.check(device("i2c-1/0x76", Map.of("gain", "2"))))
                .hasMessageContaining("one of auto-increment, chip");
        assertThatThrownBy(
                        () -> driver.check(device("i2c-1/0x76", Map.of("chip", "fake280"), channel("0x10", "uint8"))))
                .hasMessage("channel.c0x10: 0x10 (expected: one of value, limit)");
        Channel odd = new Channel("v", "value", Type.DOUBLE, "", Access.READ, Map.of("bits", "3"));
        assertThatThrownBy(() -> driver.check(device("i2c-1/0x76", Map.of("chip", "fake280"), odd)))
                .hasMessage("channel.v: bits=3 (expected: no such option of a chip's value)");
        assertThatThrownBy(() -> driver.check(device("i2c-1/0x76", Map.of("auto-increment", "maybe"))))
                .hasMessage("auto-increment: maybe (expected: true or false)");
        assertThatThrownBy(() -> driver.check(device("i2c-1/0x76", Map.of(), channel("exchange/00", "uint8"))))
                .hasMessageContaining("(expected: a register such as");
    }

    @Test
    void showsWhatCounts() {
        assertThat(driver.defaults(device("i2c-1/0x76", Map.of())))
                .containsExactly(Map.entry("chip", ""), Map.entry("auto-increment", "false"));
        assertThat(driver.defaults(device("i2c-1/0x76", Map.of("chip", "fake280"))))
                .containsExactly(Map.entry("chip", ""), Map.entry("gain", "1"));
        assertThat(driver.profiles()).containsExactly(Map.entry("fake280", Map.of("chip", "fake280")));
    }

    /** A connection that is closed must not keep its caller for the length of a conversion. */
    @Test
    void closingEndsThePauseOfAChip() throws Exception {
        bus.chip(0x76).set(0xD0, FakeChipKind.ID);
        CountDownLatch pausing = new CountDownLatch(1);
        I2cDriver patient = driver((time, closed) -> {
            pausing.countDown();
            Pause.REAL.await(Duration.ofHours(1), closed);
        });
        DeviceSettings settings = device("i2c-1/0x76", Map.of("chip", "fake280"));
        Connection connection = patient.open(settings.withChannels(patient.channels(settings)));
        List<Throwable> failures = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                connection.read(patient.channels(settings), new RecordedReadings());
            } catch (IOException | InvalidSettingException expected) {
                failures.add(expected);
            }
        });
        reader.start();
        assertThat(pausing.await(30, TimeUnit.SECONDS)).isTrue();
        connection.close();
        reader.join(30_000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(failures).hasSize(1).first().isInstanceOf(IOException.class);
        assertThat(failures.get(0)).hasMessage("closed");
    }

    @Test
    void anInterruptEndsThePauseAndIsKept() throws Exception {
        bus.chip(0x76).set(0xD0, FakeChipKind.ID);
        I2cDriver patient = driver((time, closed) -> Pause.REAL.await(Duration.ofHours(1), closed));
        DeviceSettings settings = device("i2c-1/0x76", Map.of("chip", "fake280"));
        try (Connection connection = patient.open(settings.withChannels(patient.channels(settings)))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> connection.read(patient.channels(settings), new RecordedReadings()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("given up");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
