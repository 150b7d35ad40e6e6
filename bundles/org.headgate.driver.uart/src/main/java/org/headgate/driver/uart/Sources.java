package org.headgate.driver.uart;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.registers.Field;

/** Reads the sources of channels as they stand in configuration. */
final class Sources {
    private static final Pattern TEXT = Pattern.compile("text(?:/([0-9]{1,4}))?");
    private static final Pattern REGEX = Pattern.compile("/(.+)/([0-9]{1,2})");
    private static final Pattern BYTES = Pattern.compile("bytes(?:/([0-9]{1,5})(?:\\+([1-9][0-9]{0,4}))?)?");
    private static final Set<String> READ_OPTIONS = Set.of("type", "match", "request", "order");
    private static final Set<String> NUMBER_OPTIONS = Set.of("type", "order");
    private static final Set<String> WRITE_OPTIONS = Set.of("type", "confirm");

    private final Channel channel;
    private final String source;
    private final Charset charset;

    private Sources(Channel channel, Charset charset) {
        this.channel = channel;
        this.source = channel.source();
        this.charset = charset;
    }

    static Source parse(Channel channel, Charset charset) throws InvalidSettingException {
        return new Sources(channel, charset).parse();
    }

    private Source parse() throws InvalidSettingException {
        boolean write = source.startsWith("write:");
        channel.requireKnown(write ? WRITE_OPTIONS : READ_OPTIONS, write ? "confirm=" : "match=, request=, order=");
        if (write != channel.access().canWrite() || write && channel.access().canRead()) {
            throw wrong(
                    source,
                    write ? "access=w, since it cannot be read" : "access=r: write:TEXT access=w is what writes");
        }
        String order = channel.options().getOrDefault("order", "big");
        if (!order.equals("big") && !order.equals("little")) {
            throw wrong("order=" + order, "order=big or order=little");
        }
        return write ? template() : read();
    }

    private Source read() throws InvalidSettingException {
        Matcher text = TEXT.matcher(source);
        if (text.matches()) {
            return new Source.Text(text.group(1) == null ? -1 : Integer.parseInt(text.group(1)), charset);
        }
        Matcher bytes = BYTES.matcher(source);
        if (bytes.matches()) {
            return bytes(bytes);
        }
        Matcher regex = REGEX.matcher(source);
        if (regex.matches()) {
            return regex(regex.group(1), Integer.parseInt(regex.group(2)));
        }
        if (source.startsWith("nmea/")) {
            return new Source.Sentence(Nmea.of(source.substring("nmea/".length()))
                    .orElseThrow(() -> wrong(source, "nmea/ and one of " + Nmea.words())));
        }
        return switch (source) {
            case "count/frames" -> new Source.Count(false);
            case "count/errors" -> new Source.Count(true);
            default -> throw wrong(source, Source.EXPECTED);
        };
    }

    private Source bytes(Matcher found) throws InvalidSettingException {
        int offset = found.group(1) == null ? 0 : Integer.parseInt(found.group(1));
        int length = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        if (channel.type() == Type.BYTES || channel.type() == Type.STRING) {
            return new Source.Bytes(offset, length, Optional.empty(), charset);
        }
        if (!channel.options().containsKey("type") || length > 0) {
            throw wrong(source, "a type such as uint8, int16, uint32 or float32 behind it");
        }
        return new Source.Bytes(offset, length, Optional.of(number()), charset);
    }

    /** The options beside the type and the order of bytes are ours. */
    private Field number() throws InvalidSettingException {
        Map<String, String> options = new HashMap<>(channel.options());
        options.keySet().retainAll(NUMBER_OPTIONS);
        return Field.of(new Channel(
                channel.name(), channel.source(), channel.type(), channel.unit(), channel.access(), options));
    }

    private Source regex(String expression, int group) throws InvalidSettingException {
        try {
            Pattern pattern = Pattern.compile(expression);
            if (group > pattern.matcher("").groupCount()) {
                throw wrong(source, "a group that the expression has");
            }
            return new Source.Regex(pattern, group, charset);
        } catch (PatternSyntaxException none) {
            throw wrong(source, "a regular expression between / and /, then the number of a group; \\s for a blank");
        }
    }

    private Source template() throws InvalidSettingException {
        String text = Escapes.unquoted(source.substring("write:".length()));
        try {
            if (text.isEmpty()) {
                throw new IllegalArgumentException(text);
            }
            Written.bytes(text, 0L, charset);
            return new Source.Write(text);
        } catch (IOException | IllegalArgumentException none) {
            throw wrong(source, "write: and " + Escapes.EXPECTED + "; {} is the value");
        }
    }

    private InvalidSettingException wrong(String value, String expected) {
        return new InvalidSettingException("channel." + channel.name(), value, expected);
    }
}
