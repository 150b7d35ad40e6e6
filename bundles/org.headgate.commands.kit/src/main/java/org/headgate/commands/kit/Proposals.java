package org.headgate.commands.kit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Texts;
import org.headgate.device.api.Discovered;

/**
 * What was found, held against what is configured: what is there already keeps its name, what is new gets one that nobody has.
 */
public final class Proposals {
    private static final int LONGEST = 63;
    private static final String CHANNEL = "channel.";

    private final String driver;
    private final List<Proposal> all = new ArrayList<>();

    /**
     * A device that was found.
     *
     * @param name the device's name
     * @param found what the driver says of it
     * @param configured whether there is such a device already
     */
    public record Proposal(String name, Discovered found, boolean configured) {
        /** Whether it can be made a device. */
        public boolean isNew() {
            return !configured && found.obstacle().isEmpty();
        }

        /** Where it stands, in a word or a line. */
        public String state() {
            return configured ? "configured" : found.obstacle().isEmpty() ? "new" : found.obstacle();
        }

        /** Its points that can be channels. */
        public List<Discovered.Point> points() {
            return found.points().stream()
                    .filter(point -> point.obstacle().isEmpty())
                    .toList();
        }
    }

    /** What a driver has found, held against the files that there are now. */
    public Proposals(String driver, List<Discovered> found, Configurations configurations) {
        this.driver = driver;
        Map<String, String> byAddress = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        configurations.files().stream()
                .flatMap(file -> FileName.of(file).stream())
                .forEach(file -> {
                    if (file.kind().equals("device")) {
                        taken.add(file.name());
                        Map<String, String> values = configurations.values(file.file());
                        if (driver.equals(driverOf(values, configurations))) {
                            byAddress.putIfAbsent(values.getOrDefault("address", ""), file.name());
                        }
                    } else if (file.kind().equals("rule")) {
                        taken.add(file.name());
                    }
                });
        for (Discovered one : found) {
            Optional<String> configured = configured(one, found, byAddress, configurations);
            String name = configured.orElseGet(() -> free(one.name(), taken));
            taken.add(name);
            all.add(new Proposal(name, one, configured.isPresent()));
        }
    }

    /** All of them, as they were found. */
    public List<Proposal> all() {
        return all;
    }

    /** Those that can be made devices. */
    public Stream<Proposal> fresh() {
        return all.stream().filter(Proposal::isNew);
    }

    /** Adds the file of a device to a change. */
    public void add(Change change, Proposal proposal) {
        Map<String, Optional<String>> keys = new LinkedHashMap<>();
        keys.put("driver", Optional.of(driver));
        if (!proposal.found().address().isEmpty()) {
            keys.put("address", Optional.of(proposal.found().address()));
        }
        proposal.found().settings().forEach((key, value) -> keys.put(key, Optional.of(value)));
        Set<String> channels = new HashSet<>();
        for (Discovered.Point point : proposal.points()) {
            String name = free(point.name(), channels);
            channels.add(name);
            keys.put(CHANNEL + name, Optional.of(point.text()));
        }
        change.keys(file(proposal.name()), keys);
    }

    /** Two things at one address are told apart by their names: the streams of a recording. */
    private Optional<String> configured(
            Discovered one, List<Discovered> found, Map<String, String> byAddress, Configurations configurations) {
        Map<String, String> same = configurations.values(file(free(one.name(), Set.of())));
        if (driver.equals(driverOf(same, configurations))
                && same.getOrDefault("address", "").equals(one.address())) {
            return Optional.of(free(one.name(), Set.of()));
        }
        boolean alone = found.stream()
                        .filter(other -> other.address().equals(one.address()))
                        .count()
                == 1;
        return alone ? Optional.ofNullable(byAddress.get(one.address())) : Optional.empty();
    }

    private static String file(String device) {
        return FileName.of("device", device).file();
    }

    private static String driverOf(Map<String, String> values, Configurations configurations) {
        String own = values.get("driver");
        String profile = values.get("profile");
        return own != null || profile == null
                ? own
                : configurations
                        .value(FileName.of("profile", profile).file(), "driver")
                        .orElse(null);
    }

    /** A valid name that nobody has, as near to the wanted one as can be. */
    public static String free(String wanted, Set<String> taken) {
        String name =
                wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^[^a-z]+|-+$", "");
        name = name.isEmpty() ? "found" : name.substring(0, Math.min(name.length(), LONGEST - 4));
        String free = name;
        for (int i = 2; taken.contains(free) || !Texts.isName(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }
}
