package org.headgate.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.headgate.doctor.api.Finding;

/**
 * The device files of a machine in the eyes of the user of this process, for checks that the doctor runs.
 *
 * @param machine the machine
 * @param look finds a file by its path
 * @param user the user's name
 */
public record DeviceNodes(Machine machine, Function<String, DeviceNode> look, String user) {
    /** Those of a machine. */
    public static DeviceNodes of(Machine machine) {
        return new DeviceNodes(machine, path -> DeviceNode.of(machine, path), System.getProperty("user.name"));
    }

    /** A file, there or not. */
    public DeviceNode node(String path) {
        return look.apply(path);
    }

    /**
     * Whether a file that is there may be used.
     *
     * @param devices who needs it, separated by commas; empty where nobody does
     */
    public Finding judge(DeviceNode node, String devices) {
        if (node.usable()) {
            return Finding.ok(node.path(), "is there" + (devices.isEmpty() ? "" : " for " + devices));
        }
        Refusal refusal = Refusal.of(machine, node, user);
        String text = "user " + user + " may not read and write it" + refusal.why();
        return devices.isEmpty()
                ? Finding.unknown(node.path(), text + "; no device needs it (" + refusal.remedy() + ")")
                : Finding.fail(node.path(), text + ", and " + devices + " needs it", refusal.remedy());
    }

    /**
     * Whether the files of an interface are there, those that are needed above all, and may be used.
     *
     * @param called what people call the interface: {@code I2C}
     * @param wanted the devices that need a file, separated by commas, by its path
     * @param address how an address looks that takes another file: {@code i2c-N/0xAA}
     * @return the worst first
     */
    public List<Finding> check(Interfaces of, String called, Map<String, String> wanted, String address) {
        List<String> there = of.nodes(machine);
        List<Finding> findings = new ArrayList<>();
        for (String path : new TreeSet<>(wanted.keySet())) {
            if (!there.contains(path)) {
                findings.add(missing(of, called, path, wanted.get(path), there, address));
            }
        }
        there.forEach(path -> findings.add(judge(node(path), wanted.getOrDefault(path, ""))));
        findings.sort(Comparator.comparing(Finding::level).reversed());
        return findings.isEmpty()
                ? List.of(Finding.unknown(
                        "", "no " + called + " bus is there, and no device needs one (on: " + of.remedy(machine) + ")"))
                : findings;
    }

    private Finding missing(
            Interfaces of, String called, String path, String devices, List<String> there, String address) {
        // Others may be there all the same: those of the display, on a Raspberry Pi.
        boolean off = there.isEmpty() || path.equals(of.sample());
        return off
                ? Finding.fail(path, called + " is switched off, and " + devices + " needs it", of.remedy(machine))
                : Finding.fail(
                        path,
                        "is missing, and " + devices + " needs it; there are " + String.join(", ", there),
                        "device:set " + devices.split(",")[0] + " address=" + address + " takes another one");
    }
}
