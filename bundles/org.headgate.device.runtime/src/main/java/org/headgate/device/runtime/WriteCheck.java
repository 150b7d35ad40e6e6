package org.headgate.device.runtime;

import java.util.List;
import org.headgate.command.api.Command;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.system.api.Clock;

/** Nothing reaches a device's outputs that does not name a writable channel and fit its type, its width and its range. */
final class WriteCheck {
    private WriteCheck() {}

    /**
     * The write that {@code device.write} asks for.
     *
     * @throws IllegalArgumentException with one line for the user
     */
    static PendingWrite check(Command command, List<ChannelDefinition> channels, String device, Clock clock) {
        String name = command.argument("channel");
        ChannelDefinition channel = channels.stream()
                .filter(one -> one.channel().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "device " + device + " has no channel " + name + "; " + writable(channels)));
        if (!channel.channel().access().canWrite()) {
            throw new IllegalArgumentException(name + " is read-only; " + writable(channels));
        }
        if (!command.arguments().containsKey("value")) {
            throw new IllegalArgumentException("value: missing (expected: what to write to " + name + ")");
        }
        Object value = channel.parse(command.argument("value"));
        // Whether the device's own type can hold it is known before anybody is asked.
        channel.raw(value);
        return new PendingWrite(command, channel, value, clock);
    }

    private static String writable(List<ChannelDefinition> channels) {
        List<String> names = channels.stream()
                .map(ChannelDefinition::channel)
                .filter(channel -> channel.access().canWrite())
                .map(channel -> channel.name())
                .toList();
        return names.isEmpty() ? "nothing can be written there" : "writable: " + String.join(", ", names);
    }
}
