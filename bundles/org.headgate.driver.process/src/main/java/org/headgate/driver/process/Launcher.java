package org.headgate.driver.process;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.host.Machine;

/**
 * How a program is started on this machine: in a session of its own, so that all that it starts can be found; ended by the kernel when the
 * gateway dies; and within its limits: in a scope of systemd where there is a manager for us, else in a control group of our own where we
 * may make one, else with a limit of each process's data.
 */
final class Launcher {
    private static final List<String> BUS = List.of("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS");

    private final Machine machine;
    private final Map<String, String> ours;
    private final boolean root;
    private final ControlGroups groups;

    /**
     * A launcher.
     *
     * @param ours the gateway's own environment
     * @param root whether the gateway is root
     * @param self the gateway's process
     */
    Launcher(Machine machine, Map<String, String> ours, boolean root, long self) {
        this.machine = machine;
        this.ours = ours;
        this.root = root;
        this.groups = new ControlGroups(machine, root, self);
    }

    /** One for the process and the user that we are. */
    static Launcher here(Machine machine) {
        boolean root = "root".equals(System.getProperty("user.name"));
        return new Launcher(
                machine, System.getenv(), root, ProcessHandle.current().pid());
    }

    /** That it can be started. */
    void check(Setup setup) throws IOException {
        String program = setup.command().get(0);
        File file = new File(program);
        if (!file.isFile() || !file.canExecute()) {
            throw new IOException(
                    file.exists()
                            ? program + " cannot be executed: is it a program, and may the gateway's user run it?"
                            : program + " is not there: is it installed, is command right?");
        }
        if (!new File(setup.directory()).isDirectory()) {
            throw new IOException(setup.directory() + " is no folder: is directory right?");
        }
        String missing = missing(setup.limits());
        if (setup.limits().required() && !missing.isEmpty()) {
            throw new IOException(missing + ", and limits = required");
        }
    }

    /** What is started, and how. With a control group it is made here. */
    Launch prepare(Setup setup) throws IOException {
        check(setup);
        Limits limits = setup.limits();
        if (limits.none() || isScoped(limits) || !groups.keep(limits)) {
            String missing = missing(limits);
            return new Launch(
                    builder(setup, List.of()),
                    Optional.empty(),
                    missing.isEmpty() ? kept(limits) : missing,
                    missing.isEmpty());
        }
        try {
            ControlGroup group = groups.make(setup.device(), limits);
            return new Launch(
                    builder(setup, group.entrance(setup.environment())), Optional.of(group), kept(limits), true);
        } catch (IOException refused) {
            String missing = missing(limits, "the kernel makes no control group (" + refused.getMessage() + ")");
            if (limits.required()) {
                throw new IOException(missing + ", and limits = required");
            }
            return new Launch(builder(setup, List.of()), Optional.empty(), missing, false);
        }
    }

    private ProcessBuilder builder(Setup setup, List<String> entrance) {
        ProcessBuilder builder = new ProcessBuilder(line(setup, entrance));
        builder.directory(new File(setup.directory()));
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
        return limits.none() || isScoped(limits) || groups.keep(limits)
                ? ""
                : missing(
                        limits,
                        "here is neither a systemd that makes scopes for this user nor a control group of its own");
    }

    /** What keeps the limits, where all of them are kept; empty where there are none. */
    String kept(Limits limits) {
        if (limits.none()) {
            return "";
        }
        return "its limits are kept by " + (isScoped(limits) ? "a scope of systemd" : "a control group");
    }

    private String missing(Limits limits, String why) {
        List<String> missing = new ArrayList<>();
        if (limits.cpu() > 0) {
            missing.add("cpu = " + limits.cpu() + "% is not kept");
        }
        if (limits.memory() > 0) {
            missing.add(has("prlimit") ? "memory is limited for each process alone" : "memory is not limited");
        }
        return String.join(", ", missing) + ": " + why;
    }

    /** Whether the limits are those of a control group. */
    private boolean isScoped(Limits limits) {
        return !limits.none() && has("systemd-run") && (isUserManaged() || isSystemManaged());
    }

    private boolean isUserManaged() {
        String runtime = ours.getOrDefault("XDG_RUNTIME_DIR", "");
        return runtime.startsWith("/") && machine.has(runtime.substring(1) + "/systemd/private");
    }

    private boolean isSystemManaged() {
        return root && machine.has("run/systemd/private");
    }

    private List<String> line(Setup setup, List<String> entrance) {
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
        } else if (!entrance.isEmpty()) {
            line.addAll(entrance);
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
