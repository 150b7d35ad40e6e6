package org.headgate.command.router;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;

/**
 * What is known of a command that somebody has given an id.
 *
 * @param key who has asked, and the id
 * @param print what else tells it from others, and how long it has to be known
 * @param result how it ended; empty for one that has begun and has not ended
 */
record Remembered(Key key, Fingerprint print, Optional<CommandResult> result) {
    private static final int BEGUN = 3;
    private static final int ENDED = 4;
    private static final CommandResult.Status[] STATUSES = CommandResult.Status.values();

    /** Tells a command from all others: the same id from somebody else is another one. */
    record Key(Origin origin, String id) {
        static Key of(Command command) {
            return new Key(command.origin(), command.id());
        }
    }

    /** One that may change something, and begins. */
    static Remembered begun(Command command) {
        return new Remembered(Key.of(command), Fingerprint.of(command), Optional.empty());
    }

    /** The same with an answer. */
    Remembered with(CommandResult answer) {
        return new Remembered(key, print, Optional.of(answer));
    }

    /** The answer to a repeat after a restart. */
    CommandResult answer() {
        return result.orElseGet(() -> new CommandResult(
                key.id(), CommandResult.Status.FAILED, "may have been done: the gateway stopped meanwhile", Map.of()));
    }

    void write(ByteOutput out) {
        out.putByte(result.isEmpty() ? BEGUN : ENDED);
        out.putText(key.origin().from());
        out.putText(key.origin().who());
        out.putText(key.id());
        out.putText(print.digest());
        out.putVarint(print.expiresNanos());
        result.ifPresent(end -> {
            out.putByte(end.status().ordinal());
            out.putText(end.message());
            out.putVarint(end.values().size());
            end.values().forEach((name, value) -> {
                out.putText(name);
                out.putText(value);
            });
        });
    }

    /** Reads what {@link #write} wrote; whatever else it is given ends in a RuntimeException. */
    static Remembered read(ByteInput in) {
        int kind = in.getByte();
        if (kind != BEGUN && kind != ENDED) {
            throw new IllegalArgumentException("kind " + kind);
        }
        Key key = new Key(new Origin(in.getText(), in.getText()), in.getText());
        Fingerprint print = new Fingerprint(in.getText(), in.getVarint());
        if (kind == BEGUN) {
            return new Remembered(key, print, Optional.empty());
        }
        CommandResult.Status status = STATUSES[in.getByte()];
        String message = in.getText();
        Map<String, String> values = new HashMap<>();
        for (int left = in.getCount(); left > 0; left--) {
            values.put(in.getText(), in.getText());
        }
        return new Remembered(key, print, Optional.of(new CommandResult(key.id(), status, message, values)));
    }
}
