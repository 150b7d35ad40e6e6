package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.Test;

/** What the runtime relies on in every driver. A driver's test implements it and says how to reach a device. */
public interface DriverContract {
    /** The driver under test. */
    Driver driver();

    /** Settings with which a device answers; without channels where {@link Driver#channels} knows them. */
    DeviceSettings reachable();

    /** The settings with the driver's own channels where none are configured. */
    default DeviceSettings complete() throws InvalidSettingException {
        DeviceSettings settings = reachable();
        return settings.channels().isEmpty() ? settings.withChannels(driver().channels(settings)) : settings;
    }

    @Test
    default void itsNameMayStandInAFile() {
        assertThat(driver().name()).matches("[a-z][a-z0-9_-]{0,62}");
    }

    @Test
    default void readsEveryReadableChannelOrSaysWhyNot() throws Exception {
        DeviceSettings settings = complete();
        List<Channel> channels =
                settings.channels().stream().filter(c -> c.access().canRead()).toList();
        assertThat(channels).isNotEmpty();
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = driver().open(settings)) {
            connection.read(channels, readings);
        }
        assertThat(readings.values.keySet()).allMatch(i -> i >= 0 && i < channels.size());
        assertThat(readings.values).isNotEmpty();
        assertThat(readings.bad.values())
                .allMatch(why -> !why.isBlank() && why.lines().count() == 1);
    }

    @Test
    default void readsASubsetInTheOrderOfTheRequest() throws Exception {
        DeviceSettings settings = complete();
        List<Channel> reversed = new ArrayList<>(
                settings.channels().stream().filter(c -> c.access().canRead()).toList());
        java.util.Collections.reverse(reversed);
        try (Connection connection = driver().open(settings)) {
            for (Channel channel : reversed) {
                RecordedReadings readings = new RecordedReadings();
                connection.read(List.of(channel), readings);
                assertThat(readings.values.keySet()).as(channel.name()).isSubsetOf(0);
            }
        }
    }

    @Test
    default void closingAgainDoesNothingAndReadingAfterwardsFails() throws Exception {
        DeviceSettings settings = complete();
        Connection connection = driver().open(settings);
        connection.close();
        connection.close();
        assertThatThrownBy(() -> connection.read(settings.channels(), new RecordedReadings()))
                .isInstanceOf(IOException.class);
    }

    @Test
    default void refusesAnUnknownSourceAndAnUnknownOption() throws Exception {
        DeviceSettings settings = complete();
        Channel unknown = Channel.readable("x", "no such source!", Type.DOUBLE, "");
        assertThatThrownBy(() -> driver().open(settings.withChannels(List.of(unknown))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("no such source!");
        DeviceSettings odd = new DeviceSettings(
                settings.device(),
                settings.address(),
                settings.timeout(),
                settings.channels(),
                Map.of("no-such-option", "1"));
        assertThatThrownBy(() -> driver().open(odd))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("no-such-option: 1 (expected: ");
    }

    @Test
    default void opensAndClosesAThousandTimesWithoutLeavingThreadsOrFilesOpen() throws Exception {
        DeviceSettings settings = complete();
        driver().open(settings).close();
        int threads = Thread.getAllStackTraces().size();
        int files = openFiles();
        for (int i = 0; i < 1000; i++) {
            try (Connection connection = driver().open(settings)) {
                if (i % 100 == 0) {
                    connection.read(settings.channels(), new RecordedReadings());
                }
            }
        }
        assertThat(Thread.getAllStackTraces().size()).isLessThanOrEqualTo(threads + 2);
        assertThat(openFiles()).isLessThanOrEqualTo(files + 2);
    }

    private static int openFiles() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
