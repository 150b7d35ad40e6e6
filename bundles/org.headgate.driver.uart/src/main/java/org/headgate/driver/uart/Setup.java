package org.headgate.driver.uart;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.serial.PortSettings;

/**
 * What a device's file says, understood.
 *
 * @param port the port
 * @param framing how its bytes become frames
 * @param charset how bytes become text
 * @param separator what is between fields
 * @param silence after how much of it the line counts as dead; zero for never
 * @param timeout how long an answer may take
 * @param plans the channels by name
 */
record Setup(
        PortSettings port,
        Framing framing,
        Charset charset,
        String separator,
        Duration silence,
        Duration timeout,
        Map<String, Plan> plans) {
    /**
     * A channel, understood.
     *
     * @param source where its value is
     * @param match what a frame for it begins with; empty for any
     * @param request what is sent to get it; empty when it comes by itself
     */
    record Plan(Channel channel, Source source, String match, byte[] request) {
        boolean isIn(Frame frame) {
            return frame.text().startsWith(match) && source.isIn(frame);
        }

        /** Whether it comes by itself. */
        boolean isUnsolicited() {
            return request.length == 0 && !(source instanceof Source.Count) && !(source instanceof Source.Write);
        }
    }

    static final Map<String, String> DEFAULTS = defaults();

    private static Map<String, String> defaults() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("frame", "line");
        keys.put("start", "");
        keys.put("delimiter", "");
        keys.put("length", "");
        keys.put("gap", "");
        keys.put("max", "1024");
        keys.put("checksum", "none");
        keys.put("charset", "utf-8");
        keys.put("separator", ",");
        keys.put("request", "");
        keys.put("silence", "");
        return keys;
    }

    static Setup parse(DeviceSettings settings) throws InvalidSettingException {
        Map<String, String> options = settings.options();
        settings.requireKnown(DEFAULTS.keySet());
        Charset charset = charset(options.getOrDefault("charset", "utf-8"));
        byte[] request = bytes("request", options.getOrDefault("request", ""), charset);
        Map<String, Plan> plans = new LinkedHashMap<>();
        for (Channel channel : settings.channels()) {
            plans.put(channel.name(), plan(channel, charset, request));
        }
        return new Setup(
                PortSettings.parse(settings.address()),
                Framing.parse(checked(options, plans)),
                charset,
                new String(bytes("separator", options.getOrDefault("separator", ","), charset), charset),
                silence(options.get("silence")),
                settings.timeout(),
                plans);
    }

    /** Sentences are believed only with their checksum. */
    private static Map<String, String> checked(Map<String, String> options, Map<String, Plan> plans)
            throws InvalidSettingException {
        if (plans.values().stream().noneMatch(plan -> plan.source() instanceof Source.Sentence)) {
            return options;
        }
        Map<String, String> checked = new LinkedHashMap<>(options);
        String said = checked.putIfAbsent("checksum", "nmea");
        if (said != null && !said.equals("nmea")) {
            throw new InvalidSettingException("checksum", said, "nmea, for channels with nmea/...");
        }
        return checked;
    }

    private static Plan plan(Channel channel, Charset charset, byte[] request) throws InvalidSettingException {
        String key = "channel." + channel.name();
        String own = channel.options().getOrDefault("request", "");
        String match = channel.options().getOrDefault("match", "");
        return new Plan(
                channel,
                Sources.parse(channel, charset),
                new String(bytes(key, match, charset), charset),
                own.isEmpty() ? request : bytes(key, own, charset));
    }

    private static byte[] bytes(String key, String text, Charset charset) throws InvalidSettingException {
        try {
            return text.isEmpty() ? new byte[0] : Escapes.bytes(text, charset);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(key, text, Escapes.EXPECTED);
        }
    }

    private static Charset charset(String name) throws InvalidSettingException {
        return switch (name) {
            case "utf-8" -> StandardCharsets.UTF_8;
            case "latin-1" -> StandardCharsets.ISO_8859_1;
            case "ascii" -> StandardCharsets.US_ASCII;
            default -> throw new InvalidSettingException("charset", name, "utf-8, latin-1 or ascii");
        };
    }

    private static Duration silence(String text) throws InvalidSettingException {
        if (text == null) {
            return Duration.ZERO;
        }
        Optional<Duration> longest = Texts.duration(text).filter(pause -> pause.toSeconds() >= 2);
        return longest.orElseThrow(() -> new InvalidSettingException("silence", text, "2s or longer"));
    }
}
