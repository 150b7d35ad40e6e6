package org.headgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.doctor.Findings.about;
import static org.headgate.doctor.Findings.assertFinding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.host.Machine;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxCheckTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path home;

    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private final List<OutboxStatus> logs = new ArrayList<>();
    private long free = 1000 * MIB;

    private void log(String uplink, Priority priority, long atRisk, String problem) {
        log(uplink, priority, atRisk, 0, problem);
    }

    private void log(String uplink, Priority priority, long atRisk, long refusedLost, String problem) {
        logs.add(new OutboxStatus(
                new OutboxName(uplink, priority),
                "01",
                new FlowSnapshot("outbox:" + uplink, uplink, 5, 0, 2, 0, 0, 3, Map.of(), 0, 0),
                4 * MIB,
                16 * MIB,
                Duration.ZERO,
                1,
                0,
                atRisk,
                0,
                0,
                0,
                0,
                0,
                refusedLost,
                problem));
    }

    private List<Finding> check() {
        Outbox outbox = new Outbox() {
            @Override
            public OutboxLog open(OutboxName name, OutboxSettings settings, Runnable readable) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void waiting(OutboxName name, int change) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void abandoned(OutboxName name, int rows) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<OutboxStatus> list() {
                return logs;
            }
        };
        return new OutboxCheck(outbox, configurations, home, folder -> new Machine.Space(free, free, free, false))
                .check();
    }

    @Test
    void whatIsWellIsSaidInOneLine() {
        assertFinding(about("", check()), Level.UNKNOWN, "none is open", "");
        log("cloud", Priority.NORMAL, 0, "");
        log("cloud", Priority.HIGH, 0, "");
        assertFinding(about("", check()), Level.OK, "6 rows wait", "");
        assertThat(check()).hasSize(1);
    }

    @Test
    void aDiskThatTakesNothingIsAFailureWithWhatItMayCost() {
        log("cloud", Priority.NORMAL, 70, "cannot write: Read-only file system");
        log("spare", Priority.NORMAL, 0, "2 unreadable segments set aside as quarantine-*");
        assertFinding(
                about("outbox cloud", check()),
                Level.FAIL,
                "Read-only file system; 70 rows are in memory only",
                "dmesg");
        assertFinding(about("outbox spare", check()), Level.WARN, "2 unreadable segments", "outbox:status");
    }

    @Test
    void whatServersHaveRefusedIsFoundWhereverTheOutboxIs() throws IOException {
        log("cloud", Priority.NORMAL, 0, "");
        log("cloud", Priority.HIGH, 0, "");
        log("spare", Priority.LOW, 0, "");
        Path elsewhere = home.resolve("disk");
        configurations.put("headgate.uplink-spare.cfg", "outbox.dir", elsewhere.toString());
        Path main = Files.createDirectories(home.resolve("var/outbox/cloud/main"));
        Path low = Files.createDirectories(elsewhere.resolve("spare/low"));
        Files.createFile(main.resolve("refused-boiler-1.seg"));
        Files.createFile(main.resolve("refused-boiler-2.seg"));
        Files.createFile(main.resolve("0000000001.seg"));
        Files.createFile(low.resolve("refused-pump-9.seg"));
        List<Finding> findings = check();
        assertThat(findings).hasSize(2);
        assertFinding(
                about("outbox cloud", findings),
                Level.WARN,
                "2 batches are in quarantine",
                "outbox:clear-refused cloud");
        assertFinding(
                about("outbox spare/low", findings),
                Level.WARN,
                "1 batches are in quarantine",
                "outbox:clear-refused spare");
    }

    /** The disk is not to blame for it, and room on it does not bring them back. */
    @Test
    void refusedRowsThatWereNotKeptAreToldWithThoseThatWere() throws IOException {
        Path main = Files.createDirectories(home.resolve("var/outbox/cloud/main"));
        Files.createFile(main.resolve("refused-boiler-1.seg"));
        log("cloud", Priority.NORMAL, 0, 8, "8 refused rows not kept: see outbox:refused, then outbox:clear-refused");
        log("spare", Priority.NORMAL, 0, 3, "cannot write: Input/output error");
        List<Finding> findings = check();
        assertThat(findings).hasSize(3);
        assertFinding(
                about("outbox cloud", findings),
                Level.WARN,
                "1 batches are in quarantine, 8 rows were not kept",
                "outbox:clear-refused cloud");
        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("outbox spare"))
                .extracting(Finding::level)
                .containsExactly(Level.FAIL, Level.WARN);
    }

    @Test
    void limitsThatAreMoreThanTheDiskHasAreTold() {
        log("cloud", Priority.NORMAL, 0, "");
        log("cloud", Priority.HIGH, 0, "");
        free = 24 * MIB;
        assertFinding(about("", check()), Level.OK, "", "");
        free = 24 * MIB - 1;
        assertFinding(
                about(home.resolve("var/outbox").toString(), check()), Level.WARN, "may grow by", "outbox.max-bytes");
    }
}
