package org.headgate.commands.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Invocation;

/**
 * Which devices are to be simulated, as it stands in {@code headgate.gateway.cfg}: {@code simulate = all} or a list of names, and {@code
 * simulate.recording = FILE}. The device runtime acts on it.
 */
final class SimulationWish {
    private static final String FILE = "headgate.gateway.cfg";
    private static final String DEVICES = "simulate";
    private static final String RECORDING = "simulate.recording";
    private static final String ALL = "all";

    private final Configurations configurations;

    SimulationWish(Configurations configurations) {
        this.configurations = configurations;
    }

    boolean isAll() {
        return devices().contains(ALL);
    }

    boolean isFor(String device) {
        return isAll() || devices().contains(device);
    }

    /** What is wrong with the file, in one line: then nothing can be said of what it asks for. */
    Optional<String> broken() {
        return configurations.warnings().stream()
                .filter(warning -> warning.startsWith(FILE))
                .findFirst();
    }

    List<String> devices() {
        return configurations.value(FILE, DEVICES).map(Texts::list).orElse(List.of());
    }

    Optional<String> recording() {
        return configurations.value(FILE, RECORDING);
    }

    /** Whether the driver that is to stand in is wanted on this gateway; it is on one that says nothing about drivers. */
    boolean hasDriver() {
        return configurations.value(FILE, "drivers").map(Texts::list).orElse(List.of("simulator")).stream()
                .anyMatch(driver -> driver.split("@")[0].equals("simulator"));
    }

    /**
     * Adds devices, or all.
     *
     * @param recording the file to play; empty text for none; absent to leave it as it is
     */
    void add(Invocation invocation, List<String> names, Optional<String> recording) throws IOException {
        Set<String> wanted = new LinkedHashSet<>(devices());
        wanted.addAll(names);
        boolean all = names.isEmpty() || isAll();
        edit(
                invocation,
                all ? ALL : String.join(", ", wanted),
                recording.orElse(recording().orElse("")));
    }

    /** Takes devices, or all, out again. */
    void remove(Invocation invocation, List<String> names, Collection<String> known) throws IOException {
        List<String> left = new ArrayList<>(isAll() ? known : devices());
        left.removeAll(names);
        boolean none = names.isEmpty() || left.isEmpty();
        edit(
                invocation,
                none ? "" : String.join(", ", left),
                none ? "" : recording().orElse(""));
    }

    private void edit(Invocation invocation, String devices, String recording) throws IOException {
        Map<String, Optional<String>> changes = new LinkedHashMap<>();
        note(changes, DEVICES, devices);
        note(changes, RECORDING, recording);
        if (!changes.isEmpty()) {
            configurations.change(Edits.of(invocation).keys(FILE, changes));
        }
    }

    private void note(Map<String, Optional<String>> changes, String key, String text) {
        Optional<String> value = Optional.of(text).filter(some -> !some.isEmpty());
        if (!configurations.value(FILE, key).equals(value)) {
            changes.put(key, value);
        }
    }
}
