package org.headgate.messages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.codec.JsonReader;
import org.headgate.codec.JsonWriter;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/**
 * Makes the message that writes one channel: a template with {@code {}} where the value stands, or without one what the channel's source
 * would find the value in. In a template that begins with a brace or a bracket the value is written as JSON: {@code {"state":{}}} becomes
 * {@code {"state":"ON"}} or {@code {"state":21.5}}, and what stands in quotes ({@code "set {}"}) is escaped. {@code ~s} is a blank. Immutable.
 */
public final class MessageEncoder {
    private static final String VALUE = "{}";

    private final Channel channel;
    private final Map<String, String> words;
    private final String encoding;
    /** The pieces between which the value stands. */
    private final List<String> pieces;
    /** Of each place of the value, whether it stands in quotes. */
    private final List<Boolean> quoted;

    private final boolean json;

    private MessageEncoder(Channel channel, Field field, Map<String, String> words, String template) {
        this.channel = channel;
        this.words = words;
        this.encoding = field == null ? "base64" : field.encoding();
        this.json = template.startsWith("{\"") || template.startsWith("[");
        this.pieces = List.of(template.split("\\{}", -1));
        this.quoted = quoted(pieces);
    }

    /**
     * Judges a template and makes its encoder.
     *
     * @param template the message; empty for what follows from the channel's source, which must be one of a message then
     * @throws InvalidSettingException when there is no place for the value, or when what begins like JSON is none
     */
    public static MessageEncoder of(Channel channel, String template) throws InvalidSettingException {
        String key = "channel." + channel.name();
        Optional<Place> place = Place.parse(channel.source());
        Field field = place.isEmpty() ? null : Field.parse(channel);
        String text = template.replace("~s", " ");
        if (text.isEmpty()) {
            text = byItself(place.orElse(null))
                    .orElseThrow(
                            () -> new InvalidSettingException(key, channel.source(), "/a/b or text, or a template"));
        }
        if (!text.contains(VALUE)) {
            throw new InvalidSettingException(key, template, "a message with {} for the value");
        }
        MessageEncoder encoder = new MessageEncoder(channel, field, Field.words(channel), text);
        if (encoder.json) {
            try {
                JsonReader.read(encoder.text(channel.type() == Type.STRING ? "x" : (Object) 1L));
            } catch (IllegalArgumentException wrong) {
                throw new InvalidSettingException(key, template, "JSON with {} for the value; " + wrong.getMessage());
            }
        }
        return encoder;
    }

    /** The message that writes a value. */
    public byte[] encode(Object value) {
        if (value instanceof byte[] bytes && pieces.equals(List.of("", ""))) {
            return bytes.clone();
        }
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    private String text(Object value) {
        Object meant = meant(value);
        StringBuilder text = new StringBuilder(pieces.get(0));
        for (int i = 1; i < pieces.size(); i++) {
            if (!json) {
                text.append(Values.text(meant));
            } else if (quoted.get(i - 1)) {
                String escaped = new JsonWriter().value(Values.text(meant)).toString();
                text.append(escaped, 1, escaped.length() - 1);
            } else {
                text.append(new JsonWriter().value(meant));
            }
            text.append(pieces.get(i));
        }
        return text.toString();
    }

    /** The word that stands for a value; what has none stays as it is. */
    private Object meant(Object value) {
        if (value instanceof byte[] bytes) {
            return switch (encoding) {
                case "hex" -> HexFormat.of().formatHex(bytes);
                case "text" -> new String(bytes, StandardCharsets.UTF_8);
                default -> Base64.getEncoder().encodeToString(bytes);
            };
        }
        for (Map.Entry<String, String> word : words.entrySet()) {
            if (means(word.getValue(), value)) {
                return word.getKey();
            }
        }
        return value;
    }

    private boolean means(String said, Object value) {
        try {
            return switch (channel.type()) {
                case BOOLEAN -> value instanceof Boolean flag && Numbers.truth(said) == flag;
                case LONG, DOUBLE ->
                    value instanceof Number number && Numbers.parse(said).doubleValue() == number.doubleValue();
                default -> said.equals(value);
            };
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private static Optional<String> byItself(Place place) {
        if (place instanceof Place.Whole) {
            return Optional.of(VALUE);
        }
        if (!(place instanceof Place.Member member) || member.pointer().beginsWithIndex()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        List<String> tokens = member.pointer().tokens();
        tokens.forEach(
                token -> text.append('{').append(new JsonWriter().value(token)).append(':'));
        return Optional.of(text.append(VALUE).append("}".repeat(tokens.size())).toString());
    }

    private static List<Boolean> quoted(List<String> pieces) {
        List<Boolean> places = new ArrayList<>();
        boolean inside = false;
        for (String piece : pieces) {
            for (int i = 0; i < piece.length(); i++) {
                if (piece.charAt(i) == '\\') {
                    i++;
                } else if (piece.charAt(i) == '"') {
                    inside = !inside;
                }
            }
            places.add(inside);
        }
        return List.copyOf(places);
    }
}
