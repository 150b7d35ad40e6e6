package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods of a real server: what they are called with, and what becomes of their answers. */
class MethodsTest {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    @TempDir
    private static Path home;

    private static Reactor reactor;
    private static OpcUaDriver driver;
    private static MiloServer server;

    @BeforeAll
    static void start() throws IOException {
        reactor = Ground.loaded();
        driver = new OpcUaDriver(new MovedClock(), new Ground(home).keyring, reactor);
        server = new MiloServer();
    }

    @BeforeEach
    void restore() {
        server.press().restore();
    }

    @AfterAll
    static void stop() {
        server.close();
        reactor.stop();
    }

    private static DeviceSettings settings(String method, Type type, Access access) {
        return new Site(server.url())
                .timeout(Duration.ofSeconds(20))
                .source("method:i=85/nsu=urn:press;s=" + method, type, access)
                .settings();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add | [7, 1.5] | add Int16=7 Double=1.5",
                "reset | anything | reset",
                "say | hello | say String=hello",
                "say | [1] | say String=[1]"
            })
    void aMethodIsCalledWithArgumentsOfItsTypes(String method, String written, String called) throws Exception {
        call(method, written);
        assertThat(server.press().get("string")).isEqualTo(called);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add | 7 | the method takes 2 arguments, written as a JSON array: [a, b]",
                "add | [7 | not JSON: ",
                "add | [70000, 1] | a: 70000 is no Int16",
                "add | [-1, 1] | Bad_InvalidArgument: One or more arguments are invalid.; a: Bad_OutOfRange",
                "say | no | Bad_InvalidState: ",
                "nothing | 1 | Bad_NodeIdUnknown: "
            })
    void aCallThatFailsSaysWhy(String method, String written, String message) {
        assertThatThrownBy(() -> call(method, written))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(message);
    }

    private static void call(String method, Object written) throws Exception {
        DeviceSettings settings = settings(method, Type.STRING, Access.WRITE);
        try (Connection connection = driver.open(settings)) {
            connection.write(settings.channels().get(0), written);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add | DOUBLE | [7, 1.5] | 8.5",
                "add | LONG | [7, 1.5] | 8.5",
                "add | STRING | [7, 1.5] | 8.5",
                "say | STRING | hello | [\"hello\",5]",
                "say | ARRAY | hello | [hello, 5]",
                "draw | STRING | 9 | [1.5,4.5]",
                "draw | ARRAY | 9 | [1.5, 4.5]",
                "reset | STRING | [] | []"
            })
    void whatACallAnswersIsTheValueOfItsChannel(String method, Type type, String written, String value)
            throws Exception {
        DeviceSettings settings = settings(method, type, Access.READ_WRITE);
        try (Connection connection = driver.open(settings)) {
            connection.write(settings.channels().get(0), written);
            RecordedReadings readings = Site.read(connection, settings);
            assertThat(readings.values.get(0)).hasToString(value);
            assertThat(readings.bad).isEmpty();
        }
    }

    @Test
    void aCallThatFailsLeavesTheAnswerOfTheLastOneThatDidNot() throws Exception {
        DeviceSettings settings = settings("add", Type.DOUBLE, Access.READ_WRITE);
        Channel add = settings.channels().get(0);
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            connection.subscribe(settings.channels(), heard);
            connection.write(add, "[7, 1.5]");
            assertThatThrownBy(() -> connection.write(add, "[-1, 1]")).isInstanceOf(IOException.class);
            assertThat(Site.read(connection, settings).values).containsEntry(0, 8.5);
        }
        assertThat(heard.of(0)).containsExactly(8.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "say | LONG | hello | the method answers 2 values: the type string has them as JSON",
                "say | BYTES | hello | the method answers 2 values: the type string has them as JSON",
                "draw | DOUBLE | 9 | the method answers 2 values: the type string has them as JSON",
                "reset | BOOLEAN | [] | the method answers nothing: access=w calls it all the same",
                "add | BYTES | [7, 1.5] | a value of the type Double, not bytes"
            })
    void anAnswerThatDoesNotFitIsBadAndTheCallIsGood(String method, Type type, String written, String reason)
            throws Exception {
        DeviceSettings settings = settings(method, type, Access.READ_WRITE);
        try (Connection connection = driver.open(settings)) {
            connection.write(settings.channels().get(0), written);
            assertThat(Site.read(connection, settings).bad).containsEntry(0, reason);
        }
    }

    /** Both ways, for an answer is known without asking the server. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anAnswerIsReportedOnceWithTheTimeOfTheServer(String subscribe) throws Exception {
        DeviceSettings settings = new Site(server.url())
                .timeout(Duration.ofSeconds(20))
                .option("subscribe", subscribe)
                .option("sampling", "20s")
                .channel("double", Type.DOUBLE)
                .source("method:i=85/nsu=urn:press;s=add", Type.DOUBLE, Access.READ_WRITE)
                .source("method:i=85/nsu=urn:press;s=reset", Type.STRING, Access.WRITE)
                .settings();
        List<Channel> readable = settings.channels().subList(0, 2);
        Channel add = settings.channels().get(1);
        Heard heard = new Heard();
        try (Connection connection = driver.open(settings)) {
            assertThat(connection.subscribe(readable, heard)).contains(add).doesNotHaveDuplicates();
            RecordedReadings before = Site.read(connection, settings);
            assertThat(before.bad).containsEntry(1, "not called yet");
            assertThat(before.values).containsEntry(0, 21.25);

            long began = nanosNow();
            connection.write(add, "[1, 2]");
            connection.write(settings.channels().get(2), "[]");
            connection.write(add, "[2, 2.5]");
            assertThat(heard.of(1)).containsExactly(3.0, 4.5);
            List<Long> times = heard.all().stream()
                    .filter(row -> row.values.containsKey(1))
                    .map(row -> row.time)
                    .toList();
            assertThat(times).isSorted().allMatch(time -> time >= began && time < nanosNow() + MILLISECOND);
            assertThat(heard.all()).noneMatch(row -> row.bad.containsKey(1));

            RecordedReadings alone = new RecordedReadings();
            connection.read(List.of(add), alone);
            assertThat(alone.values).containsEntry(0, 4.5);
            assertThat(alone.times).containsEntry(0, times.get(1));
        }
    }

    /** The millisecond that has begun: the server's clock shows what is between two of them, too. */
    private static long nanosNow() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    @Test
    void aMethodThatIsOnlyReadIsRefused() {
        DeviceSettings settings = settings("add", Type.DOUBLE, Access.READ);
        assertThatThrownBy(() -> driver.check(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("channel.c0: method:i=85/nsu=urn:press;s=add (expected: access=w to call the method,"
                        + " access=rw to read its answer, too)");
    }
}
