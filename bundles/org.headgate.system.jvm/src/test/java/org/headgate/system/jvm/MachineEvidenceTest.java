package org.headgate.system.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineEvidenceTest {
    @TempDir
    Path root;

    private Path tools;

    @BeforeEach
    void folder() throws IOException {
        tools = Files.createDirectories(root.resolve("usr/bin"));
    }

    private MachineEvidence evidence() {
        return new MachineEvidence(root, root.resolve("missing") + ":" + tools, "aarch64");
    }

    private void tool(String name, String script) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aContainerWithoutAnythingSaysNothing() throws Exception {
        MachineEvidence evidence = evidence();
        assertThat(evidence.isSynchronized()).isFalse();
        assertThat(evidence.isBatteryBacked()).isFalse();
        assertThat(evidence.canAsk()).isFalse();
        assertThat(evidence.ask()).isEmpty();
    }

    @Test
    void aBatteryBackedClockCountsOnlyWhenTheKernelHasSetTheTimeFromIt() throws IOException {
        write("sys/class/rtc/rtc0/hctosys", "0\n");
        assertThat(evidence().isBatteryBacked()).isFalse();
        write("sys/class/rtc/rtc1/hctosys", "1\n");
        assertThat(evidence().isBatteryBacked()).isTrue();
    }

    /** A cloud's small machines have no clock device and no time server; their hypervisor has set the time. */
    @Test
    void onAPcTheKernelHasAlwaysTakenTheTimeFromTheMachine() {
        assertThat(new MachineEvidence(root, "", "amd64").isBatteryBacked()).isTrue();
        assertThat(new MachineEvidence(root, "", "arm").isBatteryBacked()).isFalse();
    }

    @Test
    void seesTheFileThatTimesyncdMakes() throws IOException {
        MachineEvidence evidence = evidence();
        write("run/systemd/timesync/synchronized", "");
        assertThat(evidence.isSynchronized()).isTrue();
    }

    /** The output of BusyBox 1.35 (miscutils/adjtimex.c). */
    @Test
    void readsTheKernelsErrorBoundThroughBusyBox() throws Exception {
        tool(
                "busybox",
                "[ $1 = adjtimex ] && echo '    maxerror:     16000000' && echo '    status:       64 (UNSYNC)'");
        assertThat(evidence().canAsk()).isTrue();
        assertThat(answer()).contains(false);
        // chronyd without rtcsync: the flag UNSYNC stays, the error is known.
        tool("busybox", "echo '    maxerror:     25436'; echo '    status:       64 (UNSYNC)'");
        assertThat(answer()).contains(true);
    }

    @Test
    void aBusyBoxWithoutTheAppletSendsItOnToTheNextTool() throws Exception {
        tool("busybox", "echo 'adjtimex: applet not found'; exit 127");
        assertThat(evidence().ask()).isEmpty();
        tool("adjtimex", "[ $1 = --print ] && echo '     maxerror: 1500'");
        assertThat(answer()).contains(true);
    }

    @Test
    void asksSystemdOnlyWhereItRuns() throws Exception {
        tool("timedatectl", "echo \"$5\" > " + root.resolve("asked") + "; echo no");
        assertThat(evidence().canAsk()).isFalse();
        Files.createDirectories(root.resolve("run/systemd/system"));
        assertThat(answer()).contains(false);
        tool("timedatectl", "echo yes");
        assertThat(answer()).contains(true);
        tool("timedatectl", "echo 'Failed to connect to bus' >&2; exit 1");
        assertThat(evidence().ask()).isEqualTo(Optional.empty());
    }

    @Test
    void aToolThatHangsIsEnded() throws Exception {
        Path pid = root.resolve("pid");
        tool("busybox", "echo $$ > " + pid + "; exec sleep 600");
        // It may be ended before it has said who it is.
        for (int i = 0; i < 5 && (!Files.exists(pid) || Files.size(pid) == 0); i++) {
            assertThat(evidence().ask()).isEmpty();
        }
        Optional<ProcessHandle> left =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        if (left.isPresent()) {
            left.get().onExit().get(60, TimeUnit.SECONDS);
        }
    }

    /** A tool has two seconds; a machine that stands still takes them away, and nobody has said anything then. */
    private Optional<Boolean> answer() throws InterruptedException {
        Optional<Boolean> answer = evidence().ask();
        for (int i = 0; i < 4 && answer.isEmpty(); i++) {
            answer = evidence().ask();
        }
        return answer;
    }
}
