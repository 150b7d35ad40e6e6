package org.headgate.commands.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Change;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:edit}. */
@Component(service = ConsoleCommand.class)
public final class RuleEditCommand implements ConsoleCommand {
    private final RuleEdits edits;

    @Activate
    public RuleEditCommand(@Reference RuleEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:edit", "Opens the text of a rule in an editor, and checks it when it is saved.")
                .words("NAME")
                .more(
                        "The text may stand on several lines; the file gets it on one. What is wrong is told with its line and column,"
                                + " and the editor opens again with what was written. Leaving without saving changes nothing.")
                .example("rule:edit boiler-avg", "Opens an editor.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return edits.files().complete(before);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        Optional<String> found = edits.files().only(invocation);
        if (found.isEmpty()) {
            return 1;
        }
        String name = found.get();
        if (!invocation.dialogue().isPresent()) {
            return invocation.fail(
                    "nobody is there to edit (expected: a terminal; or use rule:set " + name + " sql=SELECT ...)");
        }
        String text = edits.files().value(name, RuleEdits.SQL).orElse("") + "\n";
        while (true) {
            Optional<String> saved;
            try {
                saved = invocation.dialogue().edit(name + ".sql", text);
            } catch (IOException noEditor) {
                return invocation.fail(noEditor.getMessage());
            }
            if (saved.isEmpty()) {
                invocation.out().println("left without saving: nothing is changed");
                return 0;
            }
            text = saved.get();
            Change change = Edits.of(invocation).set(edits.files().file(name), RuleEdits.SQL, joined(text));
            List<String> problems = problems(text, change);
            if (problems.isEmpty()) {
                return edits.make(invocation, change, name, "rule " + name + " is changed");
            }
            problems.forEach(invocation::fail);
            if (!invocation.confirm("edit again?").orElse(false)) {
                return invocation.fail("nothing is changed");
            }
        }
    }

    /** First by the text as it was written, so that the place is the one that the editor shows. */
    private List<String> problems(String text, Change change) {
        if (text.isBlank()) {
            return List.of("the text is empty (expected: a rule; rule:remove removes one)");
        }
        Optional<String> wrong = edits.problem(text);
        if (wrong.isPresent()) {
            return List.of(wrong.get());
        }
        if (hidesText(text)) {
            return List.of("-- would hide what follows when the text stands on one line (expected: /* ... */)");
        }
        return edits.problems(change);
    }

    private static boolean hidesText(String text) {
        List<String> lines = text.strip().lines().toList();
        return lines.subList(0, lines.size() - 1).stream().anyMatch(line -> line.contains("--"));
    }

    private static String joined(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
