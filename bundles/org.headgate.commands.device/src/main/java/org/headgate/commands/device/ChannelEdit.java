package org.headgate.commands.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Problem;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.console.api.UsageException;
import org.headgate.device.channels.ChannelText;

/** The text of a channel, made and changed word by word. */
final class ChannelEdit {
    static final String KEY = "channel.";

    private static final String SOURCE = "source";
    private static final String TYPE = "type";

    private ChannelEdit() {}

    /** A channel's name, or a usage error. */
    static String name(String word) throws UsageException {
        if (!Texts.isName(word)) {
            throw new UsageException(word + " cannot be a channel's name (expected: " + Texts.NAME_EXPECTED + ")");
        }
        return word;
    }

    /**
     * Reads a channel's text as the device will.
     *
     * @throws UsageException with all that is wrong with it, on one line
     */
    static ChannelText parse(String name, String text) throws UsageException {
        Settings settings = new Settings(Map.of(KEY + name, text));
        settings.prefixed(KEY);
        Optional<ChannelText> channel = ChannelText.parse(name, text, settings);
        if (channel.isEmpty()) {
            List<Problem> problems = settings.problems();
            throw new UsageException(
                    String.join("; ", problems.stream().map(Problem::toString).toList()));
        }
        return channel.get();
    }

    /**
     * Changes options of a channel; {@code source} and {@code type} count among them, {@code unit=} takes one out.
     *
     * @return the text; empty when nothing is left of it
     */
    static Optional<String> changed(String name, Optional<String> old, List<String> words) throws UsageException {
        ChannelText before =
                old.isPresent() ? parse(name, old.get()) : new ChannelText(name, "", Optional.empty(), Map.of());
        String source = before.source();
        Optional<String> type = before.type();
        Map<String, String> options = new LinkedHashMap<>(before.options());
        List<String> wrong = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0 || word.substring(equals).matches("(?s).*\\s.*")) {
                wrong.add(word);
                continue;
            }
            String value = word.substring(equals + 1);
            switch (word.substring(0, equals)) {
                case SOURCE -> source = value;
                case TYPE -> type = Optional.of(value).filter(text -> !text.isEmpty());
                default -> {
                    options.remove(word.substring(0, equals));
                    if (!value.isEmpty()) {
                        options.put(word.substring(0, equals), value);
                    }
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new UsageException(wrong.get(0) + " (expected: OPTION=VALUE, for example unit=kW)");
        }
        if (source.isEmpty() && type.isEmpty() && options.isEmpty()) {
            return Optional.empty();
        }
        if (source.isEmpty() && type.isPresent()) {
            // Without a source a type has no place but among the options.
            options.put(TYPE, type.get());
            type = Optional.empty();
        }
        String text = new ChannelText(name, source, type, options).text();
        parse(name, text);
        return Optional.of(text);
    }
}
