package org.headgate.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Texts;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.DeviceNode;
import org.headgate.host.Interfaces;
import org.headgate.host.Machine;
import org.headgate.host.Refusal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The files in {@code /dev}, and of 1-wire in {@code /sys}, that devices name: whether they are there, and whether we may use them. */
@Component
public final class DeviceFilesCheck implements HealthCheck {
    private static final Pattern PATH = Pattern.compile("(?:/dev|/sys/bus/w1)/[A-Za-z0-9][A-Za-z0-9/._:-]*[A-Za-z0-9]");

    private final Configurations configurations;
    private final Machine machine;
    private final Function<String, DeviceNode> nodes;
    private final String user;

    @Activate
    public DeviceFilesCheck(@Reference Configurations configurations, @Reference Gateway gateway) {
        this(configurations, Machine.of(gateway.home()), System.getProperty("user.name"));
    }

    private DeviceFilesCheck(Configurations configurations, Machine machine, String user) {
        this(configurations, machine, path -> DeviceNode.of(machine, path), user);
    }

    DeviceFilesCheck(Configurations configurations, Machine machine, Function<String, DeviceNode> nodes, String user) {
        this.configurations = configurations;
        this.machine = machine;
        this.nodes = nodes;
        this.user = user;
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
        wanted.forEach((path, devices) -> findings.add(judge(nodes.apply(path), String.join(", ", devices))));
        return findings;
    }

    /** The files, with the devices that name them; those that are switched off want nothing. */
    static Map<String, List<String>> wanted(Configurations configurations) {
        Map<String, List<String>> wanted = new TreeMap<>();
        for (String file : configurations.files()) {
            Map<String, String> values = configurations.values(file);
            boolean on = Texts.flag(values.getOrDefault("enabled", "true")).orElse(true);
            FileName.of(file)
                    .filter(name -> name.kind().equals("device") && on)
                    .ifPresent(name -> values.values().forEach(value -> {
                        Matcher matcher = PATH.matcher(value);
                        while (matcher.find()) {
                            List<String> devices = wanted.computeIfAbsent(matcher.group(), path -> new ArrayList<>());
                            if (!devices.contains(name.name())) {
                                devices.add(name.name());
                            }
                        }
                    }));
        }
        return wanted;
    }

    private Finding judge(DeviceNode node, String devices) {
        String path = node.path();
        if (!node.exists()) {
            String remedy = Interfaces.of(path)
                    .filter(each -> !each.isOn(machine))
                    .map(each -> each.remedy(machine))
                    .orElse("plug it in; ls -l " + folder(path) + " shows what is there, device:set "
                            + devices.split(",")[0] + " address=... takes it");
            return Finding.fail(path, "is missing, and " + devices + " needs it", remedy);
        }
        if (node.usable()) {
            return Finding.ok(path, "is there for " + devices);
        }
        String text = "user " + user + " may not read and write it, and " + devices + " needs it";
        Refusal refusal = Refusal.of(machine, node, user);
        return Finding.fail(path, text + refusal.why(), refusal.remedy());
    }

    /** Where those stand that are there. */
    private static String folder(String path) {
        if (path.startsWith("/sys/")) {
            return Interfaces.ONE_WIRE.sample();
        }
        return path.contains("tty") ? "/dev/serial/by-id" : "/dev";
    }
}
