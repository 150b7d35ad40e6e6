package org.headgate.command.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Carries out the commands of one name. */
@ConsumerType
public interface CommandHandler {
    /** The name, for example {@code device.write}. */
    String name();

    /** What the rate limit is counted for beside the origin: for a write the device, so that a flood for one starves no other. */
    default String target(Command command) {
        return command.argument("device");
    }

    /**
     * Whether a command may change anything. One that does is refused when it expires and the clock is not set, and one that has an id of
     * its caller's is written down before it begins, so that it is never done twice. One that only looks may be done again. Must not
     * block.
     */
    default boolean changes(Command command) {
        return true;
    }

    /**
     * Whether a command that has begun has failed when it expires, because what it does would be wrong by then: so it is with a write that
     * waits for its device. Else its expiry says only when it is too late to begin.
     */
    default boolean expiresUnderWay() {
        return true;
    }

    /** Checks a command and carries it out. Must not block. */
    CompletionStage<CommandResult> handle(Command command);
}
