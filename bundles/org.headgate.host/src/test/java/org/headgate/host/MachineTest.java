package org.headgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine made of files, and on this one. */
class MachineTest {
    @TempDir
    Path root;

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Machine machine() {
        return new Machine(root, root);
    }

    @Test
    void textsEndBeforeTheirNul() throws Exception {
        // Device trees are made of C strings.
        put("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.5\0");
        assertThat(machine().text("proc/device-tree/model")).contains("Raspberry Pi 4 Model B Rev 1.5");
        assertThat(machine().text("proc/nosuch")).isEmpty();
        assertThat(machine().text("proc")).isEmpty();
    }

    @Test
    void theWorseOfTwoKindsOfCellsCounts() throws Exception {
        put("sys/block/mmcblk0/device/life_time", "0x02 0x05\n");
        put("sys/block/mmcblk0/device/pre_eol_info", "0x02\n");
        put("sys/block/mmcblk1/device/name", "an SD card");
        put("sys/block/mmcblk2/device/life_time", "0x00 0x00\n");
        put("sys/block/mmcblk3/device/life_time", "garbage 0x7f\n");
        put("sys/block/mmcblk4/device/life_time", "0x0B 0x01\n");
        assertThat(FlashWear.of(machine()))
                .containsExactly(
                        new FlashWear("mmcblk0", 50, FlashWear.Reserve.WARNING),
                        new FlashWear("mmcblk4", 110, FlashWear.Reserve.UNKNOWN));
    }

    @Test
    void aLinkTellsWhereItLeads() throws Exception {
        put("dev/gpiochip0", "");
        Files.createSymbolicLink(root.resolve("dev/gpiochip4"), Path.of("gpiochip0"));
        Files.createSymbolicLink(root.resolve("dev/gpiochip5"), Path.of("gpiochip4"));
        Files.createSymbolicLink(root.resolve("dev/gpiochip6"), Path.of("nowhere"));
        assertThat(machine().linkedName("dev/gpiochip4")).contains("gpiochip0");
        assertThat(machine().linkedName("dev/gpiochip5")).contains("gpiochip0");
        assertThat(machine().linkedName("dev/gpiochip6")).isEmpty();
        assertThat(machine().linkedName("dev/gpiochip0")).isEmpty();
        assertThat(machine().linkedName("dev/gpiochip7")).isEmpty();
    }

    @Test
    void aDeviceFileTellsItsGroup() throws Exception {
        put("dev/ttyUSB0", "");
        put("etc/group", "root:x:0:\ndialout:x:20:pi,anna\nempty:x:21:\n");
        Files.setPosixFilePermissions(root.resolve("dev/ttyUSB0"), PosixFilePermissions.fromString("rw-rw----"));
        DeviceNode node = DeviceNode.of(machine(), "/dev/ttyUSB0");
        assertThat(node.exists()).isTrue();
        assertThat(node.usable()).isTrue();
        assertThat(node.groupUsable()).isTrue();
        assertThat(node.group()).isNotEmpty();
        assertThat(DeviceNode.of(machine(), "/dev/ttyUSB1").exists()).isFalse();
        assertThat(DeviceNode.members(machine(), "dialout")).contains(List.of("pi", "anna"));
        assertThat(DeviceNode.members(machine(), "nosuch")).isEmpty();
    }

    @Test
    void namesWhatIsInAFolder() throws Exception {
        put("sys/bus/w1/devices/w1_bus_master1", "");
        put("sys/bus/w1/devices/28-000005e2fdc3", "");
        assertThat(machine().names("sys/bus/w1/devices")).containsExactly("28-000005e2fdc3", "w1_bus_master1");
        assertThat(machine().names("sys/bus/i2c")).isEmpty();
    }

    @Test
    void listeningSocketsOfThisProcessAreFoundWithTheirAddress() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ListeningSockets.ours(Machine.of(root)))
                    .filteredOn(address -> address.getPort() == socket.getLocalPort())
                    .hasSize(1)
                    .allSatisfy(address ->
                            assertThat(address.getAddress().isLoopbackAddress()).isTrue());
        }
    }

    @Test
    void socketsOfOthersAndConnectionsAreLeftOut() throws Exception {
        String head =
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
        put(
                "proc/self/net/tcp",
                head
                        + "   0: 0100007F:1FA5 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11 1 0\n"
                        + "   1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12 1 0\n"
                        + "   2: 0100007F:1FA5 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 13 1 0\n");
        put(
                "proc/self/net/tcp6",
                head + "   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A"
                        + " 00000000:00000000 00:00000000 00000000     0        0 14 1 0\n");
        Path fd = Files.createDirectories(root.resolve("proc/self/fd"));
        Files.createSymbolicLink(fd.resolve("1"), Path.of("/dev/null"));
        for (String inode : List.of("11", "13", "14")) {
            Files.createSymbolicLink(fd.resolve(inode), Path.of("socket:[" + inode + "]"));
        }
        assertThat(ListeningSockets.ours(machine()))
                .containsExactly(new InetSocketAddress("127.0.0.1", 8101), new InetSocketAddress("::", 8080));
    }
}
