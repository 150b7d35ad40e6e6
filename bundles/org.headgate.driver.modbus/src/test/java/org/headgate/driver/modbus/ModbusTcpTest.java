package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.device.api.kit.ProxiedPeer;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's contract and what it reads and writes, over TCP against pymodbus. */
class ModbusTcpTest implements DriverContract {
    @TempDir
    private static Path folder;

    private static PeerProcess server;

    private final ModbusDriver driver = Units.driver(folder, new MovedClock());

    @BeforeAll
    static void start() throws IOException {
        server = Units.python(folder, "tcp");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static DeviceSettings at(int port) {
        return Units.device(
                "tcp:127.0.0.1:" + port + ",unit=1",
                "a: holding/0 uint16",
                "b: holding/9 int16 access=rw",
                "c: input/20 uint32",
                "d: coil/3 bool access=rw",
                "e: holding/100 float32",
                "f: discrete/2 bool");
    }

    @Override
    public int openings() {
        return FEW_OPENINGS;
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public List<String> places() {
        return List.of("tcp:127.0.0.1:" + Units.address(server).getPort());
    }

    @Override
    public DeviceSettings reachable() {
        return at(Units.address(server).getPort());
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        return Optional.of(new ProxiedPeer(
                () -> {}, Units.address(server), port -> Units.within(at(port), Duration.ofSeconds(1))));
    }

    private static String address() {
        return "tcp:127.0.0.1:" + Units.address(server).getPort();
    }

    /** The other side packs with Python's struct. */
    @Test
    void valuesOfAllKindsAreWhatTheUnitHasPacked() throws Exception {
        RecordedReadings readings = Units.read(
                driver,
                Units.device(
                        address(),
                        "a: holding/100 float32",
                        "b: 40103 float32 order=CDAB",
                        "c: holding/104 float64",
                        "d: holding/108 int64",
                        "e: holding/112 int32",
                        "f: holding/114 int16",
                        "g: holding/120 string length=16",
                        "h: holding/130 bcd32",
                        "i: holding/130 bcd16",
                        "j: holding/140 bool bit=3",
                        "k: holding/140 bool bit=2",
                        "l: holding/130 uint8 byte=high",
                        "m: 30022 uint16",
                        "n: 00004 bool",
                        "o: discrete/4",
                        "p: holding/130 bytes length=3"));
        assertThat(readings.bad).isEmpty();
        assertThat(readings.values.remove(15)).isEqualTo(new byte[] {0x12, 0x34, 0x56});
        assertThat(readings.values)
                .isEqualTo(Map.ofEntries(
                        Map.entry(0, 230.5),
                        Map.entry(1, -0.25),
                        Map.entry(2, 1e100),
                        Map.entry(3, -1234567890123456789L),
                        Map.entry(4, -70000L),
                        Map.entry(5, -3L),
                        Map.entry(6, "EM340-DIN"),
                        Map.entry(7, 12345678L),
                        Map.entry(8, 1234L),
                        Map.entry(9, true),
                        Map.entry(10, false),
                        Map.entry(11, 0x12L),
                        Map.entry(12, 1021L),
                        Map.entry(13, true),
                        Map.entry(14, false)));
    }

    @Test
    void aBlockThatIsRefusedIsSplitAndTheSplitIsKept() throws Exception {
        // 20 to 23 and 60 to 69 are not there; 300 is beyond the end.
        DeviceSettings settings = Units.device(
                address(),
                "a: holding/18",
                "b: holding/19",
                "c: holding/24",
                "d: holding/59",
                "e: holding/61",
                "f: holding/70");
        RecordedReadings readings = Units.read(driver, settings);
        assertThat(readings.values).isEqualTo(Map.of(0, 54L, 1, 57L, 2, 72L, 3, 177L, 5, 210L));
        assertThat(readings.bad).isEqualTo(Map.of(4, "exception 2: no such register holding/61 (40062)"));
        try (Connection connection = driver.open(settings)) {
            RecordedReadings counts = new RecordedReadings();
            Units.read(connection, settings.channels());
            DeviceSettings counter = Units.device(address(), "n: count/requests");
            try (Connection counting = driver.open(counter)) {
                counting.read(counter.channels(), counts);
                long before = (Long) counts.values.get(0);
                Units.read(connection, settings.channels());
                counting.read(counter.channels(), counts);
                // 18 with 19, 24, 59, 70; the one that is not there is not asked for again.
                assertThat((Long) counts.values.get(0) - before).isEqualTo(4);
            }
        }
    }

    @Test
    void whatIsWrittenIsReadBackAndItsNeighboursStay() throws Exception {
        DeviceSettings settings = Units.device(
                address(),
                "a: holding/150 float64 order=DCBA access=rw",
                "b: holding/154 int16 access=rw",
                "c: holding/155 bool bit=4 access=rw",
                "d: holding/155 uint16",
                "e: holding/156 string length=6 order=BADC access=rw",
                "f: coil/10 bool access=rw",
                "g: coil/11 bool");
        for (String[] how : new String[][] {{}, {"write", "multiple"}, {"write.bits", "mask"}}) {
            DeviceSettings one = Units.with(settings, how);
            try (Connection connection = driver.open(one)) {
                long before =
                        (Long) Units.read(connection, one.channels()).values.get(3);
                boolean bit = (before >> 4 & 1) == 0;
                connection.write(one.channels().get(0), 6.25 * how.length);
                connection.write(one.channels().get(1), -7L - how.length);
                connection.write(one.channels().get(2), bit);
                connection.write(one.channels().get(4), "ab" + how.length);
                connection.write(one.channels().get(5), how.length == 0);
                RecordedReadings after = Units.read(connection, one.channels());
                assertThat(after.values)
                        .isEqualTo(Map.of(
                                0,
                                6.25 * how.length,
                                1,
                                -7L - how.length,
                                2,
                                bit,
                                3,
                                before ^ 1 << 4,
                                4,
                                "ab" + how.length,
                                5,
                                how.length == 0,
                                6,
                                false));
            }
        }
    }

    @Test
    void aWriteThatIsRefusedSaysWhereAndWhy() throws Exception {
        DeviceSettings settings =
                Units.device(address(), "a: holding/65 int16 access=w", "b: holding/66 int16 access=w", "c: input/3");
        try (Connection connection = driver.open(settings)) {
            assertThatThrownBy(() -> connection.write(settings.channels().get(0), 1L))
                    .isInstanceOf(IOException.class)
                    .hasMessage("exception 2: no such register holding/65 (40066)");
            assertThatThrownBy(() -> connection.write(settings.channels().get(1), 40_000L))
                    .hasMessage("40000 does not fit (expected: -32768 to 32767)");
            assertThatThrownBy(() -> connection.write(settings.channels().get(2), 1L))
                    .hasMessage("input/3 cannot be written");
        }
    }

    @Test
    void aUnitThatIsSilentCostsItsResponseTimeOnlyAndTheOthersGoOn() throws Exception {
        DeviceSettings good = Units.device(address() + ",unit=2", "a: holding/1");
        DeviceSettings silent = Units.within(
                Units.with(Units.device(address() + ",unit=77", "a: holding/1"), "response.timeout", "50ms"),
                Duration.ofSeconds(20));
        try (Connection connection = driver.open(good)) {
            for (int i = 0; i < 5; i++) {
                long begin = System.nanoTime();
                assertThatThrownBy(() -> driver.open(silent))
                        .isInstanceOf(NoAnswerException.class)
                        .hasMessage("no answer from unit 77 within 50 ms: is the unit right?");
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .isBetween(Duration.ofMillis(49), Duration.ofSeconds(10));
                assertThat(Units.read(connection, good.channels()).values).isEqualTo(Map.of(0, 3L));
            }
        }
    }
}
