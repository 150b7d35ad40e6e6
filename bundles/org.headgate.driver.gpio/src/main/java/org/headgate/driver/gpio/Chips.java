package org.headgate.driver.gpio;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.GpioChip;
import org.headgate.linux.GpioChips;
import org.headgate.linux.GpioLine;

/**
 * Finds chips by what stays the same, their labels, and lines by their names or offsets: the number in {@code gpiochip0} is another one
 * after a kernel's update, so it counts only for a user who writes it.
 *
 * @param kernel what there is
 */
record Chips(GpioChips kernel) {
    static final String AUTO = "auto";
    static final String EXPECTED = "auto, a chip's label such as pinctrl-rp1, or gpiochip0";

    /** What a Pi's header is wired to: the Pi 5, the Pi 4, all before. */
    private static final List<String> HEADERS = List.of("pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835");

    private static final String HEADER = "pinctrl-";
    private static final String NAME = "gpiochip\\d+";

    /**
     * The chip of an address.
     *
     * @throws InvalidSettingException when several may be meant
     * @throws IOException when it is not there, now
     */
    GpioChip find(String address) throws InvalidSettingException, IOException {
        List<GpioChip> all = all();
        if (address.equals(AUTO)) {
            return header(all);
        }
        if (address.matches(NAME)) {
            String name = kernel.kernelName(address);
            return only(all, address, chip -> chip.name().equals(name));
        }
        return only(all, address, chip -> chip.label().equals(address));
    }

    /** All chips, each once, however many names there are for it: on a Pi 5 {@code gpiochip4} is a link to {@code gpiochip0}. */
    List<GpioChip> all() throws IOException {
        Set<String> seen = new HashSet<>();
        return kernel.all().stream().filter(chip -> seen.add(chip.name())).toList();
    }

    /** A text that finds the chip again: its label, or its name where several have that label. */
    static String address(GpioChip chip, List<GpioChip> all) {
        boolean unique =
                all.stream().filter(each -> each.label().equals(chip.label())).count() == 1;
        return unique && !chip.label().isBlank() ? chip.label() : chip.name();
    }

    private static GpioChip header(List<GpioChip> all) throws InvalidSettingException, IOException {
        for (String label : HEADERS) {
            if (all.stream().anyMatch(chip -> chip.label().equals(label))) {
                return only(all, label, chip -> chip.label().equals(label));
            }
        }
        if (all.stream().anyMatch(chip -> chip.label().startsWith(HEADER))) {
            return only(all, AUTO, chip -> chip.label().startsWith(HEADER));
        }
        return only(all, AUTO, chip -> true);
    }

    private static GpioChip only(List<GpioChip> all, String address, Predicate<GpioChip> wanted)
            throws InvalidSettingException, IOException {
        List<GpioChip> found = all.stream().filter(wanted).toList();
        if (found.isEmpty()) {
            throw new IOException(
                    address.equals(AUTO)
                            ? "this machine has no GPIO chip"
                            : "no GPIO chip " + address + "; there are: " + names(all));
        }
        if (found.size() > 1) {
            throw new InvalidSettingException("address", address, "one of " + names(found));
        }
        return found.get(0);
    }

    private static String names(List<GpioChip> chips) {
        return chips.isEmpty()
                ? "none"
                : chips.stream()
                        .map(chip -> chip.name() + (chip.label().isBlank() ? "" : " (" + chip.label() + ")"))
                        .collect(Collectors.joining(", "));
    }

    /**
     * The line of a channel.
     *
     * @throws InvalidSettingException when the chip has none like that, or several
     */
    static GpioLine line(GpioChip chip, Channel channel) throws InvalidSettingException {
        String source = channel.source();
        boolean isOffset = source.matches("\\d{1,5}");
        List<GpioLine> found = chip.lines().stream()
                .filter(line -> isOffset
                        ? line.offset() == Integer.parseInt(source)
                        : line.name().equals(source))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String expected = found.isEmpty()
                ? "a line of " + chip.label() + ": its name, or its offset from 0 to "
                        + (chip.lines().size() - 1) + "; device:discover gpio shows them"
                : "an offset, since this is the name of the lines "
                        + found.stream()
                                .map(line -> Integer.toString(line.offset()))
                                .collect(Collectors.joining(" and "));
        throw new InvalidSettingException("channel." + channel.name(), source, expected);
    }

    /** How a line is called in messages: {@code GPIO4 (gpiochip0 line 4)}. */
    static String called(GpioChip chip, GpioLine line) {
        String place = chip.name() + " line " + line.offset();
        return line.name().isBlank() ? place : line.name() + " (" + place + ")";
    }

    /** Who uses a line, as a message says it. */
    static String user(GpioLine line) {
        return line.consumer().isBlank() ? "somebody without a name" : line.consumer();
    }

    /** {@code GPIO4 is used by w1-gpio (gpiochip0 line 4)}. */
    static String busy(GpioChip chip, GpioLine line) {
        String place = chip.name() + " line " + line.offset();
        return line.name().isBlank()
                ? place + " is used by " + user(line)
                : line.name() + " is used by " + user(line) + " (" + place + ")";
    }
}
