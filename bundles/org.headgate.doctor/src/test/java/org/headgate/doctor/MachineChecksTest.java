package org.headgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.doctor.Findings.about;
import static org.headgate.doctor.Findings.assertFinding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.host.DeviceNode;
import org.headgate.host.DeviceNodes;
import org.headgate.host.Interfaces;
import org.headgate.host.Machine;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks at the machine, on one made of files. */
class MachineChecksTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path root;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private final MemoryConfigurations configurations = new MemoryConfigurations();

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Machine machine() {
        return new Machine(root, root);
    }

    private List<Finding> disk(long total, long free, boolean readOnly) {
        return new DiskCheck(machine(), () -> new Machine.Space(total, free, free, readOnly), system).check();
    }

    @Test
    void aClockThatIsNotSetIsSaidWithHowToSetIt() {
        ClockCheck check = new ClockCheck(system, configurations, Instant.EPOCH);
        assertFinding(check.check().get(0), Level.OK, "it is set: 2024-11-21 07:00:00 UTC", "");
        system.step(Duration.ofHours(1));
        assertFinding(check.check().get(0), Level.OK, "set a moment ago (it jumped by 3600.0 s", "");
        system.clockSet(false);
        assertFinding(check.check().get(0), Level.WARN, "not set since the machine started", "set-ntp true");
        configurations.put("headgate.gateway.cfg", "clock", "trusted");
        system.clockSet(true);
        system.advance(Duration.ofMinutes(2));
        assertFinding(check.check().get(0), Level.OK, "because clock = trusted says so", "");
    }

    @Test
    void aTimeFromBeforeThisProgramIsWrongWhateverSetIt() {
        ClockCheck check = new ClockCheck(system, configurations, Instant.parse("2025-01-01T00:00:00Z"));
        assertFinding(check.check().get(0), Level.FAIL, "set wrongly: 2024-11-21", "timedatectl");
    }

    @Test
    void aDiskIsGoodNearlyFullFullOrReadOnly() {
        String home = root.toString();
        assertFinding(about(home, disk(8 * GIB, 4 * GIB, false)), Level.OK, "4.0 GiB of 8.0 GiB are free", "");
        assertFinding(about(home, disk(8 * GIB, GIB / 2, false)), Level.WARN, "94 % used", "journalctl --vacuum");
        assertFinding(about(home, disk(8 * GIB, 10 << 20, false)), Level.FAIL, "outbox cannot grow", "apt-get clean");
        assertFinding(about(home, disk(8 * GIB, 4 * GIB, true)), Level.FAIL, "read-only", "remount,rw");
        List<Finding> gone = new DiskCheck(
                        machine(),
                        () -> {
                            throw new IOException("I/O error");
                        },
                        system)
                .check();
        assertFinding(about(home, gone), Level.FAIL, "I/O error", "dmesg");
    }

    @Test
    void anEmmcTellsItsWearAndAnSdCardDoesNot() throws Exception {
        put("sys/block/mmcblk0/device/name", "card");
        assertFinding(about("wear", disk(8, 4, false)), Level.UNKNOWN, "SD cards do not", "");
        for (String[] each : new String[][] {
            {"0x02 0x01", "0x01", "OK", "10 to 20 %"},
            {"0x08 0x01", "0x01", "WARN", "70 to 80 %"},
            {"0x02 0x01", "0x02", "WARN", "spare blocks: warning"},
            {"0x0B 0x01", "0x01", "FAIL", "beyond its life"},
            {"0x02 0x01", "0x03", "FAIL", "spare blocks: urgent"}
        }) {
            put("sys/block/mmcblk0/device/life_time", each[0]);
            put("sys/block/mmcblk0/device/pre_eol_info", each[1]);
            Finding finding = about("mmcblk0", disk(8, 4, false));
            assertFinding(finding, Level.valueOf(each[2]), each[3], each[2].equals("OK") ? "" : "gateway:export");
        }
    }

    @Test
    void writesADayAreReckonedFromTheMachinesUptime() throws Exception {
        put("sys/block/mmcblk0/device/name", "card");
        put("proc/diskstats", " 179 0 mmcblk0 1 1 1 1 1 1 2097152 1 0 0 0\n");
        put("proc/uptime", "600.00 50.00\n");
        assertFinding(about("writes", disk(8, 4, false)), Level.UNKNOWN, "an hour after", "");
        put("proc/uptime", "86400.00 50.00\n");
        assertFinding(about("writes", disk(8, 4, false)), Level.OK, "1.0 GiB a day", "");
        put("proc/uptime", "8640.00 50.00\n");
        assertFinding(about("writes", disk(8, 4, false)), Level.WARN, "10.0 GiB a day", "iotop");
    }

    private List<Finding> files(DeviceNode node) {
        configurations.with("headgate.device-meter.cfg", Map.of("address", "rtu:" + node.path() + ",baud=9600"));
        return new DeviceFilesCheck(configurations, new DeviceNodes(machine(), path -> node, "headgate")).check();
    }

    @Test
    void aDeviceFileThatIsMissingOrForbiddenHasARemedyOfItsOwn() throws Exception {
        String path = "/dev/ttyUSB0";
        assertFinding(files(new DeviceNode(path, true, true, "dialout", true)).get(0), Level.OK, "meter", "");
        assertFinding(
                files(new DeviceNode(path, false, false, "", false)).get(0),
                Level.FAIL,
                "is missing, and meter needs it",
                "/dev/serial/by-id");
        put("etc/group", "dialout:x:20:pi\n");
        assertFinding(
                files(new DeviceNode(path, true, false, "dialout", true)).get(0),
                Level.FAIL,
                "user headgate may not",
                "sudo usermod -aG dialout headgate");
        put("etc/group", "dialout:x:20:pi,headgate\n");
        assertFinding(
                files(new DeviceNode(path, true, false, "dialout", true)).get(0),
                Level.FAIL,
                "was not when the gateway started",
                "sudo systemctl restart headgate");
        assertFinding(
                files(new DeviceNode(path, true, false, "root", true)).get(0),
                Level.FAIL,
                "its group root does not help",
                "udevadm");
    }

    @Test
    void aDeviceThatIsSwitchedOffNeedsNoFile() {
        configurations.with("headgate.device-meter.cfg", Map.of("address", "/dev/ttyUSB0", "enabled", "off"));
        List<Finding> findings =
                new DeviceFilesCheck(configurations, new DeviceNodes(machine(), path -> null, "headgate")).check();
        assertFinding(findings.get(0), Level.OK, "no device names", "");
    }

    @Test
    void anInterfaceThatIsOffIsSwitchedOnByRaspiConfigOrModprobe() throws Exception {
        configurations.with("headgate.device-air.cfg", Map.of("driver", "i2c", "address", "/dev/i2c-1,0x76"));
        InterfacesCheck check = new InterfacesCheck(configurations, machine());
        assertFinding(about("I2C", check.check()), Level.FAIL, "/dev/i2c-1 is missing", "sudo modprobe i2c-dev");
        put("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.5\0");
        assertFinding(
                about("I2C", check.check()), Level.FAIL, "/dev/i2c-1 is missing", "sudo raspi-config nonint do_i2c 0");
        assertFinding(about("SPI", check.check()), Level.UNKNOWN, "do_spi 0", "");
        DeviceFilesCheck files = new DeviceFilesCheck(
                configurations,
                new DeviceNodes(machine(), path -> new DeviceNode(path, false, false, "", false), "headgate"));
        assertFinding(files.check().get(0), Level.FAIL, "air needs it", "sudo raspi-config nonint do_i2c 0");
        put("dev/i2c-1", "");
        assertFinding(about("I2C", check.check()), Level.OK, "is switched on", "");
    }

    @Test
    void oneWireIsNeededByADeviceThatNamesItsFile() throws Exception {
        String path = "/sys/bus/w1/devices/28-0316a2794b21/temperature";
        configurations.with("headgate.device-air.cfg", Map.of("address", path));
        InterfacesCheck check = new InterfacesCheck(configurations, machine());
        assertFinding(
                about("ONE_WIRE", check.check()),
                Level.FAIL,
                "a device needs it",
                "/etc/modules-load.d/headgate-w1-gpio");
        DeviceFilesCheck files = new DeviceFilesCheck(
                configurations, new DeviceNodes(machine(), name -> DeviceNode.of(machine(), name), "headgate"));
        assertFinding(about(path, files.check()), Level.FAIL, "air needs it", "sudo modprobe w1-gpio");
        put("sys/bus/w1/devices/28-1/temperature", "20000");
        assertFinding(about(path, files.check()), Level.FAIL, "is missing", "ls -l /sys/bus/w1/devices");
        put(path.substring(1), "20000");
        assertThat(root.resolve(path.substring(1)).toFile().setReadOnly()).isTrue();
        assertFinding(about(path, files.check()), Level.OK, "is there for air", "");
        assertFinding(about("ONE_WIRE", check.check()), Level.OK, "is switched on", "");
    }

    @Test
    void eachRemedyHasItsOwnFile() throws Exception {
        configurations.with("headgate.device-a.cfg", Map.of("address", "/dev/ttyX0", "other", "/dev/bus/usb/001"));
        DeviceFilesCheck files = new DeviceFilesCheck(
                configurations,
                new DeviceNodes(machine(), path -> new DeviceNode(path, true, false, "root", true), "headgate"));
        assertThat(files.check())
                .extracting(Finding::remedy)
                .anyMatch(remedy -> remedy.contains("tee /etc/udev/rules.d/90-headgate-ttyX0.rules;"))
                .anyMatch(remedy -> remedy.contains("tee /etc/udev/rules.d/90-headgate-bus-usb-001.rules;"));
        assertThat(Interfaces.I2C.remedy(machine())).endsWith("tee /etc/modules-load.d/headgate-i2c-dev.conf");
        assertThat(Interfaces.SPI.remedy(machine())).endsWith("tee /etc/modules-load.d/headgate-spidev.conf");
    }

    @Test
    void aPiWithTooLittleVoltageSaysSo() throws Exception {
        put("proc/device-tree/model", "Raspberry Pi 5");
        InterfacesCheck check = new InterfacesCheck(configurations, machine());
        assertFinding(about("power", check.check()), Level.UNKNOWN, "does not say", "");
        String file = "sys/devices/platform/soc/soc:firmware/get_throttled";
        put(file, "0");
        assertFinding(about("power", check.check()), Level.OK, "enough", "");
        put(file, "50005\n");
        assertFinding(about("power", check.check()), Level.WARN, "too little voltage now", "supply");
        put(file, "50000\n");
        assertFinding(about("power", check.check()), Level.WARN, "since it started", "supply");
    }

    @Test
    void littleMemoryHungThreadsAndAFullHeapAreSaid() throws Exception {
        put("proc/meminfo", "MemTotal: 1000000 kB\nMemAvailable: 500000 kB\n");
        ProcessCheck well = new ProcessCheck(machine(), system, new Inline(), system);
        assertThat(well.check()).hasSize(2).allMatch(finding -> finding.level() == Level.OK);
        put("proc/meminfo", "MemTotal: 1000000 kB\nMemAvailable: 50000 kB\n");
        ProcessCheck hung = new ProcessCheck(machine(), system, new Inline(3), system);
        assertFinding(about("memory", hung.check()), Level.WARN, "48.8 MiB of 976.6 MiB", "--sort -rss");
        assertFinding(about("threads", hung.check()), Level.WARN, "3 hang", "device:disable");
        assertFinding(ProcessCheck.heap(95, 100), Level.WARN, "95 B of at most 100 B", "HEADGATE_JVM_OPTIONS");
    }
}
