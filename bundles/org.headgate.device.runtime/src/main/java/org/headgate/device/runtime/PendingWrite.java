package org.headgate.device.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.system.api.Clock;

/**
 * A write on its way to the device. It is answered once: REFUSED as long as it has not begun, FAILED when nobody can say any more whether
 * the device took it. Used by the device's loop.
 */
final class PendingWrite {
    /** What has waited longer is not carried out: whoever asked has long been told otherwise. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Command command;
    private final ChannelDefinition channel;
    private final Object value;
    private final long askedNanos;
    private final CompletableFuture<CommandResult> answer = new CompletableFuture<>();
    private boolean begun;

    /**
     * A write that was checked.
     *
     * @param value of the channel's column
     */
    PendingWrite(Command command, ChannelDefinition channel, Object value, Clock clock) {
        this.command = command;
        this.channel = channel;
        this.value = value;
        this.askedNanos = clock.monotonicNanos();
    }

    ChannelDefinition channel() {
        return channel;
    }

    Object value() {
        return value;
    }

    CompletableFuture<CommandResult> answer() {
        return answer;
    }

    /** Begins, unless it is too late; then it is answered. */
    boolean begins(Clock clock) {
        Optional<String> late = late(clock);
        late.ifPresent(why -> answer.complete(CommandResult.refused(command, why)));
        begun = late.isEmpty();
        return begun;
    }

    void done() {
        answer.complete(CommandResult.done(command, channel.channel().name() + " = " + value));
    }

    void failed(Exception failure) {
        answer.complete(CommandResult.failed(command, Failures.line(failure)));
    }

    /** The connection ends. */
    void ends(String why) {
        answer.complete(
                begun
                        ? CommandResult.failed(command, why + "; the value may have been written or not")
                        : CommandResult.refused(command, why));
    }

    private Optional<String> late(Clock clock) {
        boolean expired = command.expiresNanos().isPresent()
                && clock.epochNanos() >= command.expiresNanos().getAsLong();
        if (expired) {
            return Optional.of("expired while it waited for the device");
        }
        return clock.monotonicNanos() - askedNanos > PATIENCE.toNanos()
                ? Optional.of("waited " + PATIENCE.toSeconds() + " s for the device")
                : Optional.empty();
    }
}
