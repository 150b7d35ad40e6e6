package org.headgate.chips;

import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.registers.Register;
import org.headgate.registers.RegisterAccess;
import org.headgate.registers.RegisterConnection;
import org.headgate.registers.RegisterMap;

/**
 * What a device on a bus is: a chip that its key {@code chip} names, else the registers that its channels describe. For drivers of buses.
 *
 * @param chips the chips of the bus
 * @param raw what registers can be on it
 */
public record ChipOrRegisters(ChipChoice chips, Raw raw) {
    private static final String AUTO_INCREMENT = "auto-increment";

    /**
     * Registers without a chip that is known.
     *
     * @param keys the keys of a device beside {@code auto-increment}, with what counts where it does not say so
     * @param allowed the registers that the bus can reach
     * @param expected what a channel's source looks like, for messages
     * @param most how many bytes may be read together
     * @param answers whether one that is not there can be told: then it is, by reading the first of them when the device is opened
     */
    public record Raw(
            Map<String, String> keys, Predicate<Register> allowed, String expected, int most, boolean answers) {
        public Raw {
            keys = Collections.unmodifiableMap(new TreeMap<>(keys));
        }
    }

    /**
     * Opens the way to a chip.
     *
     * @param <T> a way that speaks as chips and as registers want it
     */
    @FunctionalInterface
    public interface Way<T extends Wire & RegisterAccess> {
        /**
         * Opens it.
         *
         * @throws IOException when the bus is not there or may not be used
         */
        T open() throws IOException;
    }

    /**
     * Judges keys and channels.
     *
     * @throws InvalidSettingException when one is wrong
     */
    public void check(DeviceSettings settings) throws InvalidSettingException {
        Optional<Chip> chip = chip(settings);
        if (chip.isPresent()) {
            ChipChoice.checkSources(chip.get(), settings.channels());
        } else {
            registers(settings);
        }
    }

    /** The keys that a device may have, with what counts where it does not say so. */
    public Map<String, String> defaults(DeviceSettings settings) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put(ChipChoice.KEY, "");
        Optional<Chip> chip = chips.chips().stream()
                .filter(one -> one.name().equals(settings.options().get(ChipChoice.KEY)))
                .findFirst();
        chip.ifPresentOrElse(known -> defaults.putAll(known.defaults()), () -> {
            defaults.putAll(raw.keys());
            defaults.put(AUTO_INCREMENT, "false");
        });
        return defaults;
    }

    /**
     * Opens a device.
     *
     * @throws InvalidSettingException when a key or a channel is wrong; the way is not opened then
     * @throws IOException when the device does not answer
     */
    public <T extends Wire & RegisterAccess> Connection open(DeviceSettings settings, Way<T> way)
            throws InvalidSettingException, IOException {
        Optional<Chip> chip = chip(settings);
        if (chip.isPresent()) {
            ChipChoice.checkSources(chip.get(), settings.channels());
            T opened = way.open();
            return ChipConnection.open(
                    chip.get(), ChipChoice.settings(chip.get(), settings), opened, () -> opened.close());
        }
        RegisterMap map = registers(settings);
        RegisterConnection connection = new RegisterConnection(map, way.open());
        boolean answers = false;
        try {
            if (raw.answers()) {
                connection.probe(settings.channels());
            }
            answers = true;
            return connection;
        } finally {
            if (!answers) {
                connection.close();
            }
        }
    }

    private Optional<Chip> chip(DeviceSettings settings) throws InvalidSettingException {
        Optional<Chip> chip = chips.of(settings);
        Set<String> keys = new HashSet<>();
        if (chip.isEmpty()) {
            keys.addAll(raw.keys().keySet());
            keys.add(AUTO_INCREMENT);
        }
        ChipChoice.checkKeys(chip, settings, keys);
        return chip;
    }

    private RegisterMap registers(DeviceSettings settings) throws InvalidSettingException {
        String text = settings.options().getOrDefault(AUTO_INCREMENT, "false");
        boolean neighbours =
                Texts.flag(text).orElseThrow(() -> new InvalidSettingException(AUTO_INCREMENT, text, "true or false"));
        return new RegisterMap(settings.channels(), raw.allowed(), raw.expected(), neighbours, raw.most());
    }
}
