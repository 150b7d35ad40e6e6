package org.headgate.driver.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.context.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.chips.Chip;
import org.headgate.chips.ChipChoice;
import org.headgate.chips.Wire;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.linux.SpiNode;
import org.headgate.pi4j.Pins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpiDriverTest {
    private final FakeSpi fake = new FakeSpi();
    private final Context context = fake.context();
    private final SpiDriver driver = new SpiDriver(
            context,
            () -> List.of(new SpiNode(0, 0), new SpiNode(0, 1)),
            new ChipChoice(List.of(new WireTrial())),
            (time, closed) -> {});

    @AfterEach
    void end() {
        context.shutdown();
    }

    private static DeviceSettings device(String address, Map<String, String> options, Channel... channels) {
        return new DeviceSettings("d", address, Duration.ofSeconds(1), List.of(channels), options);
    }

    private static Channel channel(String source, Map<String, String> options) {
        return new Channel("c" + source.replaceAll("\\W", ""), source, Type.LONG, "", Access.READ_WRITE, options);
    }

    private static Object read(Connection connection, Channel channel) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(List.of(channel), readings);
        return readings.values.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spi0.0 | 0 | 0 | 0 | 1000000 | 8",
                "spi1.2,mode=3 | 1 | 2 | 3 | 1000000 | 8",
                "spi0.1,speed=500kHz,mode=1,bits=16 | 0 | 1 | 1 | 500000 | 16",
                "SPI0.0, speed=1.5MHz | 0 | 0 | 0 | 1500000 | 8",
                "/dev/spidev0.0,speed=8000 | 0 | 0 | 0 | 8000 | 8"
            })
    void understandsAddresses(String text, int bus, int select, int mode, int hertz, int bits) throws Exception {
        assertThat(SpiAddress.parse(text)).isEqualTo(new SpiAddress(bus, select, mode, hertz, bits));
        assertThat(driver.bus(device(text, Map.of()))).isEqualTo("spi" + bus);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spi0",
                "spi0.0,mode=4",
                "spi0.0,mode=-1",
                "spi0.0,bits=0",
                "spi0.0,bits=33",
                "spi0.0,speed=fast",
                "spi0.0,speed=1Hz",
                "spi0.0,speed=1GHz",
                "spi0.0,mode",
                "spi0.0,mode=0,mode=1",
                "spi0.0,cs=1",
                "spi7.0",
                "i2c-1/0x76"
            })
    void refusesOthers(String text) {
        assertThatThrownBy(() -> driver.check(device(text, Map.of())))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("address: " + (text.isEmpty() ? "missing" : text + " (expected: "));
    }

    @Test
    void whatTheAddressSaysReachesTheProvider() throws Exception {
        driver.open(device("spi1.2,mode=2,speed=250kHz,bits=16", Map.of())).close();
        assertThat(fake.config.bus().getBus()).isEqualTo(1);
        assertThat(fake.config.address()).isEqualTo(2);
        assertThat(fake.config.mode().getMode()).isEqualTo(2);
        assertThat(fake.config.baud()).isEqualTo(250_000);
        assertThat(fake.config.properties()).containsEntry(Pins.BITS, "16");
        assertThat(fake.open).isZero();
    }

    @Test
    void readsAndWritesRegistersWithTheirFlags() throws Exception {
        fake.registers[0x8F] = 0x33;
        fake.registers[0x90] = 0x12;
        fake.registers[0x91] = 0x34;
        Channel one = channel("0x0F", Map.of("type", "uint8"));
        Channel two = channel("0x10", Map.of("type", "uint16", "bits", "11..4"));
        try (Connection connection = driver.open(device("spi0.0", Map.of(), one, two))) {
            assertThat(read(connection, one)).isEqualTo(0x33L);
            assertThat(read(connection, two)).isEqualTo(0x23L);
            assertThat(fake.take()).containsExactly("8f00", "900000");
            connection.write(one, 0x44L);
            connection.write(two, 0xFFL);
            assertThat(fake.take()).containsExactly("0f44", "900000", "101ff4");
            assertThat(fake.registers[0x8F]).isEqualTo((byte) 0x44);
        }
        Map<String, String> flags = Map.of("read-flag", "0xC0", "write-flag", "0x40");
        Channel wide = channel("0x0102/16", Map.of("type", "uint8"));
        try (Connection connection = driver.open(device("spi0.0", flags, one, wide))) {
            read(connection, one);
            connection.write(one, 5L);
            connection.write(wide, 6L);
            assertThat(fake.take()).containsExactly("cf00", "4f05", "410206");
        }
    }

    @Test
    void exchangesBytesOfAnyMeaning() throws Exception {
        Channel adc = channel("exchange/060000", Map.of("type", "uint16", "bits", "11..0"));
        Channel command = new Channel(
                "start", "exchange/9a", Type.LONG, "", Access.WRITE, Map.of("type", "uint16", "order", "little"));
        Channel thermocouple = channel("direct", Map.of("type", "uint32"));
        // Bits of what has no number can only be read.
        Channel bits = new Channel("adc", adc.source(), Type.LONG, "", Access.READ, adc.options());
        try (Connection connection = driver.open(device("spi0.0", Map.of(), bits, command, thermocouple))) {
            assertThat(read(connection, bits)).isEqualTo(0xABCL);
            connection.write(command, 0x0102L);
            assertThat(read(connection, thermocouple)).isEqualTo(0x10111213L);
            assertThat(fake.take()).containsExactly("060000", "9a0201", "00000000");
        }
    }

    @Test
    void neighboursAreOneTransferWhereTheChipMovesOn() throws Exception {
        Channel one = channel("0x10", Map.of("type", "uint16"));
        Channel two = channel("0x12", Map.of("type", "uint8"));
        try (Connection connection = driver.open(device("spi0.0", Map.of("auto-increment", "true"), one, two))) {
            connection.read(List.of(one, two), new RecordedReadings());
            assertThat(fake.take()).containsExactly("90000000");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"BROKEN | spidev0.0: input/output error", "SHORT | spi0.0: 1 of 2 bytes were transferred"})
    void troubleIsAnErrorAndNeverAValue(FakeSpi.Trouble trouble, String message) throws Exception {
        Channel one = channel("0x10", Map.of("type", "uint8"));
        try (Connection connection = driver.open(device("spi0.0", Map.of(), one))) {
            fake.trouble(trouble);
            RecordedReadings readings = new RecordedReadings();
            assertThatThrownBy(() -> connection.read(List.of(one), readings))
                    .isInstanceOf(IOException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> connection.write(one, 1L)).isInstanceOf(IOException.class);
            assertThat(readings.values).isEmpty();
        }
    }

    @Test
    void aChipGetsAWire() throws Exception {
        DeviceSettings settings = device("spi0.0", Map.of("chip", "trial"));
        List<Channel> channels = driver.channels(settings);
        try (Connection connection = driver.open(settings.withChannels(channels))) {
            assertThat(read(connection, channels.get(0))).isEqualTo((long) (byte) 0xBC);
            assertThat(fake.take()).containsExactly("060000", "0142", "810000");
        }
        assertThat(fake.registers[0x81]).isEqualTo((byte) 0x42);
        assertThat(driver.profiles()).containsExactly(Map.entry("trial", Map.of("chip", "trial")));
    }

    @Test
    void judgesKeysAndShowsThem() {
        assertThatThrownBy(() -> driver.check(device("spi0.0", Map.of("read-flag", "128"))))
                .hasMessage("read-flag: 128 (expected: the bits of a byte, such as 0x80)");
        assertThatThrownBy(() -> driver.check(device("spi0.0", Map.of("chip", "trial", "read-flag", "0x80"))))
                .hasMessageStartingWith("read-flag: 0x80 (expected: one of chip");
        assertThat(driver.defaults(device("spi0.0", Map.of())))
                .containsExactly(
                        Map.entry("chip", ""),
                        Map.entry("read-flag", "0x80"),
                        Map.entry("write-flag", "0x00"),
                        Map.entry("auto-increment", "false"));
    }

    @Test
    void listsTheChipSelectsAndSendsNothing() throws Exception {
        List<Discovered> found = new ArrayList<>();
        driver.discovery().orElseThrow().search(device("", Map.of()), found::add);
        assertThat(found).extracting(Discovered::address).containsExactly("spi0.0", "spi0.1");
        assertThat(found).allSatisfy(one -> assertThat(one.obstacle()).contains("device:add NAME spi spi0."));
        assertThat(fake.take()).isEmpty();
        assertThat(driver.bus(device("", Map.of()))).isEmpty();
    }

    /** A chip that tries each call of its wire. */
    private static final class WireTrial implements Chip {
        @Override
        public String name() {
            return "trial";
        }

        @Override
        public String description() {
            return "a trial";
        }

        @Override
        public List<Bus> buses() {
            return List.of(Bus.SPI);
        }

        @Override
        public List<Integer> addresses() {
            return List.of();
        }

        @Override
        public List<Channel> channels() {
            return List.of(Channel.readable("a0", "a0", Type.LONG, ""));
        }

        @Override
        public Map<String, String> defaults() {
            return Map.of();
        }

        @Override
        public boolean identify(Wire wire) {
            return false;
        }

        @Override
        public Session open(Wire wire, Map<String, String> settings) {
            return new Session() {
                @Override
                public void read(List<Channel> channels, Readings into) throws IOException {
                    byte[] answer = wire.transfer((byte) 6, (byte) 0, (byte) 0);
                    wire.write((byte) 1, (byte) 0x42);
                    wire.pause(Duration.ofMillis(1));
                    byte[] back = wire.writeRead(new byte[] {(byte) 0x81}, 2);
                    if (back.length != 2 || back[0] != 0x42) {
                        throw new IOException("what was written is not read");
                    }
                    into.set(0, (long) answer[2]);
                }

                @Override
                public void write(Channel channel, Object value) throws IOException {
                    throw new IOException("nothing to write");
                }
            };
        }
    }
}
