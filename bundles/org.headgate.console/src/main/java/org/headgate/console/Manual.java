package org.headgate.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;

/** What is said of commands: on the terminal within 100 columns, as one JSON object, and as the reference in Markdown. */
final class Manual {
    /** In the order of a reference: by scope, then by name. */
    static final Comparator<Signature> ORDER =
            Comparator.comparing(Signature::scope).thenComparing(Signature::name);

    private static final int WIDTH = 100;
    private static final String INDENT = "    ";

    private final Function<Signature, List<String>> roles;

    /** Reads who may run a command when it is asked for. */
    Manual(Function<Signature, List<String>> roles) {
        this.roles = roles;
    }

    /** Who may run a command. */
    List<String> roles(Signature command) {
        return roles.apply(command);
    }

    /** The help of one command, line by line. */
    List<String> lines(Signature command) {
        List<String> lines = new ArrayList<>(wrap("", command.usage(), INDENT));
        lines.addAll(wrap(INDENT, command.description(), INDENT));
        for (String paragraph : command.more()) {
            lines.add("");
            lines.addAll(wrap(INDENT, paragraph, INDENT));
        }
        if (!command.options().isEmpty()) {
            lines.add("");
            lines.add("Options, anywhere between the words");
            int width = command.options().stream()
                    .mapToInt(option -> option.usage().length())
                    .max()
                    .orElse(0);
            String below = INDENT + " ".repeat(width + 2);
            command.options()
                    .forEach(option -> lines.addAll(wrap(
                            INDENT,
                            option.usage()
                                    + " ".repeat(width + 2 - option.usage().length())
                                    + option.description(),
                            below)));
        }
        if (!command.examples().isEmpty()) {
            lines.add("");
            lines.add("Examples");
            for (Signature.Example example : command.examples()) {
                lines.addAll(wrap(INDENT, example.call(), INDENT + INDENT));
                lines.addAll(wrap(INDENT + INDENT, example.meaning(), INDENT + INDENT));
            }
        }
        lines.add("");
        lines.add("Run by: " + String.join(", ", roles(command)));
        return lines;
    }

    /** What a program reads of a command. */
    Json json(Signature command) {
        return new Json()
                .put("name", command.id())
                .put("description", command.description())
                .put("usage", command.usage())
                .put("roles", roles(command))
                .put("endless", command.endless())
                .put(
                        "options",
                        command.options().stream()
                                .map(option -> new Json()
                                        .put("name", option.name())
                                        .put("value", option.value())
                                        .put("description", option.description()))
                                .toList())
                .put("more", command.more())
                .put(
                        "examples",
                        command.examples().stream()
                                .map(example ->
                                        new Json().put("call", example.call()).put("meaning", example.meaning()))
                                .toList());
    }

    /** The reference of all commands. Holds nothing that differs between two machines. */
    String markdown(List<Signature> commands) {
        StringBuilder text = new StringBuilder(
                "# The console's commands\n\n"
                        + "Made from the commands' own help by `./headgate docs`; not edited by hand.\n\n"
                        + "Words arrive as they are typed: quotes of either kind group, a pipe between blanks (` | grep x`) hands the output on,\n"
                        + "nothing else is special. Options may stand anywhere, `--` ends them. `--json` prints one line for a program. The exit\n"
                        + "status is 0 for success, 1 when it failed, 2 when the words made no sense; every error is one line.\n");
        String scope = "";
        for (Signature command : commands) {
            if (!scope.equals(command.scope())) {
                scope = command.scope();
                text.append("\n## ").append(scope).append('\n');
            }
            text.append('\n').append(markdown(command));
        }
        return text.toString();
    }

    private String markdown(Signature command) {
        StringBuilder text = new StringBuilder("### " + command.id() + "\n\n");
        wrap("", command.usage(), INDENT)
                .forEach(line -> text.append(INDENT).append(line).append('\n'));
        text.append('\n').append(escaped(command.description()));
        text.append(" Run by: ").append(String.join(", ", roles(command))).append(".\n");
        command.more()
                .forEach(paragraph ->
                        text.append('\n').append(escaped(paragraph)).append('\n'));
        text.append(command.options().isEmpty() ? "" : "\n");
        command.options()
                .forEach(option -> text.append("- `")
                        .append(option.usage())
                        .append("`")
                        .append(option.description().isEmpty() ? "" : ": " + escaped(option.description()))
                        .append('\n'));
        text.append(command.examples().isEmpty() ? "" : "\n");
        command.examples()
                .forEach(example -> text.append("- `` ")
                        .append(example.call())
                        .append(" ``  \n  ")
                        .append(escaped(example.meaning()))
                        .append('\n'));
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replaceAll("([*_<\\[])", "\\\\$1");
    }

    /** Lines of at most the terminal's width, broken at blanks where there are any. */
    static List<String> wrap(String indent, String text, String next) {
        List<String> lines = new ArrayList<>();
        String rest = indent + text;
        while (rest.length() > WIDTH) {
            int blank = rest.lastIndexOf(' ', WIDTH);
            int end = blank > next.length() ? blank : WIDTH;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = next + rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
