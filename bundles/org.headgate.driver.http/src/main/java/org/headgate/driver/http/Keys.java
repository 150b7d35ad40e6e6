package org.headgate.driver.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.messages.MessageDecoder;
import org.headgate.messages.MessageEncoder;
import org.headgate.tls.TlsSettings;

/** The keys of a device's file, and the options of a channel that are ours. */
final class Keys {
    /** A device that is asked may have fields of its own choosing. */
    static final String HEADER = "header.";

    private static final Set<String> WRITING = Set.of("write", "method", "body");

    private Keys() {}

    static boolean isListening(DeviceSettings settings) {
        return settings.options().containsKey("listen");
    }

    static Map<String, String> defaults(boolean listening) {
        Map<String, String> keys = new LinkedHashMap<>();
        if (listening) {
            keys.put("listen", "");
            keys.put("token", "");
            keys.put("rate", "100");
            keys.put("write.body", "");
        } else {
            keys.put("user", "");
            keys.put("password", "");
            keys.put("token", "");
            keys.put("redirects", "0");
            keys.put("write", "");
            keys.put("write.method", "PUT");
            keys.put("write.body", "");
            keys.put("write.type", "application/json");
            TlsSettings.KEYS.forEach(key -> keys.put(key, ""));
        }
        keys.putAll(MessageDecoder.defaults());
        return keys;
    }

    /** That there is no key that nobody reads. */
    static void judge(DeviceSettings settings, boolean listening) throws InvalidSettingException {
        List<String> known = new ArrayList<>(defaults(listening).keySet());
        if (!listening) {
            known.add(HEADER + "NAME");
        }
        settings.requireKnown(known);
    }

    /** The channels whose values are in messages, as the decoder knows them. */
    static List<Channel> inMessages(List<Channel> channels) {
        return channels.stream()
                .filter(channel -> channel.access().canRead() && !Counters.isCounter(channel))
                .map(Keys::plain)
                .toList();
    }

    static MessageDecoder decoder(DeviceSettings settings) throws InvalidSettingException {
        return MessageDecoder.of(inMessages(settings.channels()), settings.options());
    }

    /** How the value of a channel becomes a message: by its own template, the device's, or its source. */
    static MessageEncoder encoder(Channel channel, DeviceSettings settings) throws InvalidSettingException {
        String template =
                channel.options().getOrDefault("body", settings.options().getOrDefault("write.body", ""));
        return MessageEncoder.of(plain(channel), template.replace("{channel}", channel.name()));
    }

    private static Channel plain(Channel channel) {
        Map<String, String> options = new LinkedHashMap<>(channel.options());
        options.keySet().removeAll(WRITING);
        return new Channel(channel.name(), channel.source(), channel.type(), channel.unit(), channel.access(), options);
    }
}
