package org.headgate.commands.pipeline;

import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.commands.kit.Assignments;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.rule.api.RuleTrials;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:test}. */
@Component(service = ConsoleCommand.class)
public final class RuleTestCommand implements ConsoleCommand {
    private static final String INPUT = "input";
    /** Behind the text, whatever is in it. */
    private static final Pattern BEHIND = Pattern.compile("\\s+(?:input|rows)=[^\\s'\"`]+\\s*$");

    private final RuleTrials trials;
    private final HomeFiles files;

    @Activate
    public RuleTestCommand(@Reference RuleTrials trials, @Reference Gateway gateway) {
        this(trials, new HomeFiles(gateway.home()));
    }

    RuleTestCommand(RuleTrials trials, HomeFiles files) {
        this.trials = trials;
        this.files = files;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:test", "Shows what a rule's text puts out for a recording in HOME/files.")
                .words("SQL... input=FILE [rows=10]")
                .json()
                .more(
                        "A line of the recording is a row, as stream:watch --json prints it:"
                                + " {\"stream\":\"boiler\",\"time\":1541152486013,\"data\":{\"temperature\":71.2}}. Nothing goes anywhere.")
                .example(
                        "rule:test SELECT temperature FROM boiler WHERE temperature > 80 input=boiler.jsonl",
                        "Shows what of a recording would pass.");
    }

    @Override
    public int verbatimFrom() {
        return 0;
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String rest = String.join(" ", invocation.words());
        StringBuilder assignments = new StringBuilder();
        for (Matcher last = BEHIND.matcher(rest); last.find(); last = BEHIND.matcher(rest)) {
            assignments.insert(0, last.group().strip() + " ");
            rest = rest.substring(0, last.start());
        }
        String text = assignments.toString().strip();
        Map<String, Optional<String>> words = Assignments.of(text.isEmpty() ? List.of() : List.of(text.split("\\s+")));
        String sql = RuleText.unquoted(rest);
        if (sql.isEmpty()) {
            throw new UsageException("missing SQL, such as SELECT temperature FROM boiler WHERE temperature > 80");
        }
        Optional<String> input = words.getOrDefault(INPUT, Optional.empty());
        if (input.isEmpty()) {
            throw new UsageException("missing input= (expected: a recording in HOME/files, behind the SQL)");
        }
        int lines = TrialText.lines(words);
        try {
            int status = TrialText.print(
                    invocation, trials.test(sql, () -> Channels.newInputStream(files.open(input.get())), lines));
            interrupted();
            return status;
        } catch (IOException | IllegalArgumentException failure) {
            return invocation.fail(String.valueOf(failure.getMessage()));
        }
    }

    /** Refuses keys that the command does not have. */
    static void known(Map<String, Optional<String>> words, List<String> keys) throws UsageException {
        for (String key : words.keySet()) {
            if (!keys.contains(key)) {
                throw new UsageException(key + "= (expected: one of " + String.join(", ", keys) + ")");
            }
        }
    }

    /** What was shown is not all of it. */
    static void interrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
