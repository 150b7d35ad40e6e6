package org.headgate.command.api;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A request.
 *
 * @param id tells it from all others: a second one of the same id and origin is not carried out but gets the first one's answer; empty
 *     for the router to make one
 * @param name what to do, for example {@code device.write}
 * @param arguments by name, for example {@code {device=boiler, channel=pump, value=on}}
 * @param origin who asks
 * @param expiresNanos when it is too late to begin, in nanoseconds since the epoch; such a request is refused while the clock is not
 *     set, or when that is more than 10 minutes ahead, unless it changes nothing
 */
public record Command(String id, String name, Map<String, String> arguments, Origin origin, OptionalLong expiresNanos) {
    public Command {
        arguments = Map.copyOf(arguments);
    }

    /** A request without an id of its own that does not expire. */
    public static Command of(String name, Map<String, String> arguments, Origin origin) {
        return new Command("", name, arguments, origin, OptionalLong.empty());
    }

    /** An argument; empty where it is missing. */
    public String argument(String key) {
        return arguments.getOrDefault(key, "");
    }
}
