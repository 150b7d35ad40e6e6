package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.headgate.host.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    private static final Map<String, String> SESSION = Map.of(
            "XDG_RUNTIME_DIR",
            "/run/user/1000",
            "DBUS_SESSION_BUS_ADDRESS",
            "unix:path=/run/user/1000/bus",
            "SECRET",
            "x");

    @TempDir
    private Path root;

    private Machine machine;

    @BeforeEach
    void tools() throws IOException {
        machine = new Machine(root, root);
        for (String tool : new String[] {"setsid", "setpriv", "prlimit", "systemd-run"}) {
            file("usr/bin/" + tool);
        }
    }

    private void file(String path) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), "");
    }

    private ProcessBuilder builder(Map<String, String> ours, boolean asRoot, String... keys) throws Exception {
        return launch(ours, asRoot, keys).builder();
    }

    private Launch launch(Map<String, String> ours, boolean asRoot, String... keys) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (String key : keys) {
            options.put(key.substring(0, key.indexOf('=')), key.substring(key.indexOf('=') + 1));
        }
        Setup setup = Setup.parse(Script.settings(Path.of("/bin/true"), options));
        return new Launcher(machine, ours, asRoot, 7).prepare(setup);
    }

    private static String line(ProcessBuilder builder) {
        return String.join(" ", builder.command());
    }

    @Test
    void withoutLimitsThereIsASessionAndAnEndWithTheGateway() throws Exception {
        ProcessBuilder builder = builder(SESSION, true);
        assertThat(line(builder)).isEqualTo("/usr/bin/setsid /usr/bin/setpriv --pdeathsig KILL -- /bin/true");
        assertThat(builder.environment()).containsOnlyKeys("PATH");
    }

    @Test
    void withoutSystemdMemoryIsLimitedForEachProcess() throws Exception {
        assertThat(line(builder(SESSION, true, "memory=64MiB", "cpu=20%")))
                .isEqualTo(
                        "/usr/bin/setsid /usr/bin/prlimit --data=67108864 /usr/bin/setpriv --pdeathsig KILL -- /bin/true");
    }

    @Test
    void withoutSystemdAControlGroupComesBeforeLimitsOfEachProcess() throws Exception {
        Path first = ControlGroupsTest.group(root, "", "cpu memory pids", "");
        ControlGroupsTest.in(root, "0::/");
        Launch launch = launch(SESSION, true, "memory=64MiB", "cpu=20%", "limits=required");
        Path group = first.resolve("headgate-7-scan-1");
        assertThat(launch.builder().command())
                .containsExactly(
                        "/usr/bin/setsid",
                        "/bin/sh",
                        "-c",
                        "echo $$ > \"$0\" && exec \"$@\"",
                        group + "/cgroup.procs",
                        "/usr/bin/env",
                        "-u",
                        "PWD",
                        "-u",
                        "OLDPWD",
                        "-u",
                        "SHLVL",
                        "-u",
                        "_",
                        "/usr/bin/setpriv",
                        "--pdeathsig",
                        "KILL",
                        "--",
                        "/bin/true");
        assertThat(launch.group()).contains(new ControlGroup(group));
        assertThat(launch.limits()).isEqualTo("its limits are kept by a control group");
        assertThat(launch.kept()).isTrue();
        assertThat(launch(SESSION, true).group()).as("without limits").isEmpty();
        file("run/systemd/private");
        launch = launch(SESSION, true, "memory=64MiB");
        assertThat(line(launch.builder())).contains("systemd-run --scope").doesNotContain("cgroup.procs");
        assertThat(launch.group()).isEmpty();
        assertThat(launch.limits()).isEqualTo("its limits are kept by a scope of systemd");
    }

    @Test
    void whereTheKernelMakesNoGroupMemoryIsLimitedForEachProcess() throws Exception {
        Path first = ControlGroupsTest.group(root, "", "cpu memory", "");
        ControlGroupsTest.in(root, "0::/");
        Files.delete(first.resolve("cgroup.subtree_control"));
        Files.createDirectory(first.resolve("cgroup.subtree_control"));
        Launch launch = launch(SESSION, true, "memory=64MiB", "cpu=20%");
        assertThat(line(launch.builder())).contains("/usr/bin/prlimit --data=67108864");
        assertThat(launch.kept()).isFalse();
        assertThat(launch.limits())
                .startsWith("cpu = 20% is not kept, memory is limited for each process alone: the kernel makes no");
        assertThatThrownBy(() -> launch(SESSION, true, "cpu=20%", "limits=required"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(", and limits = required");
    }

    @Test
    void aUsersSystemdMakesAScopeAndItsBusIsNotThePrograms() throws Exception {
        file("run/user/1000/systemd/private");
        ProcessBuilder builder =
                builder(SESSION, false, "memory=64MiB", "cpu=20%", "environment.A=b", "limits=required");
        assertThat(line(builder))
                .isEqualTo(
                        "/usr/bin/setsid /usr/bin/systemd-run --scope --quiet --collect --user -p MemoryMax=67108864 -p MemorySwapMax=0"
                                + " -p CPUQuota=20% -- /usr/bin/env -u DBUS_SESSION_BUS_ADDRESS -u XDG_RUNTIME_DIR"
                                + " /usr/bin/setpriv --pdeathsig KILL -- /bin/true");
        assertThat(builder.environment()).containsOnlyKeys("PATH", "A", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS");
    }

    @Test
    void rootHasTheSystems() throws Exception {
        file("run/systemd/private");
        assertThat(line(builder(Map.of(), true, "cpu=20%")))
                .contains("systemd-run --scope --quiet --collect -p CPUQuota=20% -- /usr/bin/env ");
        assertThat(line(builder(Map.of(), false, "cpu=20%"))).doesNotContain("systemd-run");
    }

    @Test
    void whatIsNotInstalledIsLeftOut() throws Exception {
        Files.delete(root.resolve("usr/bin/setsid"));
        Files.delete(root.resolve("usr/bin/setpriv"));
        Files.delete(root.resolve("usr/bin/prlimit"));
        assertThat(line(builder(Map.of(), false, "memory=64MiB"))).isEqualTo("/bin/true");
        assertThat(new Launcher(machine, Map.of(), false, 7).missing(new Limits(64 << 20, 0, false)))
                .isEqualTo(
                        "memory is not limited: here is neither a systemd that makes scopes for this user nor a control group of its own");
    }
}
