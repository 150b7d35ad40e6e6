package org.headgate.driver.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.host.Machine;

/**
 * How a program is started on this machine: in a session of its own, so that all that it starts can be found; ended by the kernel when the
 * gateway dies; and within its limits: in a scope of systemd where there is a manager for us, else with a limit of each process's data.
 */
final class Launcher {
    private static final List<String> BUS = List.of("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS");

    private final Machine machine;
    private final Map<String, String> ours;
    private final boolean root;

    /**
     * A launcher.
     *
     * @param ours the gateway's own environment
     * @param root whether the gateway is root
     */
    Launcher(Machine machine, Map<String, String> ours, boolean root) {
        this.machine = machine;
        this.ours = ours;
        this.root = root;
    }

    /** One for the process and the user that we are. */
    static Launcher here(Machine machine) {
        return new Launcher(machine, System.getenv(), "root".equals(System.getProperty("user.name")));
    }

    /** What is started, and how. */
    ProcessBuilder builder(Setup setup) throws IOException {
        String program = setup.command().get(0);
        Path file = Path.of(program);
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new IOException(
                    Files.exists(file)
                            ? program + " cannot be executed: is it a program, and may the gateway's user run it?"
                            : program + " is not there: is it installed, is command right?");
        }
        if (!Files.isDirectory(Path.of(setup.directory()))) {
            throw new IOException(setup.directory() + " is no folder: is directory right?");
        }
        String missing = missing(setup.limits());
        if (setup.limits().required() && !missing.isEmpty()) {
            throw new IOException(missing + ", and limits = required");
        }
        ProcessBuilder builder = new ProcessBuilder(line(setup));
        builder.directory(Path.of(setup.directory()).toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(setup.environment());
        if (isScoped(setup.limits())) {
            BUS.stream().filter(ours::containsKey).forEach(name -> environment.putIfAbsent(name, ours.get(name)));
        }
        return builder;
    }

    /** Which of the limits cannot be kept here, in one line; empty when all can. */
    String missing(Limits limits) {
        if (isScoped(limits) || limits.memory() == 0 && limits.cpu() == 0) {
            return "";
        }
        List<String> missing = new ArrayList<>();
        if (limits.cpu() > 0) {
            missing.add("cpu = " + limits.cpu() + "% is not kept");
        }
        if (limits.memory() > 0) {
            missing.add(has("prlimit") ? "memory is limited for each process alone" : "memory is not limited");
        }
        return String.join(", ", missing) + ": here is no systemd that makes scopes for this user";
    }

    /** Whether the limits are those of a control group. */
    private boolean isScoped(Limits limits) {
        return (limits.memory() > 0 || limits.cpu() > 0)
                && has("systemd-run")
                && (isUserManaged() || isSystemManaged());
    }

    private boolean isUserManaged() {
        String runtime = ours.getOrDefault("XDG_RUNTIME_DIR", "");
        return runtime.startsWith("/") && machine.has(runtime.substring(1) + "/systemd/private");
    }

    private boolean isSystemManaged() {
        return root && machine.has("run/systemd/private");
    }

    private List<String> line(Setup setup) {
        Limits limits = setup.limits();
        List<String> line = new ArrayList<>();
        if (has("setsid")) {
            line.add("/usr/bin/setsid");
        }
        if (isScoped(limits)) {
            line.addAll(scope(limits));
            Map<String, String> left = new LinkedHashMap<>(ours);
            left.keySet().retainAll(BUS);
            left.keySet().removeAll(setup.environment().keySet());
            line.add("/usr/bin/env");
            left.keySet().stream().sorted().forEach(name -> line.addAll(List.of("-u", name)));
        } else if (limits.memory() > 0 && has("prlimit")) {
            line.addAll(List.of("/usr/bin/prlimit", "--data=" + limits.memory()));
        }
        if (has("setpriv")) {
            line.addAll(List.of("/usr/bin/setpriv", "--pdeathsig", "KILL", "--"));
        }
        line.addAll(setup.command());
        return line;
    }

    private List<String> scope(Limits limits) {
        List<String> line = new ArrayList<>(List.of("/usr/bin/systemd-run", "--scope", "--quiet", "--collect"));
        if (isUserManaged()) {
            line.add("--user");
        }
        if (limits.memory() > 0) {
            line.addAll(List.of("-p", "MemoryMax=" + limits.memory(), "-p", "MemorySwapMax=0"));
        }
        if (limits.cpu() > 0) {
            line.addAll(List.of("-p", "CPUQuota=" + limits.cpu() + "%"));
        }
        line.add("--");
        return line;
    }

    private boolean has(String tool) {
        return machine.has("usr/bin/" + tool);
    }
}
