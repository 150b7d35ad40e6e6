package org.headgate.driver.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.messages.MessageDecoder;
import org.headgate.messages.MessageEncoder;

/** Sorts a device's channels: by the topics where they are heard, and by how they are written. */
record ChannelPlans(List<Topic> topics, Map<String, Write> writes) {
    private static final Set<String> OWN = Set.of("topic", "write", "payload", "retain");

    static ChannelPlans parse(DeviceSettings settings, Names names, boolean sparkplug) throws InvalidSettingException {
        String topic = settings.options().getOrDefault("topic", "");
        Map<TopicFilter, List<Channel>> heard = new LinkedHashMap<>();
        Map<String, Write> writes = new HashMap<>();
        for (Channel channel : settings.channels()) {
            Source source = source(channel, sparkplug);
            if (sparkplug) {
                continue;
            }
            if (channel.access().canWrite()) {
                writes.put(channel.name(), write(channel, settings, names));
            }
            if (channel.access().canRead()) {
                String own = channel.options().getOrDefault("topic", topic);
                if (own.isEmpty()) {
                    throw new InvalidSettingException("topic", "", TopicFilter.EXPECTED);
                }
                String key = channel.options().containsKey("topic") ? "channel." + channel.name() : "topic";
                heard.computeIfAbsent(names.filter(key, own), any -> new ArrayList<>())
                        .add(channel);
            }
        }
        if (!topic.isEmpty()) {
            names.filter("topic", topic);
        }
        List<Topic> topics = new ArrayList<>();
        for (Map.Entry<TopicFilter, List<Channel>> one : heard.entrySet()) {
            topics.add(topic(one.getKey(), one.getValue(), settings));
        }
        distinct(heard.keySet());
        return new ChannelPlans(List.copyOf(topics), Map.copyOf(writes));
    }

    private static Source source(Channel channel, boolean sparkplug) throws InvalidSettingException {
        String key = "channel." + channel.name();
        Source source = Source.parse(channel.source())
                .orElseThrow(() -> new InvalidSettingException(key, channel.source(), Source.EXPECTED));
        if (sparkplug && !(source instanceof Source.Metric)) {
            throw new InvalidSettingException(key, channel.source(), "sparkplug/METRIC, for a device with edge =");
        }
        if (!sparkplug && source instanceof Source.Metric) {
            throw new InvalidSettingException(key, channel.source(), "group = and edge = beside it");
        }
        Set<String> known = new TreeSet<>(sparkplug ? Set.of() : OWN);
        if (source instanceof Source.InMessage) {
            known.addAll(MessageDecoder.options());
        }
        channel.requireKnown(known, known.isEmpty() ? "no such option" : "one of " + String.join(", ", known));
        return source;
    }

    private static Topic topic(TopicFilter filter, List<Channel> channels, DeviceSettings settings)
            throws InvalidSettingException {
        List<Channel> inMessage = new ArrayList<>();
        List<Topic.Other> others = new ArrayList<>();
        for (Channel channel : channels) {
            Source source = Source.parse(channel.source()).orElseThrow();
            if (source instanceof Source.InMessage) {
                inMessage.add(plain(channel));
            } else {
                others.add(new Topic.Other(settings.channels().indexOf(channel), channel, source));
            }
        }
        Optional<MessageDecoder> decoder = inMessage.isEmpty()
                ? Optional.empty()
                : Optional.of(MessageDecoder.of(inMessage, keys(inMessage, settings.options()))
                        .numberedAs(settings.channels()));
        return new Topic(filter, decoder, List.copyOf(others));
    }

    /** Of the keys that say what is in JSON, those that some topic's channels have no use for are for others. */
    private static Map<String, String> keys(List<Channel> channels, Map<String, String> options) {
        Map<String, String> keys = new HashMap<>(options);
        if (channels.stream().noneMatch(channel -> channel.source().matches("(/|csv/).*"))) {
            keys.keySet().removeAll(Set.of("time", "time.unit"));
        }
        if (channels.stream().noneMatch(channel -> channel.source().startsWith("/"))) {
            keys.remove("rows");
        }
        if (channels.stream().noneMatch(channel -> channel.source().startsWith("csv/"))) {
            keys.remove("separator");
        }
        return keys;
    }

    /** A broker may send a message for each filter that it matches: two of one device must not share some. */
    private static void distinct(Set<TopicFilter> filters) throws InvalidSettingException {
        Set<TopicFilter> before = new HashSet<>();
        for (TopicFilter filter : filters) {
            for (TopicFilter other : before) {
                if (filter.overlaps(other) && !filter.covers(other) && !other.covers(filter)) {
                    throw new InvalidSettingException(
                            "topic", filter.text(), "no topic that shares a part with " + other.text());
                }
            }
            before.add(filter);
        }
    }

    private static Write write(Channel channel, DeviceSettings settings, Names names) throws InvalidSettingException {
        String key = "channel." + channel.name();
        boolean own = channel.options().containsKey("write");
        String topic = own ? channel.options().get("write") : settings.options().getOrDefault("write", "");
        if (topic.isEmpty()) {
            throw new InvalidSettingException(
                    key, "", "write=TOPIC, or write = TOPIC for all, since it can be written");
        }
        String retain = channel.options().getOrDefault("retain", "false");
        if (!retain.matches("true|false")) {
            throw new InvalidSettingException(key, "retain=" + retain, "retain=true or retain=false");
        }
        return new Write(
                names.topic(own ? key : "write", topic),
                MessageEncoder.of(plain(channel), channel.options().getOrDefault("payload", "")),
                retain.equals("true"));
    }

    /** What the library for messages may see. */
    private static Channel plain(Channel channel) {
        Map<String, String> options = new HashMap<>(channel.options());
        options.keySet().removeAll(OWN);
        return new Channel(channel.name(), channel.source(), channel.type(), channel.unit(), channel.access(), options);
    }
}
