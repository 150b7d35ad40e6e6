package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
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

/** Real programs in a control group of files: who is in it is ended with it, and where no file keeps it it is gone afterwards. */
class GroupedProgramTest {
    private static final SharedLoops LOOPS = new SharedLoops();
    private static final ThreadCalls CALLS = new ThreadCalls(LOOPS);
    private static final SystemClock CLOCK = new SystemClock(LOOPS, CALLS);
    private static final Channel VALUE = Channel.readable("v", "/v", Type.LONG, "");

    @TempDir
    private Path root;

    private Path unit;
    private Loop loop;
    private ProcessDriver driver;

    @BeforeEach
    void start() throws IOException {
        unit = ControlGroupsTest.group(root, "unit", "cpu memory pids", "");
        ControlGroupsTest.in(root, "0::/unit");
        loop = LOOPS.loop("grouped");
        long self = ProcessHandle.current().pid();
        Files.createDirectories(root.resolve("proc/" + self));
        Machine machine = new Machine(root, root);
        driver = new ProcessDriver(
                Machine.of(root), new Launcher(machine, Map.of(), false, self), Programs::secret, CALLS, CLOCK, loop);
    }

    @AfterEach
    void stop() throws IOException {
        loop.close();
        // None where all is well.
        for (Path group : groups()) {
            members(group).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private DeviceSettings settings(String text, String... keys) throws IOException {
        Map<String, String> options = new java.util.HashMap<>(Map.of("memory", "64MiB", "limits", "required"));
        for (String key : keys) {
            options.put(key.substring(0, key.indexOf('=')), key.substring(key.indexOf('=') + 1));
        }
        return Script.settings(Script.write(root.resolve("program"), "#!/bin/sh\n" + text), options, VALUE);
    }

    private List<Path> groups() throws IOException {
        try (Stream<Path> all = Files.list(unit)) {
            return all.filter(path -> path.getFileName().toString().startsWith("headgate-"))
                    .toList();
        }
    }

    private static List<Long> members(Path group) {
        return new ControlGroup(group)
                .members().stream().filter(GroupedProgramTest::isAlive).toList();
    }

    private static boolean isAlive(long pid) {
        return Programs.isAlive(String.valueOf(pid));
    }

    @Test
    void whatHasLeftItsSessionEndsWithTheProgram() throws Exception {
        // Two sessions on: neither a child nor in the session of what was started.
        DeviceSettings settings = settings("procs=$(echo '" + unit + "'/headgate-*/cgroup.procs); "
                + "setsid -f sh -c 'trap \"\" TERM; echo $$ >> '$procs'; for i in $(seq 60); do sleep 1; done' > /dev/null 2>&1; "
                + "while [ $(wc -l < $procs) -lt 2 ]; do sleep 0.02; done; echo '{\"v\":1}'; exec sleep 60");
        Connection connection = driver.open(settings);
        connection.read(settings.channels(), new RecordedReadings());
        Path group = groups().get(0);
        List<Long> started = members(group);
        assertThat(started).hasSize(2);
        connection.close();
        assertThat(started).noneMatch(GroupedProgramTest::isAlive);
    }

    @Test
    void eachPollHasAGroupThatGoesWithIt() throws Exception {
        DeviceSettings settings = settings("rm '" + unit + "'/headgate-*/*; echo '{\"v\":1}'", "run=poll");
        try (Connection connection = driver.open(settings)) {
            assertThat(groups()).isEmpty();
            for (int i = 0; i < 2; i++) {
                RecordedReadings readings = new RecordedReadings();
                connection.read(settings.channels(), readings);
                assertThat(readings.values).isEqualTo(Map.of(0, 1L));
                await().untilAsserted(() -> assertThat(groups()).isEmpty());
            }
        }
    }

    @Test
    void aProgramThatCannotBeStartedLeavesNoGroup() throws Exception {
        DeviceSettings settings = settings("exit 0", "directory=" + root.resolve("sys"));
        Launch launch = new Launcher(new Machine(root, root), Map.of(), false, 1).prepare(Setup.parse(settings));
        launch.builder().command(root.resolve("no-such-program").toString());
        Path group = launch.group().orElseThrow().folder();
        try (Stream<Path> files = Files.list(group)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(group).exists();
        Setup setup = Setup.parse(settings);
        Machine here = Machine.of(root);
        assertThatThrownBy(() -> Program.start(setup, launch, here, CALLS, CLOCK, new Deaf()))
                .isInstanceOf(IOException.class);
        await().untilAsserted(() -> assertThat(group).doesNotExist());
    }

    private static final class Deaf implements Program.Listener {
        @Override
        public void line(byte[] bytes, int length) {
            // Nothing runs.
        }

        @Override
        public void tooLong() {
            // Nothing runs.
        }

        @Override
        public void ended(IOException why) {
            // Nothing runs.
        }
    }
}
