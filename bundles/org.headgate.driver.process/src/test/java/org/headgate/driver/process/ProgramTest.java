package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.host.Machine;
import org.headgate.system.api.Loop;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around a program leaves none behind, and is told. */
class ProgramTest {
    private static final SharedLoops LOOPS = new SharedLoops();
    private static final ThreadCalls CALLS = new ThreadCalls(LOOPS);
    private static final SystemClock CLOCK = new SystemClock(LOOPS, CALLS);
    private static final Channel VALUE = new Channel("v", "/v", Type.LONG, "", Access.READ_WRITE, Map.of());
    private static final Channel REFUSED = Channel.readable("refused", Counts.REFUSED, Type.LONG, "");
    private static final Channel ERRORS = Channel.readable("errors", Counts.ERRORS, Type.LONG, "");

    @TempDir
    private Path folder;

    private Machine machine;
    private Launcher launcher;
    private Loop loop;
    private Path pids;

    @BeforeEach
    void start() {
        machine = Machine.of(folder);
        launcher = new Launcher(machine, Map.of(), false, 7);
        loop = LOOPS.loop("test");
        pids = folder.resolve("pids");
    }

    @AfterEach
    void stop() throws IOException {
        loop.close();
        // None where all is well.
        started().forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** A shell script that says first who it is. */
    private DeviceSettings settings(String text, Map<String, String> options) throws IOException {
        Path program = Script.write(folder.resolve("program"), "#!/bin/sh\necho $$ >> '" + pids + "'\n" + text);
        return Script.settings(program, options, VALUE, REFUSED, ERRORS);
    }

    private List<String> started() throws IOException {
        return Files.exists(pids) ? Files.readAllLines(pids) : List.of();
    }

    private void awaitNone() {
        await().atMost(Duration.ofSeconds(10)).until(() -> started().stream().noneMatch(Programs::isAlive));
    }

    private ProcessDriver driver() {
        return new ProcessDriver(machine, launcher, Programs::secret, CALLS, CLOCK, loop);
    }

    @Test
    void aLineThatNeverEndsIsRefusedWhileItComes() throws Exception {
        DeviceSettings settings = settings("exec cat /dev/zero", Map.of());
        try (Connection connection = driver().open(settings)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> refused(connection, settings) >= 3);
            assertThat(read(connection, settings).bad.get(0))
                    .startsWith("a line of more than 65536 bytes (message.max) (")
                    .endsWith(" refused)");
        }
        awaitNone();
    }

    /** Whoever writes on and on is read as slowly as its rate says. */
    @Test
    void aLineThatNeverEndsWaitsInThePipe() throws Exception {
        DeviceSettings settings = settings("exec cat /dev/zero", Map.of("rate", "5", "message.max", "1KiB"));
        long begun = CLOCK.monotonicNanos();
        try (Connection connection = driver().open(settings)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> refused(connection, settings) >= 8);
            long refused = refused(connection, settings);
            Duration passed = Duration.ofNanos(CLOCK.monotonicNanos() - begun);
            assertThat(refused).isLessThanOrEqualTo(5 * (passed.toSeconds() + 2));
        }
    }

    @Test
    void anErrorThatNeverEndsIsCountedWhileItComes() throws Exception {
        DeviceSettings settings = settings("exec 3>&1; exec cat /dev/zero >&2", Map.of());
        try (Connection connection = driver().open(settings.withChannels(List.of(REFUSED, ERRORS)))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                RecordedReadings counts = new RecordedReadings();
                connection.read(List.of(ERRORS), counts);
                return (long) counts.values.get(0) >= 3;
            });
        }
    }

    private static long refused(Connection connection, DeviceSettings settings) throws IOException {
        return (long) read(connection, settings).values.get(1);
    }

    private static RecordedReadings read(Connection connection, DeviceSettings settings) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(settings.channels(), readings);
        return readings;
    }

    /** Else the device would be ONLINE without a row for ever. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatThrowsIsToldTheEndAndTheProgramIsEnded(boolean error) throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        Setup setup = Setup.parse(settings("echo '{\"v\":1}'; exec sleep 60", Map.of()));
        Program.start(setup, launcher.prepare(setup), machine, CALLS, CLOCK, new Program.Listener() {
            @Override
            public void line(byte[] bytes, int length) {
                if (error) {
                    throw new OutOfMemoryError("none left");
                }
                throw new IllegalStateException("none left");
            }

            @Override
            public void tooLong() {
                throw new IllegalStateException();
            }

            @Override
            public void ended(IOException why) {
                ended.complete(why.getMessage());
            }
        });
        assertThat(ended.get(20, TimeUnit.SECONDS))
                .isEqualTo("its lines cannot be taken: java.lang."
                        + (error ? "OutOfMemoryError" : "IllegalStateException") + ": none left");
        awaitNone();
    }

    /** A timer keeps its device, and a gateway has many of them in a day where the program ends again and again. */
    @ParameterizedTest
    @ValueSource(strings = {"exec sleep 60", "exit 3"})
    void itsTimerEndsWithIt(String text) throws Exception {
        AtomicInteger timers = new AtomicInteger();
        DeviceSettings settings = settings(text, Map.of("silence", "1h"));
        ProcessDriver driver = new ProcessDriver(machine, launcher, Programs::secret, CALLS, CLOCK, counted(timers));
        Connection connection = driver.open(settings);
        if (text.equals("exit 3")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> timers.get() == 0);
        } else {
            assertThat(timers).hasValue(1);
        }
        connection.close();
        assertThat(timers).hasValue(0);
    }

    /** The loop, whose timers that wait are counted. */
    private Loop counted(AtomicInteger timers) {
        return new Loop() {
            @Override
            public void execute(Runnable task) {
                loop.execute(task);
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                Timer timer = loop.schedule(delay, task);
                timers.incrementAndGet();
                return () -> {
                    timer.cancel();
                    timers.decrementAndGet();
                };
            }

            @Override
            public void close() {
                loop.close();
            }
        };
    }

    /** It is closed when nothing runs yet that could be ended. */
    @Test
    void whatIsStartedWhileTheDeviceIsClosedIsEnded() throws Exception {
        Setup setup = Setup.parse(settings("echo '{\"v\":1}'; exec sleep 60", Map.of("run", "poll")));
        PolledConnection[] own = new PolledConnection[1];
        own[0] = new PolledConnection(
                setup,
                () -> {
                    own[0].close();
                    return launcher.prepare(setup);
                },
                machine,
                CALLS,
                CLOCK);
        assertThatThrownBy(() -> own[0].read(List.of(VALUE), new RecordedReadings()))
                .isInstanceOf(IOException.class)
                .hasMessage("closed");
        awaitNone();
    }

    /** Else the next poll would start another one beside it. */
    @Test
    void aPolledProgramThatReadsNothingIsEndedWithTheWrite() throws Exception {
        Channel text = new Channel("t", "/t", Type.STRING, "", Access.READ_WRITE, Map.of());
        Setup setup = Setup.parse(
                settings("exec <&-; exec sleep 60", Map.of("run", "poll")).withChannels(List.of(text)));
        PolledConnection connection = new PolledConnection(setup, () -> launcher.prepare(setup), machine, CALLS, CLOCK);
        // More than the pipe takes, so that it waits for the program to read, or to close it.
        assertThatThrownBy(() -> connection.write(text, "x".repeat(1 << 18)))
                .isInstanceOf(IOException.class)
                .hasMessage("the program does not read its standard input any more");
        awaitNone();
    }
}
