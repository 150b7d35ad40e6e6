package org.headgate.rule.engine;

import java.time.Duration;
import java.util.Map;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.command.api.Origin;
import org.headgate.data.api.Row;
import org.headgate.system.api.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One action that writes to a device. One write is under way at most, and behind it waits the newest value only: an output must end up as the
 * rule says last, not run through all that it has said. What the command router refuses as too many for now is tried again until it is done or
 * there is a newer value. Thread-safe.
 */
final class DeviceWrite {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceWrite.class);
    private static final Duration AGAIN = Duration.ofMillis(100);

    private final String rule;
    private final Action action;
    private final Commands commands;
    private final Loop loop;
    private Map<String, String> newest = Map.of();
    private boolean underWay;
    private boolean closed;
    private String said = "";

    DeviceWrite(String rule, Action action, Commands commands, Loop loop) {
        this.rule = rule;
        this.action = action;
        this.commands = commands;
        this.loop = loop;
    }

    void take(Row row) {
        Map<String, String> arguments;
        try {
            arguments = action.write(row);
        } catch (IllegalArgumentException unclear) {
            say(unclear.getMessage());
            return;
        }
        if (!arguments.containsKey("value")) {
            say(action + ": no value, nothing is written");
            return;
        }
        synchronized (this) {
            newest = arguments;
            if (underWay) {
                return;
            }
            underWay = true;
        }
        next();
    }

    /** Writes the newest value, if there is one that was not written. */
    private void next() {
        Map<String, String> arguments;
        synchronized (this) {
            arguments = newest;
            newest = Map.of();
            if (arguments.isEmpty() || closed) {
                underWay = false;
                return;
            }
        }
        commands.submit(Command.of("device.write", arguments, Origin.rule(rule)))
                .whenComplete((result, failure) -> ended(arguments, result, failure));
    }

    private void ended(Map<String, String> arguments, CommandResult result, Throwable failure) {
        if (failure != null) {
            say(action + ": " + failure);
        } else if (result.isDone()) {
            say("");
        } else if (result.message().startsWith(Commands.TOO_MANY)) {
            synchronized (this) {
                newest = newest.isEmpty() ? arguments : newest;
            }
            loop.schedule(AGAIN, this::next);
            return;
        } else {
            say(action + ": " + result.message());
        }
        // Not from within the answer: one that comes at once would go ever deeper.
        loop.execute(this::next);
    }

    /** Once as long as it stays the same: a device that is off for a night is one line. */
    private void say(String line) {
        synchronized (this) {
            if (line.equals(said)) {
                return;
            }
            said = line;
        }
        if (!line.isEmpty()) {
            LOG.warn("rule {}: {}", rule, line);
        }
    }

    /** Writes nothing more. */
    synchronized void close() {
        closed = true;
    }
}
