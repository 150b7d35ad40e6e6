package org.headgate.driver.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Gateway;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.DeviceNode;
import org.headgate.host.DeviceNodes;
import org.headgate.host.Machine;
import org.headgate.linux.GpioChip;
import org.headgate.linux.GpioChips;
import org.headgate.linux.GpioLine;
import org.headgate.linux.Kernel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether this kernel has the interface, whether we may use its chips, and who else uses the lines of our devices. */
@Component
public final class GpioCheck implements HealthCheck {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);
    /** Version 2 of the kernel's interface came with 5.10. */
    private static final int LEAST_MAJOR = 5;

    private static final int LEAST_MINOR = 10;

    private final Devices devices;
    private final Chips chips;
    private final DeviceNodes nodes;

    @Activate
    public GpioCheck(@Reference Devices devices, @Reference Gateway gateway) {
        this(devices, Kernel.gpioChips(), DeviceNodes.of(Machine.of(gateway.home())));
    }

    GpioCheck(Devices devices, GpioChips chips, DeviceNodes nodes) {
        this.devices = devices;
        this.chips = new Chips(chips);
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "gpio";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        kernel().ifPresent(findings::add);
        List<DeviceStatus> ours = devices.list().stream()
                .filter(device -> device.driver().equals(GpioDriver.NAME)
                        && !device.simulated()
                        && !(device.state() instanceof DeviceState.Disabled))
                .toList();
        List<String> files = nodes.machine().names("dev").stream()
                .filter(file -> file.matches("gpiochip\\d+"))
                // On a Pi 5 one of them is another name of the chip that it always was.
                .filter(file -> !nodes.machine().isLink("dev/" + file))
                .toList();
        if (files.isEmpty()) {
            String text = "/dev/gpiochip* is missing";
            findings.add(
                    ours.isEmpty()
                            ? Finding.unknown("", text + "; no device needs it")
                            : Finding.fail(
                                    "",
                                    text + ", and " + ours.get(0).name() + " needs it",
                                    "ls /sys/bus/gpio/devices shows what the kernel has; without a chip there, device:disable "
                                            + ours.get(0).name()));
        }
        files.forEach(file -> findings.add(judge(nodes.node("/dev/" + file))));
        ours.forEach(device -> findings.addAll(lines(device)));
        findings.sort((a, b) -> b.level().compareTo(a.level()));
        return findings;
    }

    private Optional<Finding> kernel() {
        String release = nodes.machine().text("proc/sys/kernel/osrelease").orElse("");
        Matcher version = VERSION.matcher(release);
        if (!version.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(version.group(1));
        boolean old = major < LEAST_MAJOR || major == LEAST_MAJOR && Integer.parseInt(version.group(2)) < LEAST_MINOR;
        return old
                ? Optional.of(Finding.fail(
                        "kernel",
                        release + " has no GPIO character device version 2, which 5.10 and newer have",
                        "sudo apt full-upgrade; sudo reboot"))
                : Optional.empty();
    }

    private Finding judge(DeviceNode node) {
        if (node.usable()) {
            return Finding.ok(node.path(), "may be used");
        }
        boolean joinable =
                node.groupUsable() && !node.group().isEmpty() && !node.group().equals("root");
        String group = joinable ? node.group() : "gpio";
        String rule = "echo 'SUBSYSTEM==\"gpio\", GROUP=\"gpio\", MODE=\"0660\"' | sudo tee"
                + " /etc/udev/rules.d/90-headgate-gpio.rules; sudo groupadd -f gpio; sudo udevadm control --reload;"
                + " sudo udevadm trigger; ";
        return Finding.fail(
                node.path(),
                "user " + nodes.user() + " may not read and write it",
                (joinable ? "" : rule) + "sudo usermod -aG " + group + " " + nodes.user() + "; "
                        + org.headgate.host.Refusal.restart(nodes.user()));
    }

    /** A device that runs holds its lines itself. */
    private List<Finding> lines(DeviceStatus device) {
        List<Finding> findings = new ArrayList<>();
        if (device.state() instanceof DeviceState.Online || device.state() instanceof DeviceState.Degraded) {
            return findings;
        }
        try {
            GpioChip chip = chips.find(device.address());
            for (Channel channel : device.channels()) {
                if (LineOptions.isLine(channel.source())) {
                    GpioLine line = Chips.line(chip, channel);
                    if (line.used()) {
                        findings.add(Finding.fail(
                                "device " + device.name(),
                                Chips.busy(chip, line),
                                "stop who uses it (an overlay in /boot/firmware/config.txt, another program), or: device:channel-set "
                                        + device.name() + " " + channel.name() + " takes another line"));
                    }
                }
            }
        } catch (IOException | InvalidSettingException elsewhere) {
            // The device says so itself, and the check of the devices shows that.
            return findings;
        }
        return findings;
    }
}
