package org.headgate.driver.process;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.headgate.host.Machine;

/**
 * A program and all that it has started: its descendants, and who is in its session, which one stays in whose parent is gone, and in its control
 * group. Without one, who makes a session of its own after its parent has ended is not found.
 */
final class ProcessTree {
    private static final int ROUNDS = 10;
    private static final long PAUSE_MILLIS = 10;
    private static final int STATE = 0;
    private static final int SESSION = 3;
    /** Dead, but its parent has not asked yet how it died. */
    private static final String ZOMBIE = "Z";

    private static final String[] NONE = {"", "", "", ""};

    private final Machine machine;
    private final Process program;
    private final Optional<ControlGroup> group;
    private final Set<ProcessHandle> known = new HashSet<>();

    ProcessTree(Machine machine, Process program, Optional<ControlGroup> group) {
        this.machine = machine;
        this.program = program;
        this.group = group;
    }

    /** Asks all of them to end. */
    void terminate() {
        look();
        known.forEach(ProcessHandle::destroy);
    }

    /** Ends all of them. */
    void kill() {
        // What is killed starts nothing more, but what was started between two looks is found by the next one only.
        for (int i = 0; i < ROUNDS && look(); i++) {
            known.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Waits for the end of all of them; whether it came. */
    boolean ends(long millis) throws InterruptedException {
        boolean ended = program.waitFor(millis, TimeUnit.MILLISECONDS);
        for (long left = millis; ended && left > 0 && look(); left -= PAUSE_MILLIS) {
            LockSupport.parkNanos(PAUSE_MILLIS * 1_000_000);
        }
        return ended && !look();
    }

    /** Finds who belongs to it; whether somebody lives. */
    private boolean look() {
        program.toHandle().descendants().forEach(known::add);
        known.add(program.toHandle());
        group.ifPresent(
                all -> all.members().forEach(pid -> ProcessHandle.of(pid).ifPresent(known::add)));
        String session = String.valueOf(program.pid());
        for (String pid : machine.names("proc")) {
            if (Character.isDigit(pid.charAt(0)) && session.equals(stat(pid)[SESSION])) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(known::add);
            }
        }
        known.removeIf(handle -> !handle.isAlive() || stat(String.valueOf(handle.pid()))[STATE].equals(ZOMBIE));
        return !known.isEmpty();
    }

    /** {@code /proc/PID/stat} from its third field on; they begin behind the name, which may have blanks in it (proc(5)). */
    private String[] stat(String pid) {
        String stat = machine.text("proc/" + pid + "/stat").orElse("");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", SESSION + 2);
        return fields.length > SESSION ? fields : NONE;
    }
}
