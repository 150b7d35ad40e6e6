package org.headgate.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.headgate.host.DeviceNode;
import org.headgate.host.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerialPortsTest {
    private static final String BY_ID = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A1-if00-port0";

    @TempDir
    private Path root;

    private SerialPorts ports;

    @BeforeEach
    void machine() throws IOException {
        ports = new SerialPorts(new Machine(root, root), "pi");
        file("dev/ttyUSB0", "");
        file("dev/ttyAMA0", "");
        link(BY_ID.substring(1), "../../ttyUSB0");
        file("sys/devices/usb1/1-1/idVendor", "0403\n");
        file("sys/devices/usb1/1-1/idProduct", "6001\n");
        file("sys/devices/usb1/1-1/manufacturer", "FTDI\n");
        file("sys/devices/usb1/1-1/product", "FT232R USB UART\n");
        Files.createDirectories(root.resolve("sys/devices/usb1/1-1/1-1:1.0/ttyUSB0"));
        link("sys/class/tty/ttyUSB0/device", "../../../devices/usb1/1-1/1-1:1.0/ttyUSB0");
        Files.createDirectories(root.resolve("sys/bus/amba/drivers/uart-pl011"));
        Files.createDirectories(root.resolve("sys/devices/platform/fe201000.serial"));
        link("sys/devices/platform/fe201000.serial/driver", "../../../bus/amba/drivers/uart-pl011");
        link("sys/class/tty/ttyAMA0/device", "../../../devices/platform/fe201000.serial");
        link("sys/class/tty/ttyS0/device", "../../../devices/platform/fe201000.serial");
        file("sys/class/tty/ttyS0/type", "0\n");
        Files.createDirectories(root.resolve("sys/class/tty/tty1"));
    }

    private void file(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }

    private void link(String path, String target) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.createSymbolicLink(root.resolve(path), Path.of(target));
    }

    @Test
    void portsHaveTheNameThatStaysAndSayWhatIsBehindThem() {
        assertThat(ports.list())
                .containsExactly(
                        new Port(BY_ID, "/dev/ttyUSB0", "FTDI FT232R USB UART, USB 0403:6001", ""),
                        new Port("/dev/ttyAMA0", "/dev/ttyAMA0", "uart-pl011", ""));
    }

    @Test
    void aMissingPortSaysWhichThereAre() {
        assertThat(ports.obstacle("/dev/ttyUSB7"))
                .isEqualTo("no port /dev/ttyUSB7: plug it in; there are usb-FTDI_FT232R_USB_UART_A1-if00-port0");
    }

    /** A name without a folder is one of those that stay; people write the kernel's. */
    @Test
    void aNameOfTheKernelWithoutItsFolderIsRecognized() throws Exception {
        assertThat(ports.obstacle(PortSettings.parse("ttyUSB0").path()))
                .startsWith("no port /dev/serial/by-id/ttyUSB0: write /dev/ttyUSB0; there are ");
        assertThat(ports.obstacle(PortSettings.parse("ttyUSB9").path())).contains("ttyUSB9: plug it in");
    }

    /** Who is in the group already must not be told to join it. */
    @Test
    void aRefusalSaysWhetherTheUserIsInTheGroup() throws IOException {
        DeviceNode node = new DeviceNode("/dev/ttyUSB0", true, false, "dialout", true);
        file("etc/group", "dialout:x:20:\n");
        assertThat(ports.refusal(node).remedy()).startsWith("sudo usermod -aG dialout pi");
        file("etc/group", "dialout:x:20:pi\n");
        assertThat(ports.refusal(node).why()).contains("in the group dialout");
        assertThat(ports.refusal(node).remedy()).startsWith("log out and in");
    }

    @Test
    void whoUsesAPortIsNamed() throws IOException {
        file("proc/812/comm", "ModemManager\n");
        link("proc/812/fd/7", "/dev/ttyUSB0");
        file("proc/9/comm", "cron\n");
        link("proc/9/fd/0", "/dev/null");
        assertThat(ports.obstacle(BY_ID)).isEqualTo(BY_ID + " is used by ModemManager (process 812)");
        assertThat(ports.obstacle("/dev/ttyAMA0")).isEmpty();
        assertThat(ports.isRunning("ModemManager")).isTrue();
        assertThat(ports.isRunning("gpsd")).isFalse();
        link("proc/self/fd/4", "/dev/ttyAMA0");
        assertThat(ports.obstacle("/dev/ttyAMA0")).isEmpty();
        assertThat(ports.list().get(1).obstacle()).isEqualTo("/dev/ttyAMA0 is used by this gateway");
        // The other end of a pseudo terminal is the peer.
        link("proc/812/fd/3", "/dev/pts/ptmx");
        assertThat(ports.obstacle(BY_ID)).isEmpty();
    }

    @Test
    void theConsoleIsAnObstacleWithItsRemedy() throws IOException {
        file("sys/class/tty/console/active", "tty0 ttyAMA0\n");
        file("proc/device-tree/model", "Raspberry Pi 4 Model B\0");
        assertThat(ports.isConsole("/dev/ttyAMA0")).isTrue();
        assertThat(ports.isConsole(BY_ID)).isFalse();
        assertThat(ports.list().get(1).obstacle())
                .isEqualTo("the Linux console talks on it: sudo raspi-config nonint do_serial_cons 1; sudo reboot");
    }
}
