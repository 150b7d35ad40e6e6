package org.headgate.console.api.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Dialogue;
import org.headgate.console.api.Invocation;

/** Runs a command as the console does and keeps what it printed; a line of over 100 columns is an error. */
public final class Console {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Dialogue dialogue = Dialogue.NOBODY;
    private int status;

    /** Everything the command printed, errors included. */
    public String run(ConsoleCommand command, String... words) throws Exception {
        bytes.reset();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        status = command.run(new Invocation(command.signature(), List.of(words), out, out, "admin", dialogue));
        String text = bytes.toString(StandardCharsets.UTF_8);
        text.lines().forEach(line -> {
            if (!line.startsWith("{") && !line.startsWith("[") && line.length() > 100) {
                throw new AssertionError("over 100 columns: " + line);
            }
        });
        return text;
    }

    /** The exit status of the last command. */
    public int status() {
        return status;
    }

    /** Who sits there from now on; nobody at first. */
    public void dialogue(Dialogue person) {
        dialogue = person;
    }

    /** The output read by a JSON reader that is not ours. */
    public JsonNode json(ConsoleCommand command, String... words) throws Exception {
        return new ObjectMapper().readTree(run(command, words));
    }
}
