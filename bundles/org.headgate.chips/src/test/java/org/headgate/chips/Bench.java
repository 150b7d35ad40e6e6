package org.headgate.chips;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.chips.kit.SimulatedChip;
import org.headgate.chips.kit.SimulatedWire;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;

/** One chip on the bench: opened with its defaults and a few settings, read by the names of its channels. */
final class Bench {
    final SimulatedWire wire;
    final Chip chip;
    final Chip.Session session;

    Bench(Chip chip, SimulatedChip simulated, String... settings) throws InvalidSettingException, IOException {
        this.chip = chip;
        this.wire = new SimulatedWire(simulated);
        this.session = chip.open(wire, settings(chip, settings));
    }

    static Map<String, String> settings(Chip chip, String... settings) {
        Map<String, String> all = new HashMap<>(chip.defaults());
        all.putAll(KnownChip.settings(settings));
        return all;
    }

    static Channel channel(Chip chip, String name) {
        return chip.channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    RecordedReadings read(String... names) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        session.read(List.of(names).stream().map(name -> channel(chip, name)).toList(), readings);
        return readings;
    }

    double number(String name) throws IOException {
        return read(name).number(0);
    }

    void write(String name, Object value) throws IOException {
        session.write(channel(chip, name), value);
    }
}
