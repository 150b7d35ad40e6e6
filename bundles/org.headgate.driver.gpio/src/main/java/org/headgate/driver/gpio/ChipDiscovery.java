package org.headgate.driver.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.GpioChip;
import org.headgate.linux.GpioLine;

/**
 * Shows the chips with their lines, from what the kernel says of them: none is requested, no level changes.
 *
 * @param chips the chips
 */
record ChipDiscovery(Chips chips) implements Discovery {
    /** Chips that switch parts of a Pi itself: its supply, its radio, its lights. */
    private static final List<String> OF_THE_BOARD = List.of("gpio-brcmstb", "raspberrypi-exp-gpio", "brcmvirt-gpio");

    @Override
    public String where() {
        return "a chip: " + Chips.EXPECTED;
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        place.requireKnown(List.of());
        List<GpioChip> all = chips.all();
        List<GpioChip> wanted = place.address().isBlank() ? all : List.of(chips.find(place.address()));
        for (GpioChip chip : wanted) {
            found.accept(describe(chip, all));
        }
    }

    private static Discovered describe(GpioChip chip, List<GpioChip> all) {
        long used = chip.lines().stream().filter(GpioLine::used).count();
        int lines = chip.lines().size();
        String description = chip.name() + ", " + lines + (lines == 1 ? " line" : " lines")
                + (used == 0 ? "" : ", " + used + " in use");
        boolean isBoards = OF_THE_BOARD.stream().anyMatch(chip.label()::startsWith);
        List<Discovered.Point> points = new ArrayList<>();
        for (GpioLine line : chip.lines()) {
            points.add(point(line, chip));
        }
        return new Discovered(
                name(chip.label(), chip.name()),
                Chips.address(chip, all),
                description,
                isBoards ? "switches parts of the board itself" : "",
                Map.of(),
                points);
    }

    private static Discovered.Point point(GpioLine line, GpioChip chip) {
        boolean unique = chip.lines().stream()
                        .filter(each -> each.name().equals(line.name()))
                        .count()
                == 1;
        // A name of digits alone would be taken for an offset, one with blanks for more than a source.
        boolean named = unique && line.name().matches("(?!\\d+$)\\S+");
        String source = named ? line.name() : Integer.toString(line.offset());
        String obstacle = line.used()
                ? "used by " + Chips.user(line)
                : line.output() ? "an output now: reading it would switch it off" : "";
        return new Discovered.Point(
                named ? name(line.name(), "line" + line.offset()) : "line" + line.offset(),
                source + " bool",
                "line " + line.offset() + ", " + (line.output() ? "output" : "input"),
                obstacle);
    }

    /** A text as a name for a device or channel. */
    private static String name(String text, String otherwise) {
        String name =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[^a-z]+|_+$", "");
        return name.isEmpty() ? otherwise : name;
    }
}
