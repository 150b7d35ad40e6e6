package org.headgate.chips;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/** A kind of chip as its data sheet describes it: what is known of it before any is asked, and how one is opened. */
final class KnownChip implements Chip {
    /** Makes a chip ready. */
    @FunctionalInterface
    interface Opening {
        Session open(Wire wire, Setup setup) throws InvalidSettingException, IOException;
    }

    /** Asks what a chip is. */
    @FunctionalInterface
    interface Identification {
        boolean identify(Wire wire) throws IOException;
    }

    private static final Identification NONE = wire -> false;

    private final String name;
    private final String description;
    private final Bus bus;
    private final List<Integer> addresses;
    private final List<Channel> channels;
    private final Map<String, String> defaults;
    private final Identification identification;
    private final Opening opening;

    private KnownChip(
            String name,
            String description,
            Bus bus,
            List<Integer> addresses,
            List<Channel> channels,
            Map<String, String> defaults,
            Identification identification,
            Opening opening) {
        this.name = name;
        this.description = description;
        this.bus = bus;
        this.addresses = List.copyOf(addresses);
        this.channels = List.copyOf(channels);
        this.defaults = defaults;
        this.identification = identification;
        this.opening = opening;
    }

    /** A chip that has no identification. */
    static Chip onI2c(
            String name,
            String description,
            List<Integer> addresses,
            List<Channel> channels,
            Map<String, String> defaults,
            Opening opening) {
        return onI2c(name, description, addresses, channels, defaults, NONE, opening);
    }

    static Chip onI2c(
            String name,
            String description,
            List<Integer> addresses,
            List<Channel> channels,
            Map<String, String> defaults,
            Identification identification,
            Opening opening) {
        return new KnownChip(name, description, Bus.I2C, addresses, channels, defaults, identification, opening);
    }

    static Chip onSpi(
            String name, String description, List<Channel> channels, Map<String, String> defaults, Opening opening) {
        return new KnownChip(name, description, Bus.SPI, List.of(), channels, defaults, NONE, opening);
    }

    /** A channel whose source has its name. */
    static Channel channel(String name, Type type, String unit, Access access) {
        return new Channel(name, name, type, unit, access, Map.of());
    }

    static Channel reading(String name, Type type, String unit) {
        return channel(name, type, unit, Access.READ);
    }

    /** Names with numbers behind them, from 0 on. */
    static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** All addresses from one to another, but with the usual one first. */
    static List<Integer> addresses(int usual, int from, int to) {
        List<Integer> all = new ArrayList<>(List.of(usual));
        IntStream.rangeClosed(from, to).filter(a -> a != usual).forEach(all::add);
        return all;
    }

    /** Keys and values in turn, in the order in which they are shown. */
    static Map<String, String> settings(String... keysAndValues) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(settings);
    }

    /** Words and what they stand for, in turn, in the order in which they are shown: the n-th stands for n. */
    static Map<String, Integer> choices(String... words) {
        Map<String, Integer> choices = new LinkedHashMap<>();
        for (String word : words) {
            choices.put(word, choices.size());
        }
        return Collections.unmodifiableMap(choices);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<Bus> buses() {
        return List.of(bus);
    }

    @Override
    public List<Integer> addresses() {
        return addresses;
    }

    @Override
    public List<Channel> channels() {
        return channels;
    }

    @Override
    public Map<String, String> defaults() {
        return defaults;
    }

    @Override
    public boolean isIdentifiable() {
        return identification != NONE;
    }

    @Override
    public boolean identify(Wire wire) throws IOException {
        return identification.identify(wire);
    }

    @Override
    public Session open(Wire wire, Map<String, String> settings) throws InvalidSettingException, IOException {
        return opening.open(wire, new Setup(defaults, settings));
    }

    @Override
    public String toString() {
        return name;
    }
}
