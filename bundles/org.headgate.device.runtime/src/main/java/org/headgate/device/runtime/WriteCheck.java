package org.headgate.device.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.device.api.Channel;

/** Nothing reaches a device's outputs that does not name a writable channel and fit its type and range. */
final class WriteCheck {
    private WriteCheck() {}

    /**
     * Writes a value that was typed.
     *
     * @throws IllegalArgumentException with one line for the user
     */
    static CompletableFuture<CommandResult> write(
            Command command, Session session, String device, List<Channel> channels, String name, String text) {
        Channel channel = channels.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "device " + device + " has no channel " + name + "; " + writable(channels)));
        if (!channel.access().canWrite()) {
            throw new IllegalArgumentException(name + " is read-only; " + writable(channels));
        }
        return session.write(command, channel, Values.parse(channel, text));
    }

    private static String writable(List<Channel> channels) {
        List<String> names = channels.stream()
                .filter(channel -> channel.access().canWrite())
                .map(Channel::name)
                .toList();
        return names.isEmpty() ? "nothing can be written there" : "writable: " + String.join(", ", names);
    }
}
