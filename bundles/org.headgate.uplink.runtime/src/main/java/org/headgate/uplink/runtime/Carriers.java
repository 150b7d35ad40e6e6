package org.headgate.uplink.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.host.Machine;

/**
 * Which network interfaces have a carrier: a cable that is plugged in, a radio that has found its station. A change of it is a reason to try
 * a server again at once.
 */
final class Carriers {
    private static final String CLASS = "sys/class/net";

    private final Machine machine;
    private Optional<Map<String, String>> known = Optional.empty();

    Carriers(Machine machine) {
        this.machine = machine;
    }

    /** Whether an interface has got a carrier, or another one, since this was asked last; the first time it only looks. Reads files of the kernel. */
    synchronized boolean changed() {
        Map<String, String> now = now();
        boolean better = now.entrySet().stream()
                .anyMatch(entry -> entry.getValue().startsWith("1")
                        && known.isPresent()
                        && !entry.getValue().equals(known.get().get(entry.getKey())));
        known = Optional.of(now);
        return better;
    }

    /** By interface: whether it has a carrier, and how often that has changed; the loop-back is none. */
    private Map<String, String> now() {
        Map<String, String> carriers = new TreeMap<>();
        for (String name : machine.names(CLASS)) {
            if (!name.equals("lo")) {
                String path = CLASS + "/" + name + "/carrier";
                carriers.put(
                        name,
                        machine.text(path).orElse("0").strip() + " "
                                + machine.text(path + "_changes").orElse("").strip());
            }
        }
        return carriers;
    }
}
