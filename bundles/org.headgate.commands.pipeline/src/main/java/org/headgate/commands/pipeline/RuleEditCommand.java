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
    private final Drafts drafts = new Drafts();

    @Activate
    public RuleEditCommand(@Reference RuleEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:edit", "Opens the text of a rule in an editor, and checks it when it is saved.")
                .words("NAME")
                .more("The text may stand on several lines; the file gets it on one. What is wrong is told with its"
                        + " line and column, and the editor opens again with what was written. Leaving without"
                        + " saving changes nothing.")
                .more("A text that was not written, because it is wrong or somebody else has changed the rule"
                        + " meanwhile, is offered the next time, until the gateway stops.")
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
        Optional<String> before = stored(name);
        String text = before.orElse("") + "\n";
        Optional<String> draft = drafts.of(invocation.user(), name);
        if (draft.isPresent()
                && invocation
                        .confirm("a text of yours for rule " + name + " was not written; go on with it?")
                        .orElse(false)) {
            text = draft.get();
        }
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
            drafts.keep(invocation.user(), name, text);
            if (!stored(name).equals(before)) {
                return overtaken(invocation, name, text);
            }
            Change change = Edits.of(invocation).set(edits.files().file(name), RuleEdits.SQL, joined(text));
            List<String> problems = problems(text, change);
            if (problems.isEmpty()) {
                return made(invocation, change, name);
            }
            problems.forEach(invocation::fail);
            if (!invocation.confirm("edit again?").orElse(false)) {
                return invocation.fail("nothing is changed; " + kept(name));
            }
        }
    }

    private int made(Invocation invocation, Change change, String name) throws InterruptedException {
        int status = edits.make(invocation, change, name, "rule " + name + " is changed");
        if (status != 0) {
            return invocation.fail(kept(name));
        }
        drafts.drop(invocation.user(), name);
        return status;
    }

    /** Whoever was quicker has not seen this text, nor the other way round: a person has to look at both. */
    private int overtaken(Invocation invocation, String name, String text) {
        if (edits.files().exists(name)) {
            invocation.fail(
                    "rule " + name + " was changed meanwhile (rule:info " + name + " shows it): nothing is written");
            return invocation.fail(kept(name));
        }
        invocation.out().println("rule:add " + name + " " + joined(text));
        return invocation.fail(
                "rule " + name + " was removed meanwhile: nothing is written; the line above adds it again");
    }

    private static String kept(String name) {
        return "your text is kept, rule:edit " + name + " offers it";
    }

    /** The text in the file; empty when there is no such rule. */
    private Optional<String> stored(String name) {
        return edits.files().exists(name)
                ? Optional.of(edits.files().value(name, RuleEdits.SQL).orElse(""))
                : Optional.empty();
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
        if (RuleText.hides(text)) {
            return List.of("-- would hide what follows when the text stands on one line (expected: /* ... */)");
        }
        return edits.problems(change);
    }

    private static String joined(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
