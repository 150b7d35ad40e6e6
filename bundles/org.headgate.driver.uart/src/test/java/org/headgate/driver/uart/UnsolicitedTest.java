package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.host.Machine;
import org.headgate.serial.kit.Pty;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What devices say by themselves, over real ttys. */
@Timeout(60)
class UnsolicitedTest {
    @TempDir
    private Path folder;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final List<RecordedReadings> rows = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private UartDriver driver;
    private Pty pty;

    private final Reports reports = new Reports() {
        @Override
        public void report(Consumer<Readings> values) {
            RecordedReadings row = new RecordedReadings();
            values.accept(row);
            rows.add(row);
        }

        @Override
        public void failed(IOException why) {
            failures.add(why.getMessage());
        }
    };

    @BeforeEach
    void plugIn() throws IOException {
        driver = new UartDriver(new Machine(folder, folder), new Threads(), system);
        pty = new Pty(folder.resolve("dev/serial/by-id/usb-gps"));
    }

    @AfterEach
    void pull() throws IOException {
        pty.close();
    }

    private Connection subscribed(DeviceSettings settings) throws Exception {
        Connection connection = driver.open(settings);
        connection.subscribe(settings.channels(), reports);
        return connection;
    }

    private void awaitRows(int count) {
        await().until(() -> rows.size() >= count);
        assertThat(rows).hasSize(count);
    }

    private static DeviceSettings nmea() {
        List<Channel> channels = Stream.of(Nmea.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .map(word -> Scale.channel(word, "nmea/" + word, Type.DOUBLE))
                .toList();
        return Scale.settings("usb-gps", channels);
    }

    /** Sentences as receivers' manuals print them; the damaged one must not become a position. */
    @Test
    void aReceiverSaysWhereItIs() throws Exception {
        try (Connection connection = subscribed(nmea())) {
            pty.send(("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n"
                            + "$GPGSV,1,1,00*79\r\n"
                            + "$GPGGA,123519,4907.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n"
                            + "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            pty.send(Scale.sentence("$GPRMC,000000,V,,,,,,,010120,,"));
            pty.send(Scale.sentence("$GNRMC,000000,A,3352.500,S,07030.000,W,,,010120,,"));
            awaitRows(4);
        }
        RecordedReadings gga = rows.get(0);
        assertThat(gga.number(0)).isEqualTo(48 + 7.038 / 60);
        assertThat(gga.number(1)).isEqualTo(11 + 31.0 / 60);
        assertThat(gga.values)
                .containsEntry(2, 545.4)
                .containsEntry(5, 1L)
                .containsEntry(6, 8L)
                .containsEntry(7, 0.9);
        assertThat(gga.values).hasSize(6);
        assertThat(gga.time).isEqualTo(SimulatedSystem.START_NANOS);
        RecordedReadings rmc = rows.get(1);
        assertThat(rmc.number(3)).isCloseTo(11.523556, within(1e-6));
        assertThat(rmc.number(4)).isEqualTo(84.4);
        assertThat(rows.get(2).bad).containsEntry(0, "no fix").containsEntry(3, "no fix");
        // A receiver without a fix tells the time of its own clock, which may be years off.
        assertThat(rows.get(2).number(8)).isEqualTo(1577836800000.0);
        assertThat(rows.get(2).uncertain).containsKey(8);
        assertThat(rows.get(1).uncertain).isEmpty();
        assertThat(rows.get(3).number(0)).isEqualTo(-33.875);
        assertThat(rows.get(3).number(1)).isEqualTo(-70.5);
        assertThat(rows.get(3).bad).isEmpty();
    }

    @Test
    void sentencesOfSeveralKindsGoToTheirChannels() throws Exception {
        DeviceSettings settings = Scale.settings(
                "usb-gps",
                List.of(
                        Scale.channel("wind", "text/1", Type.DOUBLE, "match=WIND;"),
                        Scale.channel("rain", "/^RAIN;([0-9.]+)\\s*mm/1", Type.DOUBLE),
                        Scale.channel("raw", "text", Type.STRING, "match=LOG"),
                        Scale.channel("frames", "count/frames", Type.LONG)),
                "separator=;");
        try (Connection connection = subscribed(settings)) {
            pty.send("WIND;- 3.5 m/s\nRAIN;2.25 mm\nother\nLOG;a\nWIND;\nWIND;calm\n"
                    .getBytes(StandardCharsets.US_ASCII));
            awaitRows(5);
            RecordedReadings read = new RecordedReadings();
            connection.read(settings.channels(), read);
            assertThat(read.values).isEqualTo(Map.of(1, 2.25, 2, "LOG;a", 3, 6L));
            assertThat(read.bad).isEqualTo(Map.of(0, "no number: calm"));
        }
        assertThat(rows.get(0).values).isEqualTo(Map.of(0, -3.5));
        assertThat(rows.get(1).values).isEqualTo(Map.of(1, 2.25));
        assertThat(rows.get(2).values).isEqualTo(Map.of(2, "LOG;a"));
        assertThat(rows.get(3).bad).isEqualTo(Map.of(0, "empty"));
    }

    @Test
    void bytesBecomeNumbersOfTheirWidthSignAndOrder() throws Exception {
        DeviceSettings settings = Scale.settings(
                "usb-gps",
                List.of(
                        Scale.channel("a", "bytes/2", Type.LONG, "type=uint16"),
                        Scale.channel("b", "bytes/2", Type.LONG, "type=int16", "order=little"),
                        Scale.channel("c", "bytes/4", Type.DOUBLE, "type=float32"),
                        Scale.channel("d", "bytes/6", Type.LONG, "type=int32"),
                        Scale.channel("e", "bytes/2+3", Type.BYTES),
                        Scale.channel("f", "bytes/1", Type.LONG, "type=uint24"),
                        Scale.channel("g", "bytes/0", Type.LONG, "type=uint64"),
                        Scale.channel("h", "bytes/0", Type.BOOLEAN, "type=bool", "match=\\xAA")),
                "charset=latin-1",
                "frame=length",
                "start=0xAA",
                "length=1:uint8+2");
        try (Connection connection = subscribed(settings)) {
            pty.send((byte) 0xAA, (byte) 6, (byte) 0x01, (byte) 0xFF, (byte) 0x3F, (byte) 0x80, (byte) 0, (byte) 0);
            awaitRows(1);
        }
        RecordedReadings row = rows.get(0);
        assertThat(row.values).containsEntry(0, 0x01FFL).containsEntry(1, -255L).containsEntry(2, 1.0);
        assertThat(row.values).containsEntry(5, 0x0601FFL).containsEntry(7, true);
        assertThat(row.bad)
                .containsOnlyKeys(3, 6)
                .containsEntry(3, "the frame has 8 bytes only")
                .hasEntrySatisfying(6, why -> assertThat(why).contains("63 bits"));
        assertThat((byte[]) row.values.get(4)).containsExactly(1, -1, 0x3F);
    }

    @Test
    void aPauseEndsAnIdleFrame() throws Exception {
        DeviceSettings settings =
                Scale.settings("usb-gps", List.of(Scale.channel("all", "bytes", Type.BYTES)), "frame=idle", "gap=20ms");
        try (Connection connection = subscribed(settings)) {
            pty.send((byte) 1, (byte) 2);
            awaitRows(1);
            pty.send((byte) 3);
            awaitRows(2);
        }
        assertThat((byte[]) rows.get(0).values.get(0)).containsExactly(1, 2);
        assertThat((byte[]) rows.get(1).values.get(0)).containsExactly(3);
    }

    /** No storm: the end is told once, and the same name works again when the adapter is back. */
    @Test
    void anAdapterThatIsPulledIsToldOnceAndWorksWhenItIsBack() throws Exception {
        DeviceSettings settings = Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)));
        Connection connection = subscribed(settings);
        pty.pull();
        await().until(() -> !failures.isEmpty());
        assertThatThrownBy(() -> connection.read(settings.channels(), new RecordedReadings()))
                .hasMessageContaining("usb-gps is gone");
        assertThatThrownBy(() -> driver.open(settings)).hasMessageStartingWith("no port /dev/serial/by-id/usb-gps");
        pty.plugIn();
        try (Connection again = subscribed(settings)) {
            pty.send("back\n".getBytes(StandardCharsets.US_ASCII));
            awaitRows(1);
        }
        connection.close();
        assertThat(failures).hasSize(1).first().asString().contains("is gone");
    }

    /** The thread that reads may be about to tell a frame while another one closes. */
    @Test
    void aFrameThatComesWhileItIsClosedIsNoReport() throws Exception {
        DeviceSettings settings = Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)));
        UartConnection connection = (UartConnection) subscribed(settings);
        connection.frame(new byte[] {'a'}, 1);
        connection.close();
        connection.frame(new byte[] {'b'}, 2);
        connection.failed(new IOException("late"));
        assertThat(rows).hasSize(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void aLineThatFallsSilentIsGivenUp() throws Exception {
        DeviceSettings settings =
                Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)), "silence=5s");
        try (Connection connection = subscribed(settings)) {
            pty.send("one\n".getBytes(StandardCharsets.US_ASCII));
            awaitRows(1);
            system.advance(Duration.ofSeconds(6));
            await().until(() -> !failures.isEmpty());
        }
        assertThat(failures).hasSize(1).first().asString().startsWith("nothing came for 5s");
    }

    /** The first device does not mind, and keeps the line; the second one wants it opened anew. */
    @Test
    void theMostImpatientDeviceOfALineCounts() throws Exception {
        Channel all = Scale.channel("all", "text", Type.STRING);
        try (Connection calm = driver.open(Scale.settings("usb-gps", List.of(all)));
                Connection patient = driver.open(Scale.settings("usb-gps", List.of(all), "silence=1h"));
                Connection impatient = subscribed(Scale.settings("usb-gps", List.of(all), "silence=5s"))) {
            pty.send("one\n".getBytes(StandardCharsets.US_ASCII));
            awaitRows(1);
            system.advance(Duration.ofSeconds(6));
            await().until(() -> !failures.isEmpty());
        }
        assertThat(failures).hasSize(1).first().asString().startsWith("nothing came for 5s");
    }

    /** An adapter that hangs in the kernel must not keep the devices of others from being opened. */
    @Test
    void aPortThatHangsKeepsNoOtherFromBeingOpened() throws Exception {
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Calls hangs = new Calls() {
            @Override
            public <T> Call<T> submit(
                    String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
                if (owner.endsWith("usb-gps")) {
                    within.countDown();
                    try {
                        free.await();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                }
                return new Threads().submit(owner, call, timeout, replyOn, reply);
            }

            @Override
            public int stuck() {
                return 0;
            }

            @Override
            public int stuck(String owner) {
                return 0;
            }
        };
        UartDriver slow = new UartDriver(new Machine(folder, folder), hangs, system);
        Pty second = new Pty(folder.resolve("dev/serial/by-id/usb-other"));
        CompletableFuture<Connection> first = CompletableFuture.supplyAsync(() -> open(slow, "usb-gps"));
        try {
            within.await();
            CompletableFuture.supplyAsync(() -> open(slow, "usb-other"))
                    .get(20, TimeUnit.SECONDS)
                    .close();
        } finally {
            free.countDown();
            first.get(20, TimeUnit.SECONDS).close();
            second.close();
        }
    }

    private static Connection open(UartDriver driver, String port) {
        try {
            return driver.open(Scale.settings(port, List.of(Scale.channel("all", "text", Type.STRING))));
        } catch (IOException | InvalidSettingException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Nobody has read yet that the adapter is gone: who opens a device on the same port must find out. */
    @Test
    void openingFindsOutThatASharedPortIsGone() throws Exception {
        // Calls of the simulated system wait until it runs: the thread that reads never does.
        UartDriver blind = new UartDriver(new Machine(folder, folder), system, system);
        DeviceSettings settings = Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)));
        Connection connection = blind.open(settings);
        connection.subscribe(settings.channels(), reports);
        pty.pull();
        assertThatThrownBy(() -> blind.open(settings)).hasMessageStartingWith("no port /dev/serial/by-id/usb-gps");
        assertThat(failures).hasSize(1);
        connection.close();
    }

    @Test
    void devicesOnOnePortShareIt() throws Exception {
        DeviceSettings settings = Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)));
        DeviceSettings other = Scale.settings("usb-gps", List.of(), "frame=idle");
        Connection first = subscribed(settings);
        try (Connection second = subscribed(settings)) {
            assertThatThrownBy(() -> driver.open(other)).hasMessageContaining("with other settings");
            first.close();
            pty.send("one\n".getBytes(StandardCharsets.US_ASCII));
            awaitRows(1);
        }
        driver.open(other).close();
    }

    @Test
    void writesAreSentAndConfirmedWhereTheyAreToBe() throws Exception {
        Channel set = Scale.channel("set", "write:'SET\\s{}\\r\\n'", Type.DOUBLE);
        Channel name = Scale.channel("name", "write:NAME\\s{}\\n", Type.STRING, "confirm=OK");
        DeviceSettings settings = Scale.settings("usb-gps", List.of(set, name));
        try (Connection connection = driver.open(settings)) {
            connection.write(set, 5.0);
            assertThat(pty.received().readNBytes(7))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("SET 5\r\n");
            assertThatThrownBy(() -> connection.write(name, "a\nFORMAT")).hasMessageContaining("control characters");
            assertThatThrownBy(() -> connection.write(name, "x")).hasMessage("no answer to NAME x within 1600 ms");
            assertThat(pty.received().readNBytes(7))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("NAME x\n");
        }
    }

    @Test
    void garbageIsCountedAndTheNextFrameIsFound() throws Exception {
        ByteArrayOutputStream noise = new ByteArrayOutputStream();
        new Random(3).ints(200_000, 0, 256).filter(b -> b != '\n').forEach(noise::write);
        noise.write('\n');
        noise.writeBytes(Scale.sentence("$GPRMC,000000,A,3352.500,S,07030.000,W,,,010120,,"));
        Channel errors = Scale.channel("errors", "count/errors", Type.LONG);
        List<Channel> channels = new ArrayList<>(nmea().channels());
        channels.add(errors);
        try (Connection connection = subscribed(nmea().withChannels(channels))) {
            pty.send(noise.toByteArray());
            awaitRows(1);
            RecordedReadings counted = new RecordedReadings();
            connection.read(List.of(errors), counted);
            assertThat(counted.number(0)).isEqualTo(1);
        }
        assertThat(rows.get(0).number(0)).isEqualTo(-33.875);
    }

    @Test
    void aRegularExpressionThatNeverEndsFindsNothing() throws Exception {
        DeviceSettings settings = Scale.settings(
                "usb-gps",
                List.of(
                        Scale.channel("evil", "/^(.*?a){12}b/1", Type.STRING),
                        Scale.channel("all", "text", Type.STRING)));
        try (Connection connection = subscribed(settings)) {
            pty.send(("a".repeat(1000) + "!\n").getBytes(StandardCharsets.US_ASCII));
            awaitRows(1);
        }
        assertThat(rows.get(0).values).containsOnlyKeys(1);
    }
}
