package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.host.Machine;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver's contract, over real ttys. */
class UartDriverTest implements DriverContract {
    @TempDir
    private Path folder;

    private UartDriver driver;
    private Scale scale;

    @BeforeEach
    void start() throws IOException {
        driver = new UartDriver(new Machine(folder, folder), new Threads(), new SimulatedSystem(1));
        scale = new Scale(folder, "usb-scale");
    }

    @AfterEach
    void stop() throws IOException {
        scale.close();
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return scale.settings();
    }

    @Override
    public Optional<FaultyPeer> peer() throws IOException {
        return Optional.of(new Scale(folder, "usb-other"));
    }

    @Override
    public boolean hasChecksum() {
        return true;
    }

    @Test
    void anAnswerBecomesValues() throws Exception {
        RecordedReadings readings = new RecordedReadings();
        DeviceSettings settings = scale.settings();
        try (Connection connection = driver.open(settings)) {
            connection.read(settings.channels(), readings);
        }
        assertThat(readings.values).isEqualTo(Map.of(0, 12.5, 1, "kg", 2, "OK"));
    }

    @Test
    void framesAndErrorsAreCounted() throws Exception {
        DeviceSettings settings = scale.settings();
        List<Channel> counters = driver.channels(settings);
        DeviceSettings both = settings.withChannels(
                Stream.concat(settings.channels().stream(), counters.stream()).toList());
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = driver.open(both)) {
            connection.read(settings.channels(), new RecordedReadings());
            connection.read(settings.channels(), new RecordedReadings());
            connection.read(counters, readings);
        }
        assertThat(readings.values).isEqualTo(Map.of(0, 2L, 1, 0L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frame=lines | frame: lines (expected: line, length, delimiter, idle)",
                "frame=delimiter | delimiter: missing (expected: text with",
                "frame=length | length: missing (expected: a number of bytes",
                "frame=length,length=2:uint32 | length: 2:uint32 (expected: a number of bytes",
                "length=8 | length: 8 (expected: nothing, with frame=line)",
                "frame=delimiter,delimiter=\\q | delimiter: \\q (expected: text with",
                "checksum=crc | checksum: crc (expected: none, nmea, xor, sum8, crc16-modbus)",
                "max=1GiB | max: 1GiB (expected: from 1 to 64KiB)",
                "frame=length,length=8,max=8KiB | max: 8KiB (expected: from 1 to 4KiB, with frame=length)",
                "charset=ebcdic | charset: ebcdic (expected: utf-8",
                "silence=1ms | silence: 1ms (expected: 2s or longer)",
                "speed=9600 | speed: 9600 (expected: one of frame, start"
            })
    void aWrongSettingIsNamedWithWhatIsRight(String options, String message) {
        DeviceSettings settings = Scale.settings("/dev/ttyS9", List.of(), options.split(","));
        assertThatThrownBy(() -> driver.check(settings)).hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/x | DOUBLE | | channel.c: text/x (expected: text, text/FIELD",
                "/(/1 | DOUBLE | | channel.c: /(/1 (expected: a regular expression",
                "/a/1 | DOUBLE | | channel.c: /a/1 (expected: a group that the expression has)",
                "bytes/3 | DOUBLE | | channel.c: bytes/3 (expected: a type such as uint8",
                "bytes/3 | LONG | type=uint16,order=mixed | channel.c: order=mixed (expected: order=big or order=little)",
                "nmea/depth | DOUBLE | | channel.c: nmea/depth (expected: nmea/ and one of latitude",
                "write: | DOUBLE | | channel.c: write: (expected: write: and text",
                "text | STRING | colour=red | channel.c: colour=red (expected: match=, request=, order=)",
                "text | STRING | request=\\q | channel.c: \\q (expected: text with"
            })
    void aWrongChannelIsNamedWithWhatIsRight(String source, Type type, String options, String message) {
        Channel channel = Scale.channel("c", source, type, options == null ? new String[0] : options.split(","));
        DeviceSettings settings = Scale.settings("/dev/ttyS9", List.of(channel));
        assertThatThrownBy(() -> driver.check(settings)).hasMessageStartingWith(message);
    }
}
