package org.headgate.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.DeviceFile;
import org.headgate.config.api.Gateway;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.DeviceNode;
import org.headgate.host.DeviceNodes;
import org.headgate.host.Interfaces;
import org.headgate.host.Machine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The files in {@code /dev}, and of 1-wire in {@code /sys}, that devices name: whether they are there, and whether we may use them. */
@Component
public final class DeviceFilesCheck implements HealthCheck {
    private static final Pattern PATH = Pattern.compile("(?:/dev|/sys/bus/w1)/[A-Za-z0-9][A-Za-z0-9/._:-]*[A-Za-z0-9]");

    private final Configurations configurations;
    private final DeviceNodes nodes;

    @Activate
    public DeviceFilesCheck(@Reference Configurations configurations, @Reference Gateway gateway) {
        this(configurations, DeviceNodes.of(Machine.of(gateway.home())));
    }

    DeviceFilesCheck(Configurations configurations, DeviceNodes nodes) {
        this.configurations = configurations;
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "device-files";
    }

    @Override
    public List<Finding> check() {
        Map<String, List<String>> wanted = wanted(configurations);
        if (wanted.isEmpty()) {
            return List.of(Finding.ok("", "no device names a file in /dev"));
        }
        List<Finding> findings = new ArrayList<>();
        wanted.forEach((path, devices) -> findings.add(judge(nodes.node(path), String.join(", ", devices))));
        return findings;
    }

    /** The files, with the devices that name them. */
    static Map<String, List<String>> wanted(Configurations configurations) {
        Map<String, List<String>> wanted = new TreeMap<>();
        for (DeviceFile device : DeviceFile.enabled(configurations)) {
            for (String value : device.values().values()) {
                Matcher matcher = PATH.matcher(value);
                while (matcher.find()) {
                    List<String> devices = wanted.computeIfAbsent(matcher.group(), path -> new ArrayList<>());
                    if (!devices.contains(device.name())) {
                        devices.add(device.name());
                    }
                }
            }
        }
        return wanted;
    }

    private Finding judge(DeviceNode node, String devices) {
        String path = node.path();
        if (node.exists()) {
            return nodes.judge(node, devices);
        }
        String remedy = Interfaces.of(path)
                .filter(each -> !each.isOn(nodes.machine()))
                .map(each -> each.remedy(nodes.machine()))
                .orElse("plug it in; ls -l " + folder(path) + " shows what is there, device:set "
                        + devices.split(",")[0] + " address=... takes it");
        return Finding.fail(path, "is missing, and " + devices + " needs it", remedy);
    }

    /** Where those stand that are there. */
    private static String folder(String path) {
        if (path.startsWith("/sys/")) {
            return Interfaces.ONE_WIRE.sample();
        }
        return path.contains("tty") ? "/dev/serial/by-id" : "/dev";
    }
}
