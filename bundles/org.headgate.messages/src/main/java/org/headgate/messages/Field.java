package org.headgate.messages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/**
 * A channel, understood.
 *
 * @param place where its value is
 * @param required whether a message without it is wrong
 * @param words what the message's words mean; empty when they are taken as they are
 * @param encoding how bytes are written as text
 * @param sum whether SenML's sum is meant instead of its value
 */
record Field(Channel channel, Place place, boolean required, Map<String, String> words, String encoding, boolean sum) {
    static final Set<String> OPTIONS = Set.of("required", "map", "encoding", "field");

    static Field parse(Channel channel) throws InvalidSettingException {
        String key = "channel." + channel.name();
        Optional<Place> place = Place.parse(channel.source());
        if (place.isEmpty()) {
            throw new InvalidSettingException(key, channel.source(), Place.EXPECTED);
        }
        return new Field(
                channel,
                place.get(),
                option(channel, "required", "false", List.of("true", "false")).equals("true"),
                words(channel),
                option(channel, "encoding", "base64", List.of("base64", "hex", "text")),
                option(channel, "field", "value", List.of("value", "sum")).equals("sum"));
    }

    private static String option(Channel channel, String name, String none, List<String> known)
            throws InvalidSettingException {
        String said = channel.options().getOrDefault(name, none);
        if (!known.contains(said)) {
            throw new InvalidSettingException(
                    "channel." + channel.name(), name + "=" + said, name + "=" + String.join(" or ", known));
        }
        return said;
    }

    static Map<String, String> words(Channel channel) throws InvalidSettingException {
        Map<String, String> words = new LinkedHashMap<>();
        String said = channel.options().getOrDefault("map", "");
        for (String pair : said.isEmpty() ? new String[0] : said.split(",", -1)) {
            int colon = pair.lastIndexOf(':');
            if (colon < 1 || colon == pair.length() - 1) {
                throw new InvalidSettingException(
                        "channel." + channel.name(), "map=" + said, "WORD:VALUE,..., for example map=OPEN:1,CLOSED:0");
            }
            words.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
        return words;
    }
}
