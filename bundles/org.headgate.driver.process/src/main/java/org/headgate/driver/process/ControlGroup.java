package org.headgate.driver.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control group for one run of a program, by the kernel's own files (version 2: Documentation/admin-guide/cgroup-v2.rst). Who is in it
 * stays in it, with all that it starts, in whatever session.
 *
 * @param folder that is the group
 */
record ControlGroup(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(ControlGroup.class);
    private static final String PROCESSES = "cgroup.procs";
    private static final int PERIOD_MICROS = 100_000;
    /** More than a script has, fewer than a fork bomb wants. */
    private static final int MOST_PROCESSES = 512;

    /** What dash, and bash as sh, give to their programs beside what they got themselves. */
    private static final List<String> SHELLS = List.of("PWD", "OLDPWD", "SHLVL", "_");

    private static final int ROUNDS = 50;
    private static final long PAUSE_NANOS = 10_000_000;

    /**
     * A group that nobody is in yet.
     *
     * @throws IOException where the kernel does not make it, or does not limit it
     */
    static ControlGroup make(Path folder, Limits limits) throws IOException {
        Files.createDirectory(folder);
        ControlGroup group = new ControlGroup(folder);
        try {
            if (limits.memory() > 0) {
                group.write("memory.max", String.valueOf(limits.memory()));
                group.tryWrite("memory.swap.max", "0");
            }
            if (limits.cpu() > 0) {
                group.write("cpu.max", limits.cpu() * (PERIOD_MICROS / 100) + " " + PERIOD_MICROS);
            }
            group.tryWrite("pids.max", String.valueOf(MOST_PROCESSES));
            return group;
        } catch (IOException notLimited) {
            group.remove();
            throw notLimited;
        }
    }

    /**
     * What a program is started through, to be in the group before its first instruction. Only a process can say that it is itself who
     * enters, and go on as another program: a shell, which has variables of its own that are none of the program's.
     *
     * @param environment what is configured; a secret is its name, which is not put where all can read it
     */
    List<String> entrance(Map<String, String> environment) {
        List<String> line = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                folder.resolve(PROCESSES).toString(),
                "/usr/bin/env"));
        SHELLS.stream()
                .filter(name -> !environment.containsKey(name))
                .forEach(name -> line.addAll(List.of("-u", name)));
        SHELLS.stream()
                .filter(name -> !environment.getOrDefault(name, "@").startsWith("@"))
                .forEach(name -> line.add(name + "=" + environment.get(name)));
        return line;
    }

    /** Who is in it. */
    List<Long> members() {
        try {
            return Files.readAllLines(folder.resolve(PROCESSES)).stream()
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException | NumberFormatException gone) {
            return List.of();
        }
    }

    /** Ends all that are in it, and then itself. Blocks for half a second at most. */
    void end() {
        try {
            Files.writeString(folder.resolve("cgroup.kill"), "1", StandardOpenOption.WRITE);
        } catch (IOException olderThan514) {
            members().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
        remove();
    }

    private void remove() {
        for (int i = 0; i < ROUNDS; i++) {
            try {
                Files.deleteIfExists(folder);
                return;
            } catch (IOException occupied) {
                // Who was killed a moment ago is in it still.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        LOG.debug("{} could not be removed", folder);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /** What not every kernel has, and nobody has asked for. */
    private void tryWrite(String file, String text) {
        try {
            write(file, text);
        } catch (IOException unknown) {
            LOG.debug("{} of {} is not written: {}", file, folder, unknown.getMessage());
        }
    }
}
