package org.headgate.driver.i2c;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Texts;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.DeviceNode;
import org.headgate.host.Interfaces;
import org.headgate.host.Machine;
import org.headgate.host.Refusal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The I2C buses: whether there are any, whether we may use them, and whether each device's bus is there. */
@Component
public final class I2cCheck implements HealthCheck {
    private final Configurations configurations;
    private final Machine machine;
    private final Function<String, DeviceNode> nodes;
    private final String user;

    /** The check of this machine. */
    @Activate
    public I2cCheck(@Reference Configurations configurations, @Reference Gateway gateway) {
        this(configurations, Machine.of(gateway.home()), System.getProperty("user.name"));
    }

    private I2cCheck(Configurations configurations, Machine machine, String user) {
        this(configurations, machine, path -> DeviceNode.of(machine, path), user);
    }

    I2cCheck(Configurations configurations, Machine machine, Function<String, DeviceNode> nodes, String user) {
        this.configurations = configurations;
        this.machine = machine;
        this.nodes = nodes;
        this.user = user;
    }

    @Override
    public String name() {
        return "i2c";
    }

    @Override
    public List<Finding> check() {
        List<String> buses = Interfaces.I2C.nodes(machine);
        List<Finding> findings = new ArrayList<>();
        Map<String, String> wanted = wanted();
        wanted.forEach((path, devices) -> {
            if (!buses.contains(path)) {
                findings.add(missing(path, devices, buses));
            }
        });
        for (String path : buses) {
            findings.add(judge(nodes.apply(path), wanted.getOrDefault(path, "")));
        }
        findings.sort(Comparator.comparing(Finding::level).reversed());
        return findings.isEmpty()
                ? List.of(Finding.unknown(
                        "",
                        "no I2C bus is there, and no device needs one (on: " + Interfaces.I2C.remedy(machine) + ")"))
                : findings;
    }

    private Finding judge(DeviceNode node, String devices) {
        if (node.usable()) {
            return Finding.ok(node.path(), "is there" + (devices.isEmpty() ? "" : " for " + devices));
        }
        Refusal refusal = Refusal.of(machine, node, user);
        String text = "user " + user + " may not read and write it" + refusal.why();
        return devices.isEmpty()
                ? Finding.unknown(node.path(), text + "; no device needs it (" + refusal.remedy() + ")")
                : Finding.fail(node.path(), text + ", and " + devices + " needs it", refusal.remedy());
    }

    private Finding missing(String path, String devices, List<String> buses) {
        // Others may be there all the same: those of the display, on a Raspberry Pi.
        boolean off = buses.isEmpty() || path.equals(Interfaces.I2C.sample());
        return off
                ? Finding.fail(
                        path, "I2C is switched off, and " + devices + " needs it", Interfaces.I2C.remedy(machine))
                : Finding.fail(
                        path,
                        "is missing, and " + devices + " needs it; there are " + String.join(", ", buses),
                        "device:set " + devices.split(",")[0] + " address=i2c-N/0xAA takes another bus");
    }

    /** The buses that devices name, with the devices; those that are switched off want nothing. */
    private Map<String, String> wanted() {
        Map<String, String> wanted = new TreeMap<>();
        for (String file : configurations.files()) {
            Map<String, String> values = configurations.values(file);
            boolean on = Texts.flag(values.getOrDefault("enabled", "true")).orElse(true);
            boolean ours = "i2c".equals(values.get("driver")) && values.containsKey("address");
            FileName.of(file)
                    .filter(name -> name.kind().equals("device") && on && ours)
                    .ifPresent(name -> note(values.get("address"), name.name(), wanted));
        }
        return wanted;
    }

    private static void note(String address, String device, Map<String, String> wanted) {
        try {
            String path = "/dev/" + I2cAddress.parse(address).busName();
            wanted.merge(path, device, (one, other) -> one + ", " + other);
        } catch (InvalidSettingException itsDeviceIsInvalid) {
            // And says so itself.
            return;
        }
    }
}
