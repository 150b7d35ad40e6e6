package org.headgate.rule.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Problem;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.config.text.SettingsText;
import org.headgate.rule.engine.RuleOptions;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;

/** Reads rules: a file as it lies in {@code HOME/etc}, or a text alone. What a rule does with its results is no matter here. */
public final class RuleFile {
    /** The name of a rule that is a text alone. */
    public static final String SQL = "sql";

    private static final List<String> OTHER_KEYS = List.of("enabled", "actions", "state", "max-state");

    private RuleFile() {}

    /**
     * The rule in a file.
     *
     * @param file the file's name: {@code headgate.rule-NAME.cfg}, or another that ends in {@code .cfg}
     * @throws ReplayException when it is no rule, with what is wrong
     */
    public static ReplayRule read(String file, byte[] content) throws ReplayException {
        SettingsText text = SettingsText.parse(content);
        if (text.broken().isPresent()) {
            throw new ReplayException(file + ": " + text.broken().get());
        }
        String name = name(file);
        if (!Texts.isName(name)) {
            throw new ReplayException(file + ": " + new Problem("name", name, Texts.NAME_EXPECTED));
        }
        return of(name, text.values());
    }

    /** The rule of a name with these settings. */
    public static ReplayRule of(String name, Map<String, String> values) throws ReplayException {
        Settings settings = new Settings(new LinkedHashMap<>(values));
        String sql = settings.required("sql", "a rule such as SELECT * FROM boiler WHERE temperature > 90");
        RuleOptions options = RuleOptions.of(settings);
        OTHER_KEYS.forEach(settings::text);
        List<Problem> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new ReplayException(name + ": " + problems.get(0));
        }
        return parse(name, sql, options);
    }

    /** The rule of a text. */
    public static ReplayRule parse(String name, String sql, RuleOptions options) throws ReplayException {
        try {
            return new ReplayRule(name, RuleParser.parse(sql), options);
        } catch (RuleException wrong) {
            throw new ReplayException(name + ": " + wrong.getMessage());
        }
    }

    private static String name(String file) {
        Optional<FileName> known = FileName.of(file).filter(name -> name.kind().equals("rule"));
        return known.map(FileName::name)
                .orElseGet(() -> file.endsWith(".cfg") ? file.substring(0, file.length() - ".cfg".length()) : file);
    }
}
