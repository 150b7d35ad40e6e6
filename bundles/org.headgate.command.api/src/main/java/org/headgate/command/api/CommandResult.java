package org.headgate.command.api;

import java.util.Map;

/**
 * The answer to a command.
 *
 * @param id the command's id
 * @param status how it ended
 * @param message one line for the user: what was done, or why not
 * @param values what the command gives back, by name
 */
public record CommandResult(String id, Status status, String message, Map<String, String> values) {
    public CommandResult {
        values = Map.copyOf(values);
    }

    /** How a command ended. */
    public enum Status {
        /** Carried out. */
        DONE,
        /** Not begun: wrong, not allowed, too many, too late. */
        REFUSED,
        /** Begun, and failed: the device may or may not have taken it. */
        FAILED
    }

    /** Carried out. */
    public static CommandResult done(Command command, String message) {
        return new CommandResult(command.id(), Status.DONE, message, Map.of());
    }

    /** Not begun. */
    public static CommandResult refused(Command command, String why) {
        return new CommandResult(command.id(), Status.REFUSED, why, Map.of());
    }

    /** Begun, and failed. */
    public static CommandResult failed(Command command, String why) {
        return new CommandResult(command.id(), Status.FAILED, why, Map.of());
    }

    /** Whether it was carried out. */
    public boolean isDone() {
        return status == Status.DONE;
    }
}
