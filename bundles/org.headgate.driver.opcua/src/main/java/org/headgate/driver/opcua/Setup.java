package org.headgate.driver.opcua;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;

/**
 * What a device's file says, checked.
 *
 * @param subscribe whether the server reports by itself; else it is polled
 * @param publish how often the server sends what it has sampled
 * @param align source times are cut to this, so that values that were sampled together are one row; zero for as they are
 * @param plans by the channel's name, in the order of the channels
 */
record Setup(
        String device,
        Address address,
        Duration timeout,
        Security security,
        boolean subscribe,
        Duration publish,
        Duration align,
        Map<String, Plan> plans) {
    /** The driver's keys, and what counts without them. */
    static final Map<String, String> DEFAULTS = defaults();

    private static final Duration SHORTEST_PUBLISH = Duration.ofMillis(10);
    private static final long SHORTEST_QUEUE = 10;
    private static final long LARGEST_QUEUE = 1_000_000;

    private static Map<String, String> defaults() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("subscribe", "true");
        all.put("sampling", "1s");
        all.put("publish", "");
        all.put("queue", "");
        all.put("align", "");
        all.putAll(Security.DEFAULTS);
        return Collections.unmodifiableMap(all);
    }

    static Setup parse(DeviceSettings settings, Keyring keyring) throws InvalidSettingException {
        Map<String, String> options = settings.options();
        settings.requireKnown(DEFAULTS.keySet());
        Address address = Address.parse(settings.address());
        Duration sampling = Plan.sampling("sampling", options.getOrDefault("sampling", DEFAULTS.get("sampling")));
        long queue = options.containsKey("queue") ? Plan.queue("queue", options.get("queue")) : 0;
        Map<String, Plan> plans = new LinkedHashMap<>();
        for (Channel channel : settings.channels()) {
            plans.put(channel.name(), Plan.parse(channel, sampling, queue));
        }
        return new Setup(
                settings.device(),
                address,
                settings.timeout(),
                Security.of(settings, keyring),
                flag(options.getOrDefault("subscribe", DEFAULTS.get("subscribe"))),
                options.containsKey("publish") ? duration("publish", options.get("publish")) : fastest(plans, sampling),
                options.containsKey("align") ? duration("align", options.get("align")) : Duration.ZERO,
                plans);
    }

    /**
     * As many as come between two messages, twice, so that a late message costs no value.
     *
     * @param sentMillis how often the server really sends
     */
    long queue(Plan plan, double sentMillis) {
        if (plan.queue() > 0) {
            return plan.queue();
        }
        long sampling = Math.max(1, plan.sampling().toMillis());
        double wanted = 2 * Math.max(publish.toMillis(), sentMillis) / sampling;
        return Math.max(SHORTEST_QUEUE, (long) Math.min(LARGEST_QUEUE, wanted));
    }

    /** What is sampled often is wanted soon. */
    private static Duration fastest(Map<String, Plan> plans, Duration sampling) {
        Duration least = plans.values().stream()
                .map(Plan::sampling)
                .min(Comparator.naturalOrder())
                .orElse(sampling);
        return least.compareTo(SHORTEST_PUBLISH) < 0 ? SHORTEST_PUBLISH : least;
    }

    private static boolean flag(String text) throws InvalidSettingException {
        return Texts.flag(text)
                .orElseThrow(() -> new InvalidSettingException("subscribe", text, "true, or false to be polled"));
    }

    private static Duration duration(String key, String text) throws InvalidSettingException {
        return Texts.duration(text)
                .filter(interval -> interval.compareTo(SHORTEST_PUBLISH) >= 0)
                .orElseThrow(() -> new InvalidSettingException(key, text, "10ms or longer"));
    }
}
