package org.headgate.driver.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.messages.MessageDecoder;
import org.headgate.messages.MessageEncoder;

/**
 * What a device's file says, understood.
 *
 * @param device the device's name
 * @param command the program and its arguments
 * @param environment all that it gets
 * @param directory where it runs
 * @param limits what it may take
 * @param silence after how much of it the program counts as hung; zero for never
 * @param rate how many lines a second are read; it waits with the others
 * @param polled whether it is run once for each poll
 * @param timeout how long one call may take
 * @param messages the channels whose values are in its lines
 * @param decoder finds them
 * @param writes makes the lines that write
 */
record Setup(
        String device,
        List<String> command,
        Map<String, String> environment,
        String directory,
        Limits limits,
        Duration silence,
        long rate,
        boolean polled,
        Duration timeout,
        List<Channel> messages,
        MessageDecoder decoder,
        Map<String, MessageEncoder> writes) {
    static final String ENVIRONMENT = "environment.";
    static final Map<String, String> DEFAULTS = defaults();
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final long MOST_RATE = 1_000_000;

    private static Map<String, String> defaults() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("command", "");
        keys.put("run", "always");
        keys.put("environment.PATH", PATH);
        keys.put("directory", "/");
        keys.put("memory", "");
        keys.put("cpu", "");
        keys.put("limits", "best-effort");
        keys.put("silence", "");
        keys.put("rate", "1000");
        keys.put("write", "");
        keys.putAll(MessageDecoder.defaults());
        return keys;
    }

    static Setup parse(DeviceSettings settings) throws InvalidSettingException {
        Map<String, String> options = new TreeMap<>(settings.options());
        settings.requireKnown(DEFAULTS.keySet().stream()
                .map(key -> key.startsWith(ENVIRONMENT) ? ENVIRONMENT + "NAME" : key)
                .toList());
        Map<String, String> environment = environment(options);
        if (!settings.address().isEmpty()) {
            throw new InvalidSettingException("address", settings.address(), "none; the program is command = ...");
        }
        List<Channel> messages = new ArrayList<>();
        Map<String, MessageEncoder> writes = new LinkedHashMap<>();
        for (Channel channel : settings.channels()) {
            boolean counted = Counts.isSource(channel.source());
            if (!counted && channel.access().canRead()) {
                messages.add(channel);
            }
            if (channel.access().canWrite()) {
                if (counted) {
                    throw new InvalidSettingException(
                            "channel." + channel.name(), channel.source(), "access=r: a count is not written");
                }
                String template = channel.options().getOrDefault("write", options.getOrDefault("write", ""));
                writes.put(channel.name(), MessageEncoder.of(channel, template));
            }
        }
        return new Setup(
                settings.device(),
                command(options.getOrDefault("command", "")),
                environment,
                directory(options.getOrDefault("directory", "/")),
                Limits.parse(options),
                silence(options.getOrDefault("silence", "")),
                rate(options.getOrDefault("rate", "1000")),
                oneOf("run", options, "always", "poll").equals("poll"),
                settings.timeout(),
                List.copyOf(messages),
                MessageDecoder.of(messages, options),
                Map.copyOf(writes));
    }

    private static Map<String, String> environment(Map<String, String> options) throws InvalidSettingException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", PATH);
        for (Map.Entry<String, String> option : options.entrySet()) {
            String key = option.getKey();
            if (key.matches("environment\\.[A-Za-z_][A-Za-z0-9_]*")) {
                environment.put(key.substring(ENVIRONMENT.length()), option.getValue());
            } else if (key.startsWith(ENVIRONMENT)) {
                throw new InvalidSettingException(key, option.getValue(), "environment.NAME, of letters, digits and _");
            }
        }
        return Map.copyOf(environment);
    }

    private static List<String> command(String text) throws InvalidSettingException {
        String expected = "a program with its whole path, then its arguments, for example /usr/local/bin/scan --json";
        try {
            List<String> words = Words.split(text);
            if (!words.isEmpty() && words.get(0).startsWith("/") && text.indexOf('\0') < 0) {
                return words;
            }
        } catch (IllegalArgumentException unclosed) {
            expected = "an end for each quote";
        }
        throw new InvalidSettingException("command", text, expected);
    }

    private static String directory(String text) throws InvalidSettingException {
        if (!text.startsWith("/")) {
            throw new InvalidSettingException("directory", text, "a folder with its whole path");
        }
        return text;
    }

    private static Duration silence(String text) throws InvalidSettingException {
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        Optional<Duration> longest = Texts.duration(text).filter(pause -> pause.toMillis() >= 100);
        return longest.orElseThrow(() -> new InvalidSettingException("silence", text, "100ms or longer"));
    }

    private static long rate(String text) throws InvalidSettingException {
        Optional<Long> rate = Texts.number(text).filter(lines -> lines > 0 && lines <= MOST_RATE);
        return rate.orElseThrow(() -> new InvalidSettingException("rate", text, "lines a second, 1 to 1000000"));
    }

    static String oneOf(String key, Map<String, String> options, String first, String second)
            throws InvalidSettingException {
        String said = options.getOrDefault(key, first);
        if (!said.equals(first) && !said.equals(second)) {
            throw new InvalidSettingException(key, said, first + " or " + second);
        }
        return said;
    }
}
