package org.headgate.commands.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Texts;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;

/** Who reads a stream, by what the files say. */
final class Readers {
    private final Configurations configurations;

    Readers(Configurations configurations) {
        this.configurations = configurations;
    }

    /** Rules, then uplinks, sorted by name: {@code rule boiler-avg}. */
    List<String> of(String stream) {
        List<String> rules = new ArrayList<>();
        List<String> uplinks = new ArrayList<>();
        for (String file : configurations.files()) {
            Map<String, String> values = configurations.values(file);
            FileName.of(file).ifPresent(name -> {
                if (name.kind().equals("rule") && reads(values.getOrDefault("sql", ""), stream)) {
                    rules.add("rule " + name.name());
                } else if (name.kind().equals("uplink") && takes(values.getOrDefault("streams", ""), stream)) {
                    uplinks.add("uplink " + name.name());
                }
            });
        }
        rules.addAll(uplinks);
        return rules;
    }

    private static boolean reads(String sql, String stream) {
        try {
            return RuleParser.parse(sql).stream().equals(stream);
        } catch (RuleException wrong) {
            return false;
        }
    }

    /** In a pattern {@code *} stands for any text. */
    private static boolean takes(String streams, String stream) {
        return Texts.list(streams).stream()
                .anyMatch(pattern -> stream.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q")));
    }
}
