package org.headgate.chips;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;

/**
 * The key {@code chip = NAME} of a device on a bus: which chip it names, and what may stand beside it. For drivers that give chips a {@link Wire}.
 *
 * @param chips the chips of the bus
 */
public record ChipChoice(List<Chip> chips) {
    /** The key. */
    public static final String KEY = "chip";

    public ChipChoice {
        chips = List.copyOf(chips);
    }

    /** All known chips that can be on a bus. */
    public static ChipChoice on(Chip.Bus bus) {
        return new ChipChoice(
                Chips.all().stream().filter(chip -> chip.buses().contains(bus)).toList());
    }

    /** The chips that may have an I2C address. */
    public List<Chip> at(int address) {
        return chips.stream().filter(chip -> chip.addresses().contains(address)).toList();
    }

    /** A profile for each chip, for {@link org.headgate.device.api.Driver#profiles}. */
    public Map<String, Map<String, String>> profiles() {
        Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
        chips.forEach(chip -> profiles.put(chip.name(), Map.of(KEY, chip.name())));
        return profiles;
    }

    /**
     * The chip that a device names; empty where it names none.
     *
     * @throws InvalidSettingException when there is no such chip on the bus
     */
    public Optional<Chip> of(DeviceSettings settings) throws InvalidSettingException {
        String name = settings.options().get(KEY);
        if (name == null) {
            return Optional.empty();
        }
        Optional<Chip> chip =
                chips.stream().filter(one -> one.name().equals(name)).findFirst();
        if (chip.isEmpty()) {
            String names = chips.stream().map(Chip::name).collect(Collectors.joining(", "));
            throw new InvalidSettingException(
                    KEY, name, names.isEmpty() ? "no chip: none is known" : "one of " + names);
        }
        return chip;
    }

    /** What counts for a chip's own keys: what the device says, else the chip's default. */
    public static Map<String, String> settings(Chip chip, DeviceSettings device) {
        Map<String, String> all = new LinkedHashMap<>(chip.defaults());
        all.replaceAll((key, standard) -> device.options().getOrDefault(key, standard));
        return all;
    }

    /**
     * Judges a device's keys: the driver's, and the chip's where it names one.
     *
     * @param drivers the keys of the driver that the device may have
     * @throws InvalidSettingException when there is another one
     */
    public static void checkKeys(Optional<Chip> chip, DeviceSettings device, Set<String> drivers)
            throws InvalidSettingException {
        Set<String> known = new TreeSet<>(drivers);
        known.add(KEY);
        chip.ifPresent(one -> known.addAll(one.defaults().keySet()));
        device.requireKnown(known);
    }

    /**
     * Judges a device's channels: the chip must know their sources, and has no options of its own for them but those that its channels have.
     *
     * @throws InvalidSettingException when it does not
     */
    public static void checkSources(Chip chip, List<Channel> channels) throws InvalidSettingException {
        Map<String, Set<String>> known = new LinkedHashMap<>();
        for (Channel channel : chip.channels()) {
            known.computeIfAbsent(channel.source(), any -> new TreeSet<>())
                    .addAll(channel.options().keySet());
        }
        for (Channel channel : channels) {
            String key = "channel." + channel.name();
            if (!known.containsKey(channel.source())) {
                throw new InvalidSettingException(key, channel.source(), "one of " + String.join(", ", known.keySet()));
            }
            channel.requireKnown(known.get(channel.source()), "no such option of a chip's value");
        }
    }
}
