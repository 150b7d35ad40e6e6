package org.headgate.driver.i2c;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.headgate.chips.Chip;
import org.headgate.chips.ChipChoice;
import org.headgate.config.api.Texts;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.I2cAdapter;
import org.headgate.linux.I2cAdapters;
import org.headgate.linux.I2cAnswer;

/**
 * Looks who answers on a bus, and only reads. With {@code identify=true} a chip that has an identification is asked for it where no driver of the kernel
 * holds the address: that sends the number of the register to read, which another chip at that address, as a TCA9548A at 0x76, takes for data.
 */
final class I2cSearch implements Discovery {
    /** Opens the way to a chip. */
    @FunctionalInterface
    interface Lines {
        I2cLine open(I2cAddress address) throws IOException;
    }

    private static final String IDENTIFY = "identify";

    private final I2cAdapters adapters;
    private final ChipChoice chips;
    private final Lines lines;

    I2cSearch(I2cAdapters adapters, ChipChoice chips, Lines lines) {
        this.adapters = adapters;
        this.chips = chips;
        this.lines = lines;
    }

    @Override
    public String where() {
        return "a bus such as i2c-1";
    }

    @Override
    public List<String> places() throws IOException {
        return adapters.all().stream()
                .map(I2cAdapter::number)
                .map(bus -> new I2cAddress(bus, Optional.empty()).busName())
                .toList();
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        I2cAddress where = I2cAddress.parse(place.address());
        boolean identify = identify(place);
        for (I2cAnswer answer : adapters.scan(where.bus())) {
            if (where.device().orElse(answer.address()) == answer.address()) {
                I2cAddress address = new I2cAddress(where.bus(), Optional.of(answer.address()));
                found.accept(find(address, answer, identify));
            }
        }
    }

    private static boolean identify(DeviceSettings place) throws InvalidSettingException {
        place.requireKnown(List.of(IDENTIFY), IDENTIFY + "=true, or nothing");
        String text = place.options().getOrDefault(IDENTIFY, "false");
        return Texts.flag(text).orElseThrow(() -> new InvalidSettingException(IDENTIFY, text, "true or false"));
    }

    private Discovered find(I2cAddress address, I2cAnswer answer, boolean identify) {
        List<Chip> usual = chips.at(answer.address());
        boolean held = !answer.driver().isEmpty();
        Optional<Chip> chip = held || !identify ? Optional.empty() : identified(address, usual);
        if (chip.isPresent()) {
            String name = chip.get().name();
            return new Discovered(
                    name,
                    address.toString(),
                    chip.get().description() + " (found by " + answer.method() + ", then by its identification)",
                    "",
                    Map.of("profile", name),
                    List.of());
        }
        boolean worthAsking = !held && !identify && usual.stream().anyMatch(Chip::isIdentifiable);
        String description = "found by " + answer.method()
                + (usual.isEmpty() ? "" : "; usual here: " + names(usual, ", "))
                + (worthAsking ? "; " + IDENTIFY + "=true asks it (sends one byte)" : "");
        return new Discovered(
                String.format("i2c%d-%02x", address.bus(), answer.address()),
                address.toString(),
                description,
                held ? "held by the kernel's driver " + answer.driver() : unknown(address, usual),
                Map.of(),
                List.of());
    }

    /**
     * It must not become a device by itself: reading a register sends the register's number, which switches the outputs of a chip that has none, as a PCF8574,
     * or the channels of a TCA9548A.
     */
    private static String unknown(I2cAddress address, List<Chip> usual) {
        return "what it is cannot be found out: device:add NAME i2c " + address + " profile="
                + (usual.isEmpty() ? "..." : names(usual, "|"));
    }

    private static String names(List<Chip> chips, String between) {
        return chips.stream().map(Chip::name).collect(Collectors.joining(between));
    }

    private Optional<Chip> identified(I2cAddress address, List<Chip> usual) {
        for (Chip chip : usual.stream().filter(Chip::isIdentifiable).toList()) {
            try (I2cLine line = lines.open(address)) {
                if (chip.identify(line)) {
                    return Optional.of(chip);
                }
            } catch (IOException anotherChip) {
                // What does not let itself be asked is shown as what answers.
                continue;
            }
        }
        return Optional.empty();
    }
}
