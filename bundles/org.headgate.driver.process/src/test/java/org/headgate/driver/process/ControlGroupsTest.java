package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.headgate.host.Machine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Control groups made of files; and real ones where we may make some. */
class ControlGroupsTest {
    static final Limits BOTH = new Limits(64 << 20, 20, false);
    private static final Limits MEMORY = new Limits(64 << 20, 0, false);
    private static final long SELF = 4711;

    @TempDir
    private Path root;

    /** A group as the kernel shows one. */
    static Path group(Path root, String path, String controllers, String divided, String... members)
            throws IOException {
        Path group = Files.createDirectories(root.resolve("sys/fs/cgroup").resolve(path));
        Files.writeString(group.resolve("cgroup.controllers"), controllers + "\n");
        Files.writeString(group.resolve("cgroup.subtree_control"), divided + "\n");
        Files.writeString(
                group.resolve("cgroup.procs"), String.join("\n", members) + (members.length == 0 ? "" : "\n"));
        if (!path.isEmpty()) {
            Files.writeString(group.resolve("cgroup.type"), "domain\n");
        }
        return group;
    }

    /** The gateway is in this one. */
    static void in(Path root, String line) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("proc/self")).resolve("cgroup"), line + "\n");
        Files.createDirectories(root.resolve("proc/" + SELF));
    }

    private ControlGroups groups(boolean asRoot) {
        return new ControlGroups(new Machine(root, root), asRoot, SELF);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void rootDividesTheFirstGroupAndLimitsAProgramInOneBelow() throws Exception {
        Path first = group(root, "", "cpuset cpu io memory pids", "", "1", "4711");
        in(root, "0::/");
        assertThat(groups(true).keep(BOTH)).isTrue();
        ControlGroup group = groups(true).make("scan", BOTH);
        assertThat(group.folder()).isEqualTo(first.resolve("headgate-4711-scan-1"));
        assertThat(first.resolve("cgroup.subtree_control")).hasContent("+memory +cpu +pids");
        assertThat(first.resolve("cgroup.procs")).hasContent("1\n4711\n");
        assertThat(first.resolve("gateway")).as("others are in it, too").doesNotExist();
        assertThat(group.folder().resolve("memory.max")).hasContent("67108864");
        assertThat(group.folder().resolve("memory.swap.max")).hasContent("0");
        assertThat(group.folder().resolve("cpu.max")).hasContent("20000 100000");
        assertThat(group.folder().resolve("pids.max")).hasContent("512");
        assertThat(group.entrance(Map.of())).contains(group.folder() + "/cgroup.procs");
    }

    @Test
    void whatIsDividedAlreadyStaysAsItIsAndOnlyWhatIsWantedIsLimited() throws Exception {
        Path first = group(root, "", "cpu memory", "memory");
        in(root, "0::/");
        ControlGroup group = groups(true).make("scan", MEMORY);
        assertThat(first.resolve("cgroup.subtree_control")).hasContent("memory\n");
        assertThat(group.folder().resolve("cpu.max")).doesNotExist();
        assertThat(groups(true).make("scan", new Limits(0, 150, false)).folder())
                .hasFileName("headgate-4711-scan-2")
                .satisfies(second -> assertThat(second.resolve("cpu.max")).hasContent("150000 100000"))
                .satisfies(second -> assertThat(second.resolve("memory.max")).doesNotExist());
        assertThat(first.resolve("cgroup.subtree_control")).hasContent("+cpu");
    }

    @Test
    void rootNeverLeavesAGroupThatMayLimitTheGateway() throws Exception {
        group(root, "", "cpu memory", "cpu memory");
        group(root, "docker/abc", "cpu memory", "", "4711");
        in(root, "12:cpuset:/x\n0::/docker/abc");
        assertThat(groups(true).keep(BOTH)).isFalse();
        assertThatThrownBy(() -> groups(true).make("scan", BOTH)).isInstanceOf(IOException.class);
        Path divided = group(root, "docker/abc", "cpu memory", "cpu memory");
        assertThat(groups(true).make("scan", BOTH).folder()).hasParent(divided);
    }

    @Test
    void inADelegatedGroupTheGatewayMovesBesideItsPrograms() throws Exception {
        Path unit = group(root, "system.slice/headgate.service", "cpu memory pids", "", "4710", "4711");
        in(root, "0::/system.slice/headgate.service");
        ControlGroup group = groups(false).make("scan", BOTH);
        assertThat(group.folder()).hasParent(unit);
        assertThat(unit.resolve("gateway/cgroup.procs")).hasContent("4711");
        assertThat(unit.resolve("cgroup.subtree_control")).hasContent("+memory +cpu +pids");
        // From then on the kernel says so.
        group(root, "system.slice/headgate.service/gateway", "cpu memory pids", "", "4710", "4711");
        group(root, "system.slice/headgate.service", "cpu memory pids", "cpu memory pids");
        in(root, "0::/system.slice/headgate.service/gateway");
        assertThat(groups(false).make("other", BOTH).folder()).hasParent(unit);
        assertThat(names(unit)).containsExactly("gateway", "headgate-4711-other-1", "headgate-4711-scan-1");
    }

    @Test
    void whereNothingIsOursOrNothingCanBeLimitedThereIsNoGroup() throws Exception {
        assertThat(groups(false).keep(BOTH)).as("no such file").isFalse();
        in(root, "4:memory:/x\n0::/unit");
        assertThat(groups(false).keep(BOTH)).as("not mounted").isFalse();
        Path unit = group(root, "unit", "memory pids", "");
        assertThat(groups(false).keep(BOTH)).as("no processor").isFalse();
        assertThat(groups(false).keep(MEMORY)).isTrue();
        in(root, "4:memory:/unit");
        assertThat(groups(false).keep(MEMORY)).as("version 1").isFalse();
        group(root, "../unit", "memory", "memory");
        in(root, "0::/../unit");
        assertThat(groups(false).keep(MEMORY)).as("outside of what is mounted").isFalse();
        assertThat(groups(true).keep(MEMORY)).as("outside of what is mounted").isFalse();
        in(root, "0::/unit");
        Files.delete(unit.resolve("cgroup.subtree_control"));
        assertThat(groups(false).keep(MEMORY)).as("not writable").isFalse();
        group(root, "unit", "memory", "");
        assertThat(groups(false).keep(MEMORY)).isTrue();
        Files.delete(unit.resolve("cgroup.procs"));
        assertThat(groups(false).keep(MEMORY)).as("nobody can be moved").isFalse();
    }

    /** Linux has cgroup.kill from 5.14 on. */
    @Test
    void anOlderKernelIsToldOneByOneWhomToEnd() throws Exception {
        Process program = new ProcessBuilder("/bin/sleep", "67").start();
        new ControlGroup(group(root, "a", "", "", String.valueOf(program.pid()))).end();
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(128 + 9);
    }

    @Test
    void whatAGatewayHasLeftThatWasKilledIsEnded() throws Exception {
        Path first = group(root, "", "cpu memory", "cpu memory");
        in(root, "0::/");
        Files.createDirectories(root.resolve("proc/12"));
        for (String name : List.of("headgate-12-a-1", "headgate-13-b-1", "headgate-x", "user.slice")) {
            Files.createDirectory(first.resolve(name));
        }
        // The kernel's files keep a folder of files from being removed, so this stays: what counts is what was written.
        Path kill = Files.createDirectory(first.resolve("headgate-14-c-1")).resolve("cgroup.kill");
        Files.writeString(kill, "");
        groups(true).make("scan", BOTH);
        assertThat(names(first))
                .containsExactly(
                        "headgate-12-a-1", "headgate-14-c-1", "headgate-4711-scan-1", "headgate-x", "user.slice");
        assertThat(kill).hasContent("1");
    }

    @Test
    void itsMembersAreThoseThatTheKernelNames() throws Exception {
        Path folder = group(root, "a", "", "", "12", "345");
        assertThat(new ControlGroup(folder).members()).containsExactly(12L, 345L);
        assertThat(new ControlGroup(root.resolve("gone")).members()).isEmpty();
    }

    /** A shell lets us in, which tells its programs of itself: bash more than dash. */
    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/bash"})
    void whoComesThroughItsEntranceIsInItAndHasOnlyTheEnvironmentThatIsConfigured(String shell) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not there");
        for (Map<String, String> configured : List.of(
                Map.of("PATH", "/usr/bin", "SITE", "north"),
                Map.of("PWD", "/no/such folder", "OLDPWD", "/nor/this", "SHLVL", "5", "_", "x=y", "EMPTY", ""))) {
            Path folder = group(root, "a" + configured.size(), "", "");
            List<String> line = new ArrayList<>(new ControlGroup(folder).entrance(configured));
            line.set(0, shell);
            line.addAll(List.of("/bin/cat", "/proc/self/environ"));
            ProcessBuilder builder = new ProcessBuilder(line);
            builder.environment().clear();
            builder.environment().putAll(configured);
            Process program = builder.start();
            String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said.split("\0"))
                    .containsExactlyInAnyOrder(configured.entrySet().stream()
                            .map(Map.Entry::toString)
                            .toArray(String[]::new));
            assertThat(new ControlGroup(folder).members()).containsExactly(program.pid());
        }
    }

    /** The arguments of a program are there for all to read. */
    @Test
    void aSecretIsNotInItsLine() {
        assertThat(new ControlGroup(root).entrance(Map.of("PWD", "@site-token", "SITE", "north")))
                .noneMatch(word -> word.contains("site-token") || word.contains("north"));
    }

    /** Registered only where it can run: as root or in a delegated group of a machine with version 2. */
    @TestFactory
    Stream<DynamicTest> realGroups() {
        Machine machine = Machine.of(Path.of("/"));
        boolean asRoot = "root".equals(System.getProperty("user.name"));
        ControlGroups groups =
                new ControlGroups(machine, asRoot, ProcessHandle.current().pid());
        return !groups.keep(BOTH)
                ? Stream.empty()
                : Stream.of(DynamicTest.dynamicTest("the kernel ends what takes too much", () -> {
                    ControlGroup group = groups.make("test", new Limits(16 << 20, 50, false));
                    List<String> line = new ArrayList<>(group.entrance(Map.of()));
                    line.addAll(List.of("/bin/sh", "-c", "setsid sleep 66 & head -c 200M /dev/zero | tail"));
                    Process hog = new ProcessBuilder(line).start();
                    assertThat(hog.waitFor(20, TimeUnit.SECONDS)).isTrue();
                    assertThat(hog.exitValue()).isNotZero();
                    assertThat(group.members()).as("it has left something").hasSize(1);
                    group.end();
                    assertThat(group.folder()).doesNotExist();
                }));
    }
}
