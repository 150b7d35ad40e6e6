package org.headgate.device.channels;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.headgate.config.api.Problem;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;

/**
 * {@code channel.NAME = SOURCE [TYPE] key=value ...} as it stands in a file of a device or a profile. Where the source is {@code -},
 * or the text begins with one of the gateway's own options ({@code scale=0.2}), the source is taken from the profile or the driver, as
 * is everything else that is not said.
 *
 * @param name the channel's name
 * @param source where the driver finds it; empty where that is taken from elsewhere
 * @param type the type's word, for example {@code int16}
 * @param options the {@code key=value} pairs, in their order
 */
public record ChannelText(String name, String source, Optional<String> type, Map<String, String> options) {
    /** Every option of a channel that is not the driver's, {@code type} included. */
    public static final List<String> OPTIONS =
            Stream.concat(Stream.of("type"), ChannelOptions.OWN.stream()).toList();

    private static final String EXPECTED = "SOURCE [TYPE] key=value ..., for example holding/100 int16 unit=degC";
    private static final String NO_SOURCE = "-";
    private static final String TYPE = "type";

    public ChannelText {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * Reads the text of a channel; everything that is wrong is noted in {@code settings} under {@code channel.NAME}, and then there is
     * none. What only the profile or the driver can tell is found by {@link #on}.
     */
    public static Optional<ChannelText> parse(String name, String text, Settings settings) {
        String key = "channel." + name;
        String[] words = text.strip().split("\\s+");
        if (words[0].isEmpty()) {
            settings.wrong(key, EXPECTED);
            return Optional.empty();
        }
        if (!Texts.isName(name)) {
            settings.wrong(key, "a channel's name: " + Texts.NAME_EXPECTED);
            return Optional.empty();
        }
        boolean says = !words[0].equals(NO_SOURCE) && !isOption(words[0]);
        int next = isOption(words[0]) ? 0 : 1;
        Optional<String> type = Optional.empty();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = next; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            Optional<String> wrong = Optional.empty();
            if (equals > 0) {
                String option = words[i].substring(0, equals);
                if (options.putIfAbsent(option, words[i].substring(equals + 1)) != null) {
                    wrong = Optional.of(option + " once");
                }
            } else if (i == 1 && next == 1 && TypeWord.of(words[i]).isPresent()) {
                type = Optional.of(words[i]);
            } else {
                wrong = Optional.of(
                        i == 1 ? "a type (" + TypeWord.EXPECTED + ") or key=value, not " + words[i] : EXPECTED);
            }
            if (wrong.isPresent()) {
                settings.wrong(key, wrong.get());
                return Optional.empty();
            }
        }
        // type=int16 is what int16 at its place means: the only way to say a type without a source.
        Optional<String> said = Optional.ofNullable(options.remove(TYPE));
        if (said.isPresent() && (type.isPresent() || TypeWord.of(said.get()).isEmpty())) {
            settings.wrong(key, "one type (" + TypeWord.EXPECTED + ")");
            return Optional.empty();
        }
        ChannelText channel = new ChannelText(name, says ? words[0] : "", type.or(() -> said), options);
        List<String> wrong = ChannelOptions.written(channel).wrong();
        wrong.forEach(expected -> settings.wrong(key, expected));
        return wrong.isEmpty() ? Optional.of(channel) : Optional.empty();
    }

    /** A driver's own channel, as it would be written. */
    static ChannelText of(Channel own) {
        // Sorted: what is shown to the user twice must look the same.
        Map<String, String> options = new LinkedHashMap<>(new TreeMap<>(own.options()));
        Optional<String> type = Optional.ofNullable(options.remove(TYPE));
        if (!own.unit().isEmpty()) {
            options.put("unit", own.unit());
        }
        if (own.access() != Access.READ) {
            options.put("access", own.access().label());
        }
        return new ChannelText(own.name(), own.source(), type, options);
    }

    /** This channel with what it does not say taken from another text of it: a device's over its profile's. */
    public ChannelText over(ChannelText base) {
        Map<String, String> joined = new LinkedHashMap<>(base.options);
        if ("always".equals(options.get("report"))) {
            // They would contradict it, and nothing else could take them away.
            joined.remove("deadband");
            joined.remove("every");
        }
        joined.putAll(options);
        return new ChannelText(name, source.isEmpty() ? base.source : source, type.or(base::type), joined);
    }

    /**
     * The channel, with what is not said taken from the driver's own one.
     *
     * @throws IllegalArgumentException with one line for the user when nobody says the source, or when what is said does not fit together
     */
    public ChannelDefinition on(Optional<Channel> own) {
        ChannelOptions all = ChannelOptions.joined(this, own);
        if (!all.wrong().isEmpty()) {
            throw new IllegalArgumentException(
                    new Problem("channel." + name, text(), String.join("; ", all.wrong())).toString());
        }
        return all.define();
    }

    /** The text as it is written after {@code channel.NAME =}, in its shortest form. */
    public String text() {
        StringBuilder text = new StringBuilder(source.isEmpty() ? NO_SOURCE : source);
        type.ifPresent(word -> text.append(' ').append(word));
        options.forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
        boolean begins = text.length() > 2 && isOption(text.substring(2).split(" ", 2)[0]);
        return source.isEmpty() && begins ? text.substring(2) : text.toString();
    }

    /** Sources may contain a {@code =} too ({@code ns=2;s=Power}): only a known key makes the first word an option. */
    private static boolean isOption(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && (ChannelOptions.OWN.contains(word.substring(0, equals)) || word.startsWith(TYPE + "="));
    }
}
