package org.headgate.device.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.device.channels.ChannelDefinition;

/** Nothing reaches a device's outputs that does not name a writable channel and fit its type and range. */
final class WriteCheck {
    private WriteCheck() {}

    /**
     * Carries out {@code device.write}.
     *
     * @throws IllegalArgumentException with one line for the user
     */
    static CompletableFuture<CommandResult> write(Command command, Session session, String device) {
        List<ChannelDefinition> channels = session.opened().definitions();
        String name = command.argument("channel");
        ChannelDefinition channel = channels.stream()
                .filter(one -> one.channel().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "device " + device + " has no channel " + name + "; " + writable(channels)));
        if (!channel.channel().access().canWrite()) {
            throw new IllegalArgumentException(name + " is read-only; " + writable(channels));
        }
        return session.write(command, channel, channel.parse(command.argument("value")));
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
