package org.headgate.console;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;

/**
 * {@code gateway:help}. No component: {@link ShellCommands}, which knows all commands, registers it, and two components that need
 * each other are a riddle to Declarative Services.
 */
final class HelpCommand implements ConsoleCommand {
    private static final String MARKDOWN = "--markdown";

    private final Supplier<List<Signature>> commands;
    private final Manual manual;

    /**
     * The help.
     *
     * @param commands all commands of ours, in their order
     */
    HelpCommand(Supplier<List<Signature>> commands, Manual manual) {
        this.commands = commands;
        this.manual = manual;
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:help", "Explains a command, or lists those that you may run.")
                .words("[COMMAND|SCOPE]")
                .flag(MARKDOWN, "prints the reference of all commands")
                .json()
                .more(
                        "The same help comes with --help behind any command. Commands of the shell itself (grep, log:display) are"
                                + " explained by help.")
                .example("gateway:help", "Lists the commands.")
                .example("gateway:help device", "Lists those that begin with device:")
                .example("gateway:help gateway:echo", "Explains one, with examples.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty()
                ? Stream.concat(
                                commands.get().stream().map(Signature::scope),
                                commands.get().stream().map(Signature::id))
                        .distinct()
                        .sorted()
                        .toList()
                : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(1);
        List<Signature> all = commands.get();
        if (invocation.flag(MARKDOWN)) {
            invocation.out().print(manual.markdown(all));
            return 0;
        }
        Optional<String> wanted = invocation.words().stream().findFirst();
        Optional<Signature> one = all.stream()
                .filter(each -> wanted.equals(Optional.of(each.id())))
                .findFirst();
        if (one.isPresent()) {
            explain(invocation, one.get());
            return 0;
        }
        List<Signature> some = all.stream()
                .filter(command -> wanted.isEmpty() || wanted.get().equals(command.scope()))
                .filter(this::isMine)
                .toList();
        if (some.isEmpty()) {
            return invocation.fail(
                    "no command " + wanted.orElse("") + nearest(wanted.orElse(""), all) + " gateway:help lists them");
        }
        list(invocation, some);
        return 0;
    }

    private void explain(Invocation invocation, Signature command) {
        if (invocation.json()) {
            invocation.out().println(manual.json(command));
        } else {
            manual.lines(command).forEach(invocation.out()::println);
        }
    }

    private void list(Invocation invocation, List<Signature> some) {
        if (invocation.json()) {
            invocation.out().println(Json.text(some.stream().map(manual::json).toList()));
            return;
        }
        Table table = new Table("COMMAND", "WHAT IT DOES");
        some.forEach(command -> table.row(command.id(), command.description()));
        table.print(invocation.out());
    }

    /** Whether the user of this session may run it. */
    private boolean isMine(Signature command) {
        Set<String> roles = Users.roles();
        return roles.isEmpty() || manual.roles(command).stream().anyMatch(roles::contains);
    }

    private static String nearest(String wanted, List<Signature> all) {
        return Texts.nearest(wanted, all.stream().map(Signature::id).toList())
                .map(name -> "; did you mean " + name + "?")
                .orElse(";");
    }
}
