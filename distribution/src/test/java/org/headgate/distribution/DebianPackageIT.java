package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The package that the build makes. */
class DebianPackageIT {
    private static final long BOOTSTRAP_MINUTES = 15;
    private static final long END_MINUTES = 2;
    private static final Path UNIT = Path.of("src/deb/files/headgate.service");

    @TempDir
    Path folder;

    private static Path deb() throws Exception {
        Path target = Path.of(System.getProperty("headgate.distribution")).getParent();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("headgate_.*_all\\.deb"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no package in " + target));
        }
    }

    private String run(String... command) throws Exception {
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(BOOTSTRAP_MINUTES, TimeUnit.MINUTES))
                    .as(List.of(command).toString())
                    .isTrue();
        } finally {
            end(process);
        }
        assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
        return Files.readString(printed);
    }

    /** Asked to end first: the script has something to stop, to unmount and to remove. */
    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        below.forEach(ProcessHandle::destroy);
        if (!process.waitFor(END_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void isWhatDebianCallsAPackage() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "no dpkg-deb: not a Debian machine");
        String file = deb().toString();
        assertThat(run("dpkg-deb", "--field", file))
                .contains(
                        "Package: headgate", "Architecture: all", "openjdk-17-jre-headless | openjdk-21-jre-headless");
        assertThat(run("dpkg-deb", "--contents", file).lines())
                .anyMatch(line -> line.matches("-rwxr-xr-x root/root .* \\./usr/bin/headgate"))
                .anyMatch(line -> line.matches("-rwxr-xr-x root/root .* \\./usr/share/headgate/bin/headgate"))
                .anyMatch(line -> line.endsWith("./lib/systemd/system/headgate.service"))
                .anyMatch(line -> line.endsWith("./usr/share/headgate/etc/startup.properties"))
                .noneMatch(line -> line.matches("-.{7}w.*"));
    }

    @Test
    void itsServiceIsOneThatSystemdTakes() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd-analyze (systemd)");
        String program = Path.of(System.getProperty("headgate.distribution"))
                .resolve("bin/headgate")
                .toRealPath()
                .toString();
        // It wants to see the program, which is nowhere but in the package.
        String text = Files.readString(UNIT).replace("/usr/share/headgate/bin/headgate", program);
        Path unit = Files.writeString(folder.resolve("headgate.service"), text);
        assertThat(text).contains("ExecStart=" + program);
        assertThat(run("systemd-analyze", "verify", "--man=no", unit.toString()))
                .doesNotContain("headgate.service");
    }

    /** Pins, serial lines and the PWM of sysfs are files; the rest of the system may well be hidden. */
    @Test
    void itsServiceSeesTheDevicesAndWritesItsFolders() throws Exception {
        assertThat(Files.readAllLines(UNIT))
                .noneMatch(
                        line -> line.matches(
                                "(PrivateDevices|ProtectKernelTunables|PrivateUsers|DynamicUser|MemoryDenyWriteExecute)=(yes|true|on|1)"))
                .noneMatch(line -> line.matches(
                        "(DevicePolicy|DeviceAllow|InaccessiblePaths|TemporaryFileSystem|RootDirectory)=.*"))
                .contains(
                        "User=headgate",
                        "Environment=HEADGATE_HOME=/var/lib/headgate",
                        "ReadWritePaths=/var/lib/headgate /etc/headgate");
        assertThat(Files.readString(UNIT.resolveSibling("default"))).doesNotContain("HEADGATE_HOME");
    }

    /** Takes minutes and the network's archive: with the full counts only. */
    @TestFactory
    Stream<DynamicTest> isInstalledStartedAskedAndPurgedInAFreshDebian() {
        return Stream.of("Debian 12")
                .filter(any -> Boolean.getBoolean("headgate.long"))
                .map(debian -> dynamicTest(debian, () -> {
                    int user = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
                    assumeTrue(user == 0, "only root may make a Debian in a folder");
                    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/debootstrap")), "no debootstrap");
                    String script = Path.of("src/test/scripts/deb-in-debootstrap.sh")
                            .toAbsolutePath()
                            .toString();
                    assertThat(run("bash", script, deb().toString()))
                            .contains("groups of its user: headgate dialout gpio\n", "devices", "\nok\n");
                }));
    }
}
