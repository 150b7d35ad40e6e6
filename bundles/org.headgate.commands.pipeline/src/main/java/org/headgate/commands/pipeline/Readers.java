package org.headgate.commands.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
        Stream<String> ofRules = rules.list().stream()
                .filter(rule -> reader.read(rule.sql()).stream().equals(Optional.of(stream)))
                .map(RuleStatus::name)
                .map(name -> "rule:" + name);
        Instances uplinks = new Instances(configurations, "uplink");
        Stream<String> ofUplinks = uplinks.names().stream()
                .filter(name -> uplinks.value(name, "streams").map(Texts::list).orElse(List.of()).stream()
                        .anyMatch(pattern -> matches(pattern, stream)))
                .map(name -> "uplink:" + name);
        return Stream.concat(ofRules, ofUplinks).sorted().toList();
    }

    /** As the bus matches: {@code *} stands for any text. */
    private static boolean matches(String pattern, String stream) {
        return stream.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }
}
