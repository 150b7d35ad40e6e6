package org.headgate.command.router;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.headgate.codec.JsonWriter;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;
import org.headgate.config.api.SecretKeys;
import org.headgate.data.api.Row;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has asked for what and what became of it, who was refused, who was at the gateway: a JSON object (RFC 8259) a line in the log {@code
 * org.headgate.audit}, which the distribution writes into a file of its own. Nothing that a command or an event says can end the line or move a terminal's cursor:
 * control, format and other invisible characters are escaped, long texts are cut, and a secret in clear text is masked.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.headgate.audit");
    private static final int LONGEST = 256;
    private static final int LONGEST_MESSAGE = 1024;
    private static final int MOST_ARGUMENTS = 32;

    private final Clock clock;
    private final Consumer<String> lines;

    AuditLog(Clock clock) {
        this(clock, line -> LOG.info("{}", line));
    }

    AuditLog(Clock clock, Consumer<String> lines) {
        this.clock = clock;
        this.lines = lines;
    }

    void write(Command command, CommandResult result) {
        lines.accept(line(command, result));
    }

    /** So many more, which have no lines of their own. */
    void write(Origin origin, String command, long refused, long repeated) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("time")
                .value(time(clock.epochNanos()))
                .name("from")
                .value(cut(origin.from(), LONGEST))
                .name("who")
                .value(cut(origin.who(), LONGEST))
                .name("command")
                .value(cut(command, LONGEST))
                .name("refused")
                .value(refused)
                .name("repeated")
                .value(repeated)
                .endObject();
        lines.accept(escaped(json.toString()));
    }

    /** An event, as a row of the stream of events. */
    void write(Row event) {
        lines.accept(line(event));
    }

    String line(Row event) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("time")
                .value(time(event.timeNanos()))
                .name("event")
                .value(text(event, "kind", LONGEST));
        for (String column : List.of("source", "state")) {
            json.name(column).value(text(event, column, LONGEST));
        }
        json.name("detail")
                .value(text(event, "detail", LONGEST_MESSAGE))
                .name("count")
                .value(event.asLong(event.schema().indexOf("count")))
                .endObject();
        return escaped(json.toString());
    }

    private static String text(Row event, String column, int longest) {
        return cut(event.asString(event.schema().indexOf(column)), longest);
    }

    private static String time(long epochNanos) {
        return Instant.ofEpochMilli(epochNanos / 1_000_000).toString();
    }

    String line(Command command, CommandResult result) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("time")
                .value(time(clock.epochNanos()))
                .name("id")
                .value(cut(command.id(), LONGEST))
                .name("from")
                .value(cut(command.origin().from(), LONGEST))
                .name("who")
                .value(cut(command.origin().who(), LONGEST))
                .name("command")
                .value(cut(command.name(), LONGEST))
                .name("arguments")
                .beginObject();
        int left = MOST_ARGUMENTS;
        for (Map.Entry<String, String> argument : new TreeMap<>(command.arguments()).entrySet()) {
            if (left-- == 0) {
                json.name("…").value(command.arguments().size() - MOST_ARGUMENTS + " more");
                break;
            }
            json.name(cut(argument.getKey(), LONGEST))
                    .value(cut(SecretKeys.shown(argument.getKey(), SecretKeys.shown(argument.getValue())), LONGEST));
        }
        json.endObject()
                .name("result")
                .value(result.status().name())
                .name("message")
                .value(cut(result.message(), LONGEST_MESSAGE))
                .endObject();
        return escaped(json.toString());
    }

    private static String cut(String text, int longest) {
        return text == null ? "" : text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    /** The same JSON without a character that is not seen: such can only stand inside of its texts, where an escape means the same. */
    private static String escaped(String json) {
        StringBuilder line = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (isVisible(c)) {
                line.append(c);
            } else {
                line.append(String.format("\\u%04x", (int) c));
            }
        }
        return line.toString();
    }

    private static boolean isVisible(char c) {
        return c >= ' ' && c < 0x7F
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }
}
