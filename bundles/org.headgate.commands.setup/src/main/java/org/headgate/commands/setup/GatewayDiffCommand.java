package org.headgate.commands.setup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Revisions;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:diff}. */
@Component(service = ConsoleCommand.class)
public final class GatewayDiffCommand implements ConsoleCommand {
    private static final int WIDTH = 100;

    private final SetUps setUps;

    @Activate
    public GatewayDiffCommand(@Reference Configurations configurations, @Reference Revisions revisions) {
        setUps = new SetUps(configurations, revisions);
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:diff", "Shows what is different between two revisions, or one and now.")
                .words("[A] [B]")
                .json()
                .more(
                        "Without words: the last revision against the one before. With one: that revision against the files"
                                + " as they are. A and B are numbers of gateway:revisions, or now.")
                .more(
                        "Unified, with two lines around each change; long lines are cut. A password in clear text is shown"
                                + " as ***.")
                .example("gateway:diff 1", "Shows what has changed since the first revision.")
                .example("gateway:diff 1 now --json", "The same for a program.");
    }

    @Override
    public List<String> complete(List<String> before) {
        List<String> words = new ArrayList<>();
        if (before.size() < 2) {
            setUps.numbers().forEach(number -> words.add(String.valueOf(number)));
            words.add(SetUps.NOW);
        }
        return words;
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        invocation.atMost(2);
        List<String> words = new ArrayList<>(invocation.words());
        List<Long> numbers = setUps.numbers();
        if (words.isEmpty() && numbers.size() < 2) {
            return invocation.fail("there is no change yet (expected: two revisions at least)");
        }
        if (words.isEmpty()) {
            words.add(String.valueOf(numbers.get(1)));
            words.add(String.valueOf(numbers.get(0)));
        } else if (words.size() == 1) {
            words.add(SetUps.NOW);
        }
        try {
            print(invocation, words.get(0), words.get(1));
            return 0;
        } catch (IOException unreadable) {
            return invocation.fail(unreadable.getMessage());
        }
    }

    private void print(Invocation invocation, String from, String to) throws IOException, UsageException {
        Map<String, String> before = setUps.files(from);
        Map<String, String> after = setUps.files(to);
        Map<String, List<String>> different = new LinkedHashMap<>();
        for (String change : SetUps.changes(before, after)) {
            String file = change.substring(2);
            different.put(file, SetUps.diff(before.getOrDefault(file, ""), after.getOrDefault(file, "")));
        }
        if (invocation.json()) {
            invocation.out().println(new Json().put("from", from).put("to", to).put("files", different));
            return;
        }
        different.forEach((file, lines) -> {
            invocation.out().println("--- " + (before.containsKey(file) ? file + " (" + from + ")" : "nothing"));
            invocation.out().println("+++ " + (after.containsKey(file) ? file + " (" + to + ")" : "nothing"));
            lines.forEach(line -> invocation.out().println(cut(line)));
        });
        if (different.isEmpty()) {
            invocation.out().println("nothing is different between " + from + " and " + to);
        }
    }

    private static String cut(String line) {
        String plain = line.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= WIDTH ? plain : plain.substring(0, WIDTH - 1) + "\u2026";
    }
}
