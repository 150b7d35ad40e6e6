package org.headgate.device.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Type;
import org.headgate.data.api.Units;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;

/**
 * Reads {@code channel.NAME = SOURCE [TYPE] key=value ...}. What is not said is taken from the driver's own channel of that
 * name or source.
 *
 * @param name the channel's name
 * @param source where the driver finds it
 * @param type the type's word, for example {@code int16}
 * @param options the {@code key=value} pairs
 */
record ChannelText(String name, String source, Optional<String> type, Map<String, String> options) {
    private static final String EXPECTED = "SOURCE [TYPE] key=value ..., for example holding/100 int16 unit=degC";
    private static final String TYPES =
            "bool, int8 to int64, uint8 to uint32, float, double, float32, float64, string or bytes";

    static Optional<ChannelText> parse(String name, String text, Settings settings) {
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
        Optional<String> type = Optional.empty();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals > 0) {
                options.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            } else if (i == 1 && type(words[i]).isPresent()) {
                type = Optional.of(words[i]);
            } else {
                settings.wrong(key, i == 1 ? "a type (" + TYPES + ") or key=value, not " + words[i] : EXPECTED);
                return Optional.empty();
            }
        }
        String access = options.getOrDefault("access", "r");
        if (!List.of("r", "w", "rw").contains(access)) {
            settings.wrong(key, "access=r, access=w or access=rw");
            return Optional.empty();
        }
        return Optional.of(new ChannelText(name, words[0], type, options));
    }

    /** The channel, with what is not said taken from the driver's own one. */
    Channel on(Optional<Channel> own) {
        Map<String, String> rest = new LinkedHashMap<>();
        own.ifPresent(channel -> rest.putAll(channel.options()));
        rest.putAll(options);
        String unit = rest.remove("unit");
        String access = rest.remove("access");
        type.ifPresent(word -> rest.put("type", word));
        return new Channel(
                name,
                source,
                type.flatMap(ChannelText::type).or(() -> own.map(Channel::type)).orElse(Type.DOUBLE),
                unit == null ? own.map(Channel::unit).orElse("") : Units.ucum(unit),
                access == null ? own.map(Channel::access).orElse(Access.READ) : access(access),
                rest);
    }

    private static Access access(String label) {
        for (Access access : Access.values()) {
            if (access.label().equals(label)) {
                return access;
            }
        }
        throw new IllegalStateException(label);
    }

    private static Optional<Type> type(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "bool" -> Type.BOOLEAN;
                    case "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "int", "long" -> Type.LONG;
                    case "float", "double", "float32", "float64" -> Type.DOUBLE;
                    case "string" -> Type.STRING;
                    case "bytes" -> Type.BYTES;
                    default -> null;
                });
    }
}
