package org.headgate.commands.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;

/** Who reads which stream, as the files say: rules by their text, uplinks by their patterns, switched off or not. */
public final class Readers {
    private final Configurations configurations;

    /** Looks at the files of rules and uplinks. */
    public Readers(Configurations configurations) {
        this.configurations = configurations;
    }

    /** Those of a stream, rules first, then by name: {@code rule:hot}, {@code uplink:cloud}. */
    public List<String> of(String stream) {
        return of(List.of(stream)).get(stream);
    }

    /** That a stream is read and by whom, for {@link Removal}: {@code rule:hot reads the stream boiler}; empty when nobody reads it. */
    public String use(String stream) {
        List<String> reading = of(stream);
        return reading.isEmpty()
                ? ""
                : String.join(", ", reading) + (reading.size() == 1 ? " reads" : " read") + " the stream " + stream;
    }

    /** Those of each stream; reads every rule once. */
    public Map<String, List<String>> of(List<String> streams) {
        Map<String, List<String>> readers = new TreeMap<>();
        streams.forEach(stream -> readers.put(stream, new ArrayList<>()));
        Instances rules = new Instances(configurations, "rule");
        for (String rule : rules.names()) {
            rules.value(rule, "sql")
                    .flatMap(Readers::source)
                    .map(readers::get)
                    .ifPresent(found -> found.add("rule:" + rule));
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

    /** Whether a name or pattern of an uplink means a stream, as the bus matches: {@code *} stands for any text. */
    public static boolean matches(String pattern, String stream) {
        return stream.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    /** The stream that a rule reads; what cannot be parsed reads none. */
    private static Optional<String> source(String sql) {
        try {
            return Optional.of(RuleParser.parse(sql).stream());
        } catch (RuleException wrong) {
            return Optional.empty();
        }
    }
}
