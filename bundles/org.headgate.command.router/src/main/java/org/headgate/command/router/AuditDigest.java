package org.headgate.command.router;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;

/**
 * What commands leave in the audit log: a line each, but of refusals no more than a few, and of repeats none; how many more there were is a line
 * a minute for each origin and command. So a flood cannot push out of the log what was done. Thread-safe.
 */
final class AuditDigest {
    /** How often the others are counted. */
    static final Duration EVERY = Duration.ofMinutes(1);
    /** How many refusals have a line of their own after a pause; one comes back in that time. */
    static final int IN_FULL = 10;

    private static final int MOST = 1000;
    private static final String OTHERS = "…";

    private final AuditLog log;
    private final Loop loop;
    private final RateLimit lines;
    private final Map<Key, Count> counts = new LinkedHashMap<>();

    AuditDigest(AuditLog log, Clock clock, Loop loop) {
        this.log = log;
        this.loop = loop;
        lines = new RateLimit(clock, new CommandLimits(1, EVERY, IN_FULL));
    }

    private record Key(Origin origin, String command) {}

    private static final class Count {
        private long refused;
        private long repeated;
    }

    void ended(Command command, CommandResult result) {
        boolean refused = result.status() == CommandResult.Status.REFUSED;
        if (refused && !lines.take(new RateLimit.Key(command.origin(), command.name(), ""))) {
            synchronized (this) {
                count(command).refused++;
            }
        } else {
            log.write(command, result);
        }
    }

    synchronized void repeated(Command command) {
        count(command).repeated++;
    }

    private Count count(Command command) {
        if (counts.isEmpty()) {
            loop.schedule(EVERY, this::tell);
        }
        Key key = new Key(command.origin(), counts.size() < MOST ? command.name() : OTHERS);
        return counts.computeIfAbsent(key, first -> new Count());
    }

    /** Writes down what was counted. */
    synchronized void tell() {
        counts.forEach((key, count) -> log.write(key.origin(), key.command(), count.refused, count.repeated));
        counts.clear();
    }
}
