package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What devices say by themselves, over real ttys. */
@Timeout(60)
class UnsolicitedTest extends PluggedIn {
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
            rows.awaitCount(4);
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
            rows.awaitCount(5);
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
            rows.awaitCount(1);
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
            rows.awaitCount(1);
            pty.send((byte) 3);
            rows.awaitCount(2);
        }
        assertThat((byte[]) rows.get(0).values.get(0)).containsExactly(1, 2);
        assertThat((byte[]) rows.get(1).values.get(0)).containsExactly(3);
    }

    private static Connection open(UartDriver driver, String port) {
        try {
            return driver.open(Scale.settings(port, List.of(Scale.channel("all", "text", Type.STRING))));
        } catch (IOException | InvalidSettingException failed) {
            throw new IllegalStateException(failed);
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
            rows.awaitCount(1);
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
            rows.awaitCount(1);
        }
        assertThat(rows.get(0).values).containsOnlyKeys(1);
    }
}
