package org.headgate.driver.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.host.Machine;

/**
 * The control groups that we may make, where version 2 is mounted. Root may in the group that it is in itself: outside of that nobody has
 * limited the gateway as somebody may have meant to. Everybody else may where the folder is theirs, that is where systemd has
 * delegated it ({@code Delegate=yes}); since a group that is divided has no processes of its own, the gateway moves into one beside its programs.
 */
final class ControlGroups {
    private static final String MOUNT = "sys/fs/cgroup";
    private static final String DIVIDED = "cgroup.subtree_control";
    private static final String PROCESSES = "cgroup.procs";
    private static final String OURS = "headgate-";
    private static final String GATEWAY = "gateway";
    private static final int ROUNDS = 3;

    private final Machine machine;
    private final boolean root;
    private final long self;

    /**
     * Those of a machine.
     *
     * @param root whether the gateway is root
     * @param self the gateway's process
     */
    ControlGroups(Machine machine, boolean root, long self) {
        this.machine = machine;
        this.root = root;
        this.self = self;
    }

    /** Whether limits can be kept so. Changes nothing. */
    boolean keep(Limits limits) {
        return home(limits).isPresent();
    }

    /**
     * Makes a group for a program.
     *
     * @throws IOException when the kernel does not let us
     */
    synchronized ControlGroup make(String device, Limits limits) throws IOException {
        Path home = home(limits).orElseThrow(() -> new IOException("no control group may be made"));
        divide(home, limits);
        sweep(home);
        return ControlGroup.make(home.resolve(OURS + self + "-" + device + "-" + next(home, device)), limits);
    }

    /** Where groups are made. */
    private Optional<Path> home(Limits limits) {
        Path mount = machine.root().resolve(MOUNT);
        String line = machine.text("proc/self/cgroup")
                .orElse("")
                .lines()
                .filter(group -> group.startsWith("0::/"))
                .findFirst()
                .orElse("");
        if (line.isEmpty() || line.contains("..")) {
            return Optional.empty();
        }
        Path own = mount.resolve(line.substring(4)).normalize();
        if (root) {
            // What only the kernel's first group lacks; every other one must be empty to be divided.
            boolean first = !Files.exists(own.resolve("cgroup.type"));
            return Optional.of(own).filter(group -> canLimit(group, limits) && (first || isDivided(group, limits)));
        }
        // The parent's is ours where systemd has put us below what it has delegated, or where we have done so
        // ourselves.
        return List.of(own.getParent(), own).stream()
                .filter(group -> canLimit(group, limits))
                .findFirst();
    }

    private static boolean canLimit(Path group, Limits limits) {
        return Files.isWritable(group)
                && Files.isWritable(group.resolve(PROCESSES))
                && Files.isWritable(group.resolve(DIVIDED))
                && words(group.resolve("cgroup.controllers")).containsAll(needed(limits));
    }

    private static boolean isDivided(Path group, Limits limits) {
        return words(group.resolve(DIVIDED)).containsAll(needed(limits));
    }

    private static List<String> needed(Limits limits) {
        List<String> needed = new ArrayList<>();
        if (limits.memory() > 0) {
            needed.add("memory");
        }
        if (limits.cpu() > 0) {
            needed.add("cpu");
        }
        return needed;
    }

    private void divide(Path home, Limits limits) throws IOException {
        if (isDivided(home, limits)) {
            return;
        }
        List<String> members = Files.readAllLines(home.resolve(PROCESSES));
        if (!root && !members.isEmpty()) {
            moveOut(home);
        }
        List<String> wanted = new ArrayList<>(needed(limits));
        if (words(home.resolve("cgroup.controllers")).contains("pids")) {
            wanted.add("pids");
        }
        Files.writeString(home.resolve(DIVIDED), "+" + String.join(" +", wanted));
    }

    /** All that are in our group, so that it can be divided: ourselves, and what was started before. */
    private static void moveOut(Path home) throws IOException {
        Path beside = Files.createDirectories(home.resolve(GATEWAY)).resolve(PROCESSES);
        // Who is started meanwhile is found by the next look.
        for (int i = 0; i < ROUNDS; i++) {
            for (String member : Files.readAllLines(home.resolve(PROCESSES))) {
                try {
                    Files.writeString(beside, member);
                } catch (IOException ended) {
                    if (i == ROUNDS - 1) {
                        throw ended;
                    }
                }
            }
        }
    }

    /** What a gateway has left that was killed. */
    private void sweep(Path home) {
        for (String name : machine.names(machine.root().relativize(home).toString())) {
            String owner = name.startsWith(OURS) ? name.substring(OURS.length()).replaceFirst("-.*", "") : "";
            if (owner.matches("\\d+") && !machine.has("proc/" + owner)) {
                new ControlGroup(home.resolve(name)).end();
            }
        }
    }

    private int next(Path home, String device) {
        int number = 1;
        while (Files.exists(home.resolve(OURS + self + "-" + device + "-" + number))) {
            number++;
        }
        return number;
    }

    private static List<String> words(Path file) {
        try {
            return List.of(Files.readString(file).strip().split("\\s+"));
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
