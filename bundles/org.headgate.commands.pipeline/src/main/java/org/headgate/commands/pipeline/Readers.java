package org.headgate.commands.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.headgate.commands.kit.Instances;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.rule.api.RuleReader;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who reads a stream: rules by their text, uplinks by their file; switched on or not. */
@Component(service = Readers.class)
public final class Readers {
    private final Configurations configurations;
    private final Rules rules;
    private final RuleReader reader;

    /** Looks at rules and at the files of uplinks. */
    @Activate
    public Readers(@Reference Configurations configurations, @Reference Rules rules, @Reference RuleReader reader) {
        this.configurations = configurations;
        this.rules = rules;
        this.reader = reader;
    }

    /** Those of a stream, sorted: {@code rule:hot}, {@code uplink:cloud}. */
    List<String> of(String stream) {
        return of(List.of(stream)).get(stream);
    }

    /** Those of each stream; reads every rule once. */
    Map<String, List<String>> of(List<String> streams) {
        Map<String, List<String>> readers = new TreeMap<>();
        streams.forEach(stream -> readers.put(stream, new ArrayList<>()));
        for (RuleStatus rule : rules.list()) {
            reader.read(rule.sql()).stream().map(readers::get).ifPresent(found -> found.add("rule:" + rule.name()));
        }
        Instances uplinks = new Instances(configurations, "uplink");
        for (String uplink : uplinks.names()) {
            List<String> patterns =
                    uplinks.value(uplink, "streams").map(Texts::list).orElse(List.of());
            readers.forEach((stream, found) -> {
                if (patterns.stream().anyMatch(pattern -> matches(pattern, stream))) {
                    found.add("uplink:" + uplink);
                }
            });
        }
        return readers;
    }

    /** As the bus matches: {@code *} stands for any text. */
    private static boolean matches(String pattern, String stream) {
        return stream.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }
}
