package org.headgate.commands.pipeline;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code rule:set}. */
@Component(service = ConsoleCommand.class)
public final class RuleSetCommand implements ConsoleCommand {
    private static final List<String> KEYS = List.of(
            "enabled=true",
            "enabled=false",
            "actions=device:",
            "actions=log",
            "event-time=true",
            "late=",
            "state=checkpoint 10s",
            "state=none",
            "max-groups=",
            "max-rows=",
            "max-state=",
            "sql=");
    private static final Pattern SQL = Pattern.compile("(^|\\s)sql=");

    private final RuleEdits edits;

    @Activate
    public RuleSetCommand(@Reference RuleEdits edits) {
        this.edits = edits;
    }

    @Override
    public Signature signature() {
        return Signature.of("rule:set", "Changes keys of a rule.")
                .words("NAME key=value...")
                .json()
                .more(
                        "sql=... comes last: it takes the rest of the line, quotes and all. A key without a value is taken out.")
                .example(
                        "rule:set boiler-moves sql=SELECT temperature FROM boiler WHERE deadband(temperature, 5)",
                        "Lets bigger moves through only.")
                .more(
                        "actions=device:NAME/CHANNEL writes the column of the channel's name (or the only one) of each row to a device; log"
                                + " writes it into the log; several with commas.")
                .example("rule:set boiler-moves actions=log", "Writes each of its rows into the log, too.")
                .example("rule:set boiler-avg state=checkpoint 10s", "Keeps what it remembers over a crash.")
                .example("rule:set boiler-avg enabled=false", "Switches the rule off, as rule:disable does.");
    }

    @Override
    public int verbatimFrom() {
        return 1;
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? edits.files().names() : Assignments.complete(before, KEYS);
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "NAME");
        invocation.word(1, "key=value");
        Map<String, Optional<String>> values = values(RuleText.of(invocation.words(), 1));
        if (!edits.files().exists(name)) {
            return edits.files().unknown(invocation, name);
        }
        Optional<String> problem = Optional.ofNullable(values.get(RuleEdits.SQL))
                .flatMap(text -> text)
                .flatMap(edits::problem);
        if (problem.isPresent()) {
            return invocation.fail(problem.get());
        }
        return edits.make(
                invocation,
                Edits.of(invocation).keys(edits.files().file(name), values),
                name,
                "rule " + name + " is changed");
    }

    /** A value may have blanks, as {@code state=checkpoint 10s}: it ends where the next key begins. Quotes around it are not its own. */
    private static List<String> assignments(String text) {
        return Arrays.stream(text.split("\\s+(?=[a-z][a-z-]*=)"))
                .map(each -> each.replaceFirst("^([a-z-]+=)(['\"])(.*)\\2$", "$1$3"))
                .toList();
    }

    private static Map<String, Optional<String>> values(String rest) throws UsageException {
        Matcher sql = SQL.matcher(rest);
        boolean found = sql.find();
        String others = (found ? rest.substring(0, sql.start()) : rest).strip();
        Map<String, Optional<String>> values =
                new LinkedHashMap<>(Assignments.of(others.isEmpty() ? List.of() : assignments(others)));
        if (found) {
            values.put(
                    RuleEdits.SQL,
                    Optional.of(RuleText.unquoted(rest.substring(sql.end()))).filter(text -> !text.isEmpty()));
        }
        return values;
    }
}
