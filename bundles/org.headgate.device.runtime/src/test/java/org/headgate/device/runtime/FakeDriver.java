package org.headgate.device.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/** A driver whose devices do what the test says, and which remembers what was done to them. */
final class FakeDriver implements Driver {
    /** What was called, in order: {@code open}, {@code read}, {@code write pump=true}, {@code close}. */
    final List<String> log = new ArrayList<>();
    /** The raw value of each source; a device keeps what is written. */
    final Map<String, Object> values = new HashMap<>(Map.of("temperature", 21.5, "pump", false, "level", 7L));

    /** When a source was measured, by its own word. */
    final Map<String, Long> times = new HashMap<>();

    List<Channel> own = List.of(
            Channel.readable("temperature", "temperature", Type.DOUBLE, "Cel"),
            new Channel("pump", "pump", Type.BOOLEAN, "", Access.READ_WRITE, Map.of()),
            new Channel("level", "level", Type.LONG, "%", Access.READ_WRITE, Map.of("min", "0", "max", "100")));
    int open;
    Step onOpen = device -> {};
    Step onRead = device -> {};
    Step onWrite = device -> {};
    Consumer<String> onClose = device -> {};
    Consumer<Reports> onSubscribe = reports -> {};
    String badChannel = "";
    String bus = "";
    /** When the device has measured what it answers, where it says so. */
    OptionalLong measured = OptionalLong.empty();
    /** The names of the channels that a device reports by itself. */
    List<String> reports = List.of();
    /** Where the last device that was opened reports. */
    Optional<Reports> reporter = Optional.empty();

    /** What it brings with it. */
    Map<String, Map<String, String>> profiles = Map.of();
    /** The settings with which it was opened last. */
    Optional<DeviceSettings> opened = Optional.empty();
    /** How it looks for devices. */
    Optional<Discovery> discovery = Optional.empty();
    /** The sources that it knows; all where it is empty. */
    List<String> sources = List.of();
    /** The keys and the options of channels that it knows; all where it is empty. */
    Optional<List<String>> known = Optional.empty();
    /** What it does before it judges. */
    Runnable judges = () -> {};

    private final String name;

    FakeDriver() {
        this("fake");
    }

    FakeDriver(String name) {
        this.name = name;
    }

    /** What a call to a device does before it succeeds. */
    interface Step {
        void run(String device) throws IOException, InvalidSettingException;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Channel> channels(DeviceSettings settings) {
        return own;
    }

    @Override
    public Map<String, Map<String, String>> profiles() {
        return profiles;
    }

    @Override
    public String bus(DeviceSettings settings) {
        return bus;
    }

    @Override
    public void check(DeviceSettings settings) throws InvalidSettingException {
        judges.run();
        requireKnown(settings);
        for (Channel channel : settings.channels()) {
            if (!sources.isEmpty() && !sources.contains(channel.source())) {
                throw new InvalidSettingException("channel." + channel.name(), channel.source(), "one of " + sources);
            }
        }
    }

    private void requireKnown(DeviceSettings settings) throws InvalidSettingException {
        if (known.isPresent()) {
            settings.requireKnown(known.get());
            for (Channel channel : settings.channels()) {
                channel.requireKnown(known.get(), "one of " + known.get());
            }
        }
    }

    @Override
    public Map<String, String> defaults(DeviceSettings settings) {
        return Map.of("unit", "1");
    }

    @Override
    public Optional<Discovery> discovery() {
        return discovery;
    }

    @Override
    public Connection open(DeviceSettings settings) throws InvalidSettingException, IOException {
        opened = Optional.of(settings);
        log.add("open");
        requireKnown(settings);
        onOpen.run(settings.device());
        open++;
        return new FakeConnection(settings.device());
    }

    private final class FakeConnection implements Connection {
        private final String device;

        private FakeConnection(String device) {
            this.device = device;
        }

        @Override
        public void read(List<Channel> channels, Readings into) throws IOException {
            log.add("read");
            run(onRead);
            measured.ifPresent(into::time);
            for (int i = 0; i < channels.size(); i++) {
                Object value = values.get(channels.get(i).source());
                if (value != null) {
                    into.set(i, value);
                }
                Long measured = times.get(channels.get(i).source());
                if (measured != null) {
                    into.time(i, measured);
                }
                if (channels.get(i).name().equals(badChannel)) {
                    into.bad(i, "the wire is broken");
                }
            }
        }

        @Override
        public void write(Channel channel, Object value) throws IOException {
            log.add("write " + channel.name() + "=" + value);
            run(onWrite);
            values.put(channel.source(), value);
        }

        @Override
        public List<Channel> subscribe(List<Channel> channels, Reports into) {
            reporter = Optional.of(into);
            onSubscribe.accept(into);
            return channels.stream()
                    .filter(channel -> reports.contains(channel.name()))
                    .toList();
        }

        @Override
        public void close() {
            log.add("close");
            open--;
            onClose.accept(device);
        }

        private void run(Step step) throws IOException {
            try {
                step.run(device);
            } catch (InvalidSettingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
