package org.headgate.driver.mqtt;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.messages.MessageDecoder;
import org.headgate.mqtt.client.MqttKeys;

/**
 * What a device's file says, understood.
 *
 * @param device the device's name
 * @param broker the broker, and who we are there
 * @param timeout how long a call may take
 * @param channels all channels
 * @param topics where messages come, and with which of the channels; empty for a device of Sparkplug
 * @param writes how channels are written, by name; empty for a device of Sparkplug
 * @param availability where the device says whether it is there
 * @param silence after how much of it the values count as bad; zero for never
 * @param kept what is done with messages that the broker has kept
 * @param qos at which messages are subscribed
 * @param get what makes the device tell its values
 * @param longest how long a message may be
 * @param metrics whose metrics the channels are, for a device of Sparkplug
 */
record Setup(
        String device,
        BrokerKey broker,
        Duration timeout,
        List<Channel> channels,
        List<Topic> topics,
        Map<String, Write> writes,
        Optional<TopicFilter> availability,
        Duration silence,
        Kept kept,
        int qos,
        Optional<Request> get,
        int longest,
        Optional<MetricPlace> metrics) {
    /** What is done with a message that the broker has kept from before. */
    enum Kept {
        TAKE,
        UNCERTAIN,
        IGNORE
    }

    /** A message that is published. */
    record Request(String topic, byte[] payload) {}

    /**
     * A device of Sparkplug below us.
     *
     * @param group its group's id
     * @param edge its edge node's id
     * @param device its own id; empty for the edge node itself
     */
    record MetricPlace(String group, String edge, String device) {}

    /** The driver's keys, and what counts without them. */
    static final Map<String, String> DEFAULTS = defaults();

    private static Map<String, String> defaults() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String key : List.of("topic", "id", "user", "password", "availability", "silence", "write", "get")) {
            keys.put(key, "");
        }
        keys.put("get.payload", "");
        keys.put("retained", "take");
        keys.put("qos", "1");
        for (String key : List.of("group", "edge", "device")) {
            keys.put(key, "");
        }
        keys.putAll(MessageDecoder.defaults());
        MqttKeys.KEYS.forEach(key -> keys.put(key, ""));
        keys.put("version", "3.1.1");
        keys.put("keepalive", "30s");
        return Collections.unmodifiableMap(keys);
    }

    static Setup parse(DeviceSettings settings) throws InvalidSettingException {
        Map<String, String> options = settings.options();
        settings.requireKnown(DEFAULTS.keySet());
        BrokerKey broker = broker(settings);
        Names names = new Names(settings.device(), options.getOrDefault("id", ""));
        Optional<MetricPlace> metrics = metrics(options);
        ChannelPlans plans = ChannelPlans.parse(settings, names, metrics.isPresent());
        Optional<TopicFilter> availability =
                options.getOrDefault("availability", "").isEmpty()
                        ? Optional.empty()
                        : Optional.of(names.filter("availability", options.get("availability")));
        String get = options.getOrDefault("get", "");
        return new Setup(
                settings.device(),
                broker,
                settings.timeout(),
                settings.channels(),
                plans.topics(),
                plans.writes(),
                availability,
                silence(options.getOrDefault("silence", "")),
                kept(options.getOrDefault("retained", "take")),
                options.getOrDefault("qos", "1").equals("0") ? 0 : qosOne(options.getOrDefault("qos", "1")),
                get.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Request(
                                names.topic("get", get),
                                options.getOrDefault("get.payload", "")
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                MessageDecoder.of(List.of(), options).longest(),
                metrics);
    }

    /** The broker of a device or of a search. */
    static BrokerKey broker(DeviceSettings settings) throws InvalidSettingException {
        String password = settings.options().getOrDefault("password", "");
        if (!password.isEmpty() && !password.matches("@.+")) {
            throw new InvalidSettingException("password", "***", "@name of a secret; clear text is refused");
        }
        Map<String, String> keys = new HashMap<>(settings.options());
        keys.keySet().retainAll(MqttKeys.KEYS);
        try {
            MqttKeys.read(settings.address(), keys, name -> Optional.empty())
                    .checkLogIn(settings.options().getOrDefault("user", ""), !password.isEmpty());
        } catch (IllegalArgumentException wrong) {
            throw Settings.invalid(wrong);
        }
        return new BrokerKey(
                settings.address(), settings.options().getOrDefault("user", ""), password, Map.copyOf(keys));
    }

    private static Optional<MetricPlace> metrics(Map<String, String> options) throws InvalidSettingException {
        for (String key : List.of("group", "edge", "device")) {
            String id = options.getOrDefault(key, "");
            if (id.matches(".*[/+#].*")) {
                throw new InvalidSettingException(key, id, "an id of Sparkplug, without / + #");
            }
        }
        String group = options.getOrDefault("group", "");
        String edge = options.getOrDefault("edge", "");
        String device = options.getOrDefault("device", "");
        if (group.isEmpty() && edge.isEmpty() && device.isEmpty()) {
            return Optional.empty();
        }
        if (group.isEmpty() || edge.isEmpty()) {
            throw new InvalidSettingException(
                    group.isEmpty() ? "group" : "edge", "", "group = and edge = of the Sparkplug edge node");
        }
        if (options.containsKey("topic")) {
            throw new InvalidSettingException("topic", options.get("topic"), "none beside group, edge and device");
        }
        return Optional.of(new MetricPlace(group, edge, device));
    }

    private static Duration silence(String text) throws InvalidSettingException {
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        return Texts.duration(text)
                .filter(pause -> pause.toSeconds() >= 1)
                .orElseThrow(() -> new InvalidSettingException("silence", text, "1s or longer, such as 10m"));
    }

    private static Kept kept(String text) throws InvalidSettingException {
        return switch (text) {
            case "take" -> Kept.TAKE;
            case "uncertain" -> Kept.UNCERTAIN;
            case "ignore" -> Kept.IGNORE;
            default -> throw new InvalidSettingException("retained", text, "take, uncertain or ignore");
        };
    }

    private static int qosOne(String text) throws InvalidSettingException {
        if (!text.equals("1")) {
            throw new InvalidSettingException("qos", text, "0 or 1");
        }
        return 1;
    }
}
