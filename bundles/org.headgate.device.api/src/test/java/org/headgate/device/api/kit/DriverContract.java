package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the runtime relies on in every driver. A driver's test implements it, says how to reach a device and, where the driver talks
 * to something that may fail, gives a {@link #peer} that can be made to. Cases that a driver has no use for do not exist for it: none is
 * skipped.
 */
public interface DriverContract {
    /** How long {@code close} may take on a busy machine: the runtime waits 5 s when a bundle leaves. */
    Duration CLOSED_WITHIN = Duration.ofSeconds(15);

    /** What shows even a thread that stays in one of a hundred openings. */
    int OPENINGS = 1000;

    /** What shows one that stays in each or in some; a thousand where the full counts are asked for. */
    int FEW_OPENINGS = Boolean.getBoolean("headgate.long") ? OPENINGS : 150;

    /** The driver under test. */
    Driver driver();

    /** Settings with which a device answers; without channels where {@link Driver#channels} knows them. */
    DeviceSettings reachable();

    /** A peer that can be disturbed, made anew at each call; empty for a driver that talks to nothing, such as one that reads files. */
    default Optional<FaultyPeer> peer() throws Exception {
        return Optional.empty();
    }

    /** Whether the driver itself ends a call after {@link DeviceSettings#timeout}; one that cannot must end it when it is closed. */
    default boolean honoursTimeout() {
        return true;
    }

    /**
     * How often a connection is opened and closed to see whether anything stays: a thousand times. A protocol whose greeting takes long may
     * say less where the full counts ({@code headgate.long}) are not asked for; see {@link #FEW_OPENINGS}.
     */
    default int openings() {
        return OPENINGS;
    }

    /** How long {@code close} may take, and what it ends. */
    default Duration closedWithin() {
        return CLOSED_WITHIN;
    }

    /** What a call may take longer than its time-out, on a busy machine. */
    default Duration margin() {
        return Duration.ofSeconds(10);
    }

    /** Whether the protocol has a checksum: garbage then must never become a value. */
    default boolean hasChecksum() {
        return false;
    }

    /** The settings with the driver's own channels where none are configured. */
    default DeviceSettings complete() throws InvalidSettingException {
        return complete(reachable());
    }

    /** Other settings with the driver's own channels where none are configured. */
    default DeviceSettings complete(DeviceSettings settings) throws InvalidSettingException {
        return settings.channels().isEmpty() ? settings.withChannels(driver().channels(settings)) : settings;
    }

    /** The channels that can be read. */
    default List<Channel> readable(DeviceSettings settings) {
        return settings.channels().stream().filter(c -> c.access().canRead()).toList();
    }

    /** The channels that can be read and written: what is written back into them does no harm. */
    default List<Channel> writable(DeviceSettings settings) {
        return readable(settings).stream().filter(c -> c.access().canWrite()).toList();
    }

    @Test
    default void itsNameMayStandInAFile() {
        assertThat(driver().name()).matches("[a-z][a-z0-9_-]{0,62}");
    }

    @Test
    default void saysTheSameAboutADeviceEachTime() throws Exception {
        DeviceSettings settings = reachable();
        assertThat(driver().channels(settings))
                .isNotNull()
                .doesNotContainNull()
                .isEqualTo(driver().channels(settings))
                .extracting(Channel::name)
                .doesNotHaveDuplicates();
        assertThat(driver().bus(settings)).isNotNull().isEqualTo(driver().bus(settings));
    }

    @Test
    default void readsEveryReadableChannelOrSaysWhyNot() throws Exception {
        DeviceSettings settings = complete();
        List<Channel> channels = readable(settings);
        assertThat(channels).isNotEmpty();
        RecordedReadings readings = new RecordedReadings();
        try (Connection connection = driver().open(settings)) {
            connection.read(channels, readings);
        }
        assertThat(readings.values).isNotEmpty();
        Answers.fit(channels, readings);
    }

    @Test
    default void readsASubsetInTheOrderOfTheRequest() throws Exception {
        DeviceSettings settings = complete();
        List<Channel> reversed = new ArrayList<>(readable(settings));
        Collections.reverse(reversed);
        try (Connection connection = driver().open(settings)) {
            for (Channel channel : reversed) {
                RecordedReadings readings = new RecordedReadings();
                connection.read(List.of(channel), readings);
                Answers.fit(List.of(channel), readings);
            }
        }
    }

    @Test
    default void closingAgainDoesNothingAndReadingAfterwardsFails() throws Exception {
        DeviceSettings settings = complete();
        Connection connection = driver().open(settings);
        PeerContract.close(connection, closedWithin());
        PeerContract.close(connection, closedWithin());
        for (int i = 0; i < 2; i++) {
            Attempt.start("read", () -> read(connection, settings.channels()))
                    .failsWithin(settings.timeout().plus(CLOSED_WITHIN));
        }
    }

    @Test
    default void refusesAnUnknownSourceAndAnUnknownOption() throws Exception {
        DeviceSettings settings = complete();
        Channel unknown = Channel.readable("x", "no such source!", Type.DOUBLE, "");
        assertThatThrownBy(() -> driver().open(settings.withChannels(List.of(unknown))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("no such source!");
        assertThatThrownBy(() -> driver().open(Altered.odd(settings)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("no-such-option: 1 (expected: ");
    }

    /** What is refused while it is typed must never be what would have worked. */
    @Test
    default void judgesWithoutTouchingTheDeviceAndNoStricterThanItOpens() throws Exception {
        DeviceSettings settings = complete();
        driver().check(settings);
        assertThatThrownBy(() -> driver().check(Altered.odd(settings)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("no-such-option: 1 (expected: ");
        assertThat(driver().defaults(settings)).doesNotContainKey("no-such-option");
    }

    /** One case for each thing that the driver finds by itself, which must be a device that it can open. */
    @TestFactory
    default Stream<DynamicTest> opensWhateverItHasFound() throws Exception {
        return Finds.cases(this);
    }

    /** Where to search in these tests: addresses for {@link Discovery#search}; the driver's own places unless told. */
    default List<String> places() throws Exception {
        return driver().discovery().isPresent() ? driver().discovery().get().places() : List.of();
    }

    /** What a search at an address is told; more than the address for a protocol that needs more. */
    default DeviceSettings place(String address) {
        return new DeviceSettings("discover", address, reachable().timeout(), List.of(), Map.of());
    }

    @Test
    default void opensAndClosesAgainAndAgainWithoutLeavingThreadsOrFilesOpen() throws Exception {
        DeviceSettings settings = complete();
        driver().open(settings).close();
        Leftovers before = Leftovers.now();
        for (int i = 0; i < openings(); i++) {
            try (Connection connection = driver().open(settings)) {
                if (i % 100 == 0) {
                    read(connection, readable(settings));
                }
            }
        }
        before.assertNoMore(closedWithin());
    }

    @Test
    default void closesWhileACallIsInside() throws Exception {
        DeviceSettings settings = complete();
        for (int i = 0; i < 50; i++) {
            Connection connection = driver().open(settings);
            Attempt<Integer> reading = Attempt.start("read", () -> {
                for (int reads = 0; ; reads++) {
                    read(connection, readable(settings));
                }
            });
            reading.endsWithin(Duration.ofMillis(i % 5));
            PeerContract.close(connection, closedWithin());
            reading.failsWithin(settings.timeout().plus(CLOSED_WITHIN));
            // Whether the call that was inside, or the one after it, meets the closed connection is chance: so both are
            // asked.
            Attempt.start("read after close", () -> read(connection, readable(settings)))
                    .failsWithin(settings.timeout().plus(CLOSED_WITHIN));
        }
    }

    @Test
    default void isSwitchedOnAndOffWhileAnotherConnectionReads() throws Exception {
        DeviceSettings settings = complete();
        try (Connection steady = driver().open(settings)) {
            Attempt<Integer> switching = Attempt.start("open, read, close", () -> {
                for (int i = 0; i < 50; i++) {
                    try (Connection connection = driver().open(settings)) {
                        Answers.fit(readable(settings), read(connection, readable(settings)));
                    }
                }
                return 50;
            });
            do {
                Answers.fit(readable(settings), read(steady, readable(settings)));
            } while (!switching.endsWithin(Duration.ofMillis(1)));
            assertThat(switching.within(CLOSED_WITHIN)).contains(50);
        }
    }

    /** One case for each channel that can be written: it is, in turn with reads and beside those of another connection. */
    @TestFactory
    default Stream<DynamicTest> takesWritesBetweenAndBesideReads() throws Exception {
        DeviceSettings settings = complete();
        return writable(settings).stream()
                .map(channel -> DynamicTest.dynamicTest(channel.name(), () -> {
                    try (Connection reading = driver().open(settings);
                            Connection writing = driver().open(settings)) {
                        Object value = Answers.current(writing, channel);
                        Attempt<Integer> writes = Attempt.start("write", () -> {
                            for (int i = 0; i < 20; i++) {
                                writing.write(channel, value);
                                read(writing, readable(settings));
                            }
                            return 20;
                        });
                        do {
                            Answers.fit(readable(settings), read(reading, readable(settings)));
                        } while (!writes.endsWithin(Duration.ofMillis(1)));
                        assertThat(writes.within(CLOSED_WITHIN)).contains(20);
                    }
                }));
    }

    @Test
    default void reportsOnlyWhatItTookAndNothingAfterItWasClosed() throws Exception {
        DeviceSettings settings = complete();
        RecordedReports reports = new RecordedReports();
        Connection connection = driver().open(settings);
        List<Channel> taken = connection.subscribe(readable(settings), reports);
        assertThat(taken).isNotNull();
        assertThat(readable(settings)).containsAll(taken);
        // What is reported can still be read.
        Answers.fit(readable(settings), read(connection, readable(settings)));
        PeerContract.close(connection, closedWithin());
        reports.end();
        assertThat(!taken.isEmpty() && reports.reportsAfterEnd(500))
                .as("a report after close")
                .isFalse();
        Answers.fit(readable(settings), reports.last());
    }

    /** Refused, hung, garbled, broken and slow, and a call that hangs while its connection is closed. */
    @TestFactory
    default Stream<DynamicTest> standsWhatItsPeerDoes() throws Exception {
        return PeerContract.cases(this);
    }

    private static RecordedReadings read(Connection connection, List<Channel> channels) throws IOException {
        return Answers.of(connection, channels);
    }
}
