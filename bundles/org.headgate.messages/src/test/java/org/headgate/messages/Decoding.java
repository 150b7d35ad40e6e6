package org.headgate.messages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.device.api.kit.RecordedReadings;

/** A decoder with channels as they are typed, and the rows that come out of it. */
final class Decoding implements Reports {
    static final long NOW = 1_700_000_000_000_000_000L;

    final List<RecordedReadings> rows = new ArrayList<>();
    /** How many instants of the last poll gave nothing. */
    int older;

    private final MessageDecoder decoder;

    private Decoding(MessageDecoder decoder) {
        this.decoder = decoder;
    }

    /** Keys as {@code key=value}, and channels as {@code SOURCE TYPE option=value ...}. */
    static Decoding of(String keys, String... channels) throws InvalidSettingException {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : keys.isEmpty() ? new String[0] : keys.split(" ")) {
            pairs.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return new Decoding(MessageDecoder.of(channels(channels), pairs));
    }

    static List<Channel> channels(String... texts) {
        List<Channel> channels = new ArrayList<>();
        for (String text : texts) {
            String[] words = text.split(" ");
            Map<String, String> options = new HashMap<>();
            for (int i = 2; i < words.length; i++) {
                options.put(
                        words[i].substring(0, words[i].indexOf('=')), words[i].substring(words[i].indexOf('=') + 1));
            }
            String unit = options.containsKey("unit") ? options.remove("unit") : "";
            channels.add(new Channel(
                    "c" + channels.size(),
                    words[0],
                    Type.valueOf(words[1].toUpperCase()),
                    unit,
                    Access.READ_WRITE,
                    options));
        }
        return channels;
    }

    Decoding decode(String message) throws MessageException {
        return decode(message.getBytes(StandardCharsets.UTF_8));
    }

    Decoding decode(byte[] message) throws MessageException {
        rows.clear();
        int count = decoder.decode(message, 0, message.length, NOW, this);
        if (count != rows.size()) {
            throw new AssertionError(count + " is not " + rows.size());
        }
        return this;
    }

    /** What a poll takes. */
    RecordedReadings last(String message) throws MessageException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        RecordedReadings readings = new RecordedReadings();
        older = decoder.decodeNewest(bytes, 0, bytes.length, NOW, readings).older();
        return readings;
    }

    /** The only value of the only row, or why it is BAD. */
    Object only(String message) throws MessageException {
        decode(message);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows");
        }
        RecordedReadings row = rows.get(0);
        return row.bad.isEmpty() ? row.values.get(0) : "BAD " + row.bad.get(0);
    }

    @Override
    public void report(Consumer<Readings> values) {
        RecordedReadings readings = new RecordedReadings();
        values.accept(readings);
        rows.add(readings);
    }

    @Override
    public void failed(IOException why) {
        throw new AssertionError(why);
    }
}
