package org.headgate.device.runtime;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Connection;
import org.headgate.device.channels.ChannelDefinition;

/**
 * Writes a device's outputs, and knows their safe state. All methods are called inside of the connection's one call and may block.
 */
final class Outputs {
    private final List<ChannelDefinition> safe;
    private final OutputMarks marks;

    /**
     * The outputs of a device.
     *
     * @param definitions all of its channels
     */
    Outputs(List<ChannelDefinition> definitions, OutputMarks marks) {
        this.safe = definitions.stream()
                .filter(definition -> definition.safe().isPresent())
                .toList();
        this.marks = marks;
    }

    /** Whether any output declares a safe state. */
    boolean haveSafeState() {
        return !safe.isEmpty();
    }

    /** At the first opening of a process: makes the outputs safe if the last process could not. Says whether it had to. */
    boolean makeSafeAfterACrash(Connection connection) throws IOException {
        if (safe.isEmpty() || !marks.isMarked()) {
            return false;
        }
        makeSafe(connection);
        return true;
    }

    /** Writes the safe states; the mark stays when one of them fails. */
    void makeSafe(Connection connection) throws IOException {
        Exception first = null;
        for (ChannelDefinition output : safe) {
            try {
                raw(connection, output, output.safe().orElseThrow());
            } catch (IOException | RuntimeException failure) {
                // One output that cannot be reached leaves no other one as it is.
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first instanceof IOException failure ? failure : new IOException(Failures.line(first));
        }
        if (!safe.isEmpty()) {
            marks.clear();
        }
    }

    /** Writes a value of the channel's column. */
    void write(Connection connection, ChannelDefinition output, Object value) throws IOException {
        if (output.safe().isPresent()) {
            marks.mark();
        }
        raw(connection, output, value);
    }

    private static void raw(Connection connection, ChannelDefinition output, Object value) throws IOException {
        Object raw;
        if (output.conversion().needsOld()) {
            OldBits old = new OldBits();
            connection.read(List.of(output.channel()), old);
            raw = output.raw(value, old.bits());
        } else {
            raw = output.raw(value);
        }
        connection.write(output.channel(), raw);
    }
}
