package org.headgate.serial;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.host.DeviceNode;
import org.headgate.host.Machine;
import org.headgate.host.Refusal;

/**
 * The serial ports of a machine, from {@code /dev/serial/by-id}, {@code /sys/class/tty} and {@code /proc}. Opens none, since that resets what is
 * behind some. Thread-safe; nothing is kept.
 *
 * @param machine the machine
 * @param user whose permissions count, for what to do about them
 */
public record SerialPorts(Machine machine, String user) {
    private static final String BY_ID = "dev/serial/by-id";
    /** How many folders a USB interface lies below its device, at most. */
    private static final int USB_DEPTH = 4;

    /** The ports of this machine, for the user that this process runs as. */
    public static SerialPorts of(Machine machine) {
        return new SerialPorts(machine, System.getProperty("user.name"));
    }

    /** All ports, those with a name that stays first. UARTs that the kernel only provides for (8250 without a chip) are none. */
    public List<Port> list() {
        Map<String, String> stable = new TreeMap<>();
        for (Path link : entries(machine.root().resolve(BY_ID))) {
            String path = "/" + BY_ID + "/" + link.getFileName();
            device(path).ifPresent(device -> stable.putIfAbsent(device, path));
        }
        Map<String, String> paths = new TreeMap<>(stable);
        for (Path tty : entries(machine.root().resolve("sys/class/tty"))) {
            String device = "/dev/" + tty.getFileName();
            if (Files.exists(tty.resolve("device"))
                    && !"0".equals(text(tty.resolve("type")).orElse(""))) {
                paths.putIfAbsent(device, device);
            }
        }
        return Stream.concat(
                        stable.keySet().stream(), paths.keySet().stream().filter(device -> !stable.containsKey(device)))
                .map(device -> new Port(paths.get(device), device, description(device), trouble(paths.get(device))))
                .toList();
    }

    /** The kernel's name for a port, {@code /dev/ttyUSB0}; empty when it is not there. */
    public Optional<String> device(String path) {
        try {
            Path root = machine.root().toRealPath();
            Path real = machine.root().resolve(path.substring(1)).toRealPath();
            return Optional.of(real.startsWith(root) ? "/" + root.relativize(real) : real.toString());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Why a port cannot be opened, with what to do, on one line; empty when nothing is known that speaks against it. */
    public String obstacle(String path) {
        DeviceNode node = DeviceNode.of(machine, path);
        if (!node.exists()) {
            String there = entries(machine.root().resolve(BY_ID)).stream()
                    .map(link -> link.getFileName().toString())
                    .limit(3)
                    .collect(Collectors.joining(", "));
            return "no port " + path + ": " + remedyOfMissing(path) + (there.isEmpty() ? "" : "; there are " + there);
        }
        if (!node.usable()) {
            Refusal refusal = refusal(node);
            return "no permission for " + path + refusal.why() + ": " + refusal.remedy();
        }
        return user(path).map(who -> path + " is used by " + who).orElse("");
    }

    /** What is the matter with a port that is there but may not be used. */
    public Refusal refusal(DeviceNode node) {
        return Refusal.of(machine, node, user);
    }

    /** What to do about a port that is not there: a name without its folder is looked for among those that stay. */
    public String remedyOfMissing(String path) {
        String kernelName = "dev/" + path.substring(path.lastIndexOf('/') + 1);
        return path.startsWith("/" + BY_ID) && machine.has(kernelName) ? "write /" + kernelName : "plug it in";
    }

    /** Another process that has a port open: {@code minicom (process 4711)}; empty where none is known, since those of others are hidden. */
    public Optional<String> user(String path) {
        Optional<String> device = device(path);
        String self = Long.toString(ProcessHandle.current().pid());
        for (Path process : device.isPresent() ? entries(machine.root().resolve("proc")) : new TreeSet<Path>()) {
            String pid = process.getFileName().toString();
            if (Character.isDigit(pid.charAt(0)) && !pid.equals(self)) {
                List<String> open = open(process);
                // Who holds a pseudo terminal's other end, as socat does, is the peer.
                if (open.contains(device.get()) && open.stream().noneMatch(file -> file.endsWith("/ptmx"))) {
                    return Optional.of(text(process.resolve("comm")).orElse("a program") + " (process " + pid + ")");
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a program runs, by the name that the kernel has for it (15 characters at most). */
    public boolean isRunning(String program) {
        return entries(machine.root().resolve("proc")).stream()
                .anyMatch(process -> text(process.resolve("comm")).equals(Optional.of(program)));
    }

    /** Whether the kernel's console talks on a port. */
    public boolean isConsole(String path) {
        String consoles = machine.text("sys/class/tty/console/active").orElse("");
        return device(path)
                .filter(device ->
                        List.of(consoles.split("\\s+")).contains(device.substring(device.lastIndexOf('/') + 1)))
                .isPresent();
    }

    /** What takes the console away from a port. */
    public String consoleRemedy() {
        return machine.text("proc/device-tree/model").orElse("").contains("Raspberry Pi")
                ? "sudo raspi-config nonint do_serial_cons 1; sudo reboot"
                : "take console=tty... out of the kernel's command line, sudo systemctl disable --now serial-getty@"
                        + "NAME, then reboot";
    }

    private String trouble(String path) {
        String obstacle = obstacle(path);
        if (obstacle.isEmpty()
                && open(machine.root().resolve("proc/self"))
                        .contains(device(path).orElse("?"))) {
            return path + " is used by this gateway";
        }
        return obstacle.isEmpty() && isConsole(path) ? "the Linux console talks on it: " + consoleRemedy() : obstacle;
    }

    private String description(String device) {
        Path tty = machine.root().resolve("sys/class/tty" + device.substring(device.lastIndexOf('/')));
        try {
            Path folder = tty.resolve("device").toRealPath();
            for (int i = 0; i < USB_DEPTH && folder != null; i++, folder = folder.getParent()) {
                Optional<String> vendor = text(folder.resolve("idVendor"));
                if (vendor.isPresent()) {
                    return Stream.of(text(folder.resolve("manufacturer")), text(folder.resolve("product")))
                                    .flatMap(Optional::stream)
                                    .collect(Collectors.joining(" "))
                            + ", USB " + vendor.get() + ":"
                            + text(folder.resolve("idProduct")).orElse("?");
                }
            }
            return tty.resolve("device/driver").toRealPath().getFileName().toString();
        } catch (IOException notSaid) {
            return "serial port";
        }
    }

    private static Optional<String> text(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(text.lines().findFirst().orElse(""));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static List<String> open(Path process) {
        return entries(process.resolve("fd")).stream().map(SerialPorts::target).toList();
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException | UnsupportedOperationException closedMeanwhile) {
            return "";
        }
    }

    private static SortedSet<Path> entries(Path folder) {
        SortedSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException notThere) {
            return found;
        }
        return found;
    }
}
