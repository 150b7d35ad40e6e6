package org.headgate.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;

/** Runs a command as the console does and keeps what it printed. */
final class Console {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int status;

    /** Everything the command printed, errors included. */
    String run(ConsoleCommand command, String... words) throws Exception {
        bytes.reset();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        status = command.run(new Invocation(command.signature(), List.of(words), out, out, "admin"));
        String text = bytes.toString(StandardCharsets.UTF_8);
        text.lines().forEach(line -> {
            if (!line.startsWith("{") && !line.startsWith("[") && line.length() > 100) {
                throw new AssertionError("over 100 columns: " + line);
            }
        });
        return text;
    }

    /** The output read by a JSON reader that is not ours. */
    JsonNode json(ConsoleCommand command, String... words) throws Exception {
        return new ObjectMapper().readTree(run(command, words));
    }
}
