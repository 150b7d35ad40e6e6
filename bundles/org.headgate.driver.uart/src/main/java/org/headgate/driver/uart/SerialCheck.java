package org.headgate.driver.uart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.DeviceFile;
import org.headgate.config.api.Gateway;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.DeviceNode;
import org.headgate.host.Machine;
import org.headgate.host.Refusal;
import org.headgate.serial.PortSettings;
import org.headgate.serial.SerialPorts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The ports that devices of this driver name: whether they are there, whether we may use them, and who else does, the kernel's console and ModemManager
 * above all.
 */
@Component
public final class SerialCheck implements HealthCheck {
    private final Configurations configurations;
    private final SerialPorts ports;

    @Activate
    public SerialCheck(@Reference Configurations configurations, @Reference Gateway gateway) {
        this(configurations, SerialPorts.of(Machine.of(gateway.home())));
    }

    SerialCheck(Configurations configurations, SerialPorts ports) {
        this.configurations = configurations;
        this.ports = ports;
    }

    @Override
    public String name() {
        return "serial";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        wanted().forEach((path, device) -> findings.add(judge(path, device)));
        findings.sort(Comparator.comparing(Finding::level).reversed());
        return findings.isEmpty() ? List.of(Finding.ok("", "no device names a serial port")) : findings;
    }

    private Map<String, String> wanted() {
        Map<String, String> wanted = new TreeMap<>();
        for (DeviceFile device : DeviceFile.enabled(configurations)) {
            if (device.isOf("uart")) {
                try {
                    wanted.putIfAbsent(PortSettings.parse(device.address()).path(), device.name());
                } catch (InvalidSettingException itsOwnBusiness) {
                    // The device is INVALID and says why.
                    continue;
                }
            }
        }
        return wanted;
    }

    private Finding judge(String path, String device) {
        DeviceNode node = DeviceNode.of(ports.machine(), path);
        if (!node.exists()) {
            return Finding.fail(
                    path,
                    "is missing, and " + device + " needs it",
                    ports.remedyOfMissing(path) + "; device:discover uart shows what is there");
        }
        if (!node.usable()) {
            Refusal refusal = ports.refusal(node);
            return Finding.fail(
                    path,
                    "user " + ports.user() + " may not use it" + refusal.why() + ", and " + device + " needs it",
                    refusal.remedy());
        }
        if (ports.isConsole(path)) {
            return Finding.fail(
                    path, "the Linux console talks on it, into what " + device + " says", ports.consoleRemedy());
        }
        Optional<String> user = ports.user(path);
        if (user.isPresent()) {
            return Finding.fail(
                    path, user.get() + " has it open, and takes bytes of " + device, remedy(path, user.get()));
        }
        boolean modem =
                ports.device(path).filter(real -> real.contains("/ttyACM")).isPresent();
        if (modem && ports.isRunning("ModemManager")) {
            return Finding.warn(
                    path,
                    "ModemManager tries each new ttyACM for seconds, and may disturb " + device,
                    remedy(path, "ModemManager"));
        }
        return Finding.ok(path, "is there for " + device);
    }

    private static String remedy(String path, String user) {
        return user.startsWith("ModemManager")
                ? "sudo systemctl disable --now ModemManager, if this machine has no modem"
                : "stop it, or give " + path.substring(path.lastIndexOf('/') + 1) + " to one of both only: " + user;
    }
}
