package org.headgate.commands.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Instances;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.Settings;
import org.headgate.console.api.Invocation;
import org.headgate.device.channels.ChannelText;
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The channels in the files of profiles and devices, and the files below {@code HOME/files} that they come from or go to. */
@Component(service = ChannelFiles.class)
public final class ChannelFiles {
    private static final String CHANNEL = "channel.";
    private static final String PROFILE_FILE = Profile.PID + "-";
    private static final String DEVICE_FILE = "headgate.device-";
    private static final String SUFFIX = ".cfg";

    private final Configurations configurations;
    private final HomeFiles home;

    /** Works on the files of a gateway. */
    @Activate
    public ChannelFiles(@Reference Configurations configurations, @Reference Gateway gateway) {
        this.configurations = configurations;
        home = new HomeFiles(gateway.home());
    }

    /** The files that commands may read and write. */
    HomeFiles home() {
        return home;
    }

    /** Completion by the names of profiles. */
    List<String> complete(List<String> before) {
        return before.isEmpty() ? names(PROFILE_FILE).toList() : List.of();
    }

    /**
     * How the channels of a file were changed.
     *
     * @param all how many there are now
     * @param added how many are new
     * @param changed how many say something else
     * @param removed how many are gone
     */
    record Difference(int all, int added, int changed, int removed) {}

    static String ofProfile(String name) {
        return PROFILE_FILE + name + SUFFIX;
    }

    static String ofDevice(String name) {
        return DEVICE_FILE + name + SUFFIX;
    }

    /** All profiles, sorted by name, those that are invalid included. */
    List<Profile> profiles() {
        return names(PROFILE_FILE).map(this::read).toList();
    }

    /** One profile. */
    Optional<Profile> profile(String name) {
        return exists(ofProfile(name)) ? Optional.of(read(name)) : Optional.empty();
    }

    /** The names of all devices. */
    List<String> devices() {
        return names(DEVICE_FILE).toList();
    }

    /** The names of the devices that use a profile. */
    List<String> devices(String profile) {
        return names(DEVICE_FILE)
                .filter(device ->
                        configurations.value(ofDevice(device), "profile").equals(Optional.of(profile)))
                .toList();
    }

    /** Fails: there is no such profile. */
    int unknown(Invocation invocation, String profile) {
        return new Instances(configurations, "profile").unknown(invocation, profile);
    }

    boolean exists(String file) {
        return configurations.files().contains(file);
    }

    /**
     * The channels that a file names itself, in its order.
     *
     * @throws IOException with one line for the user when one is wrong, or the whole file is
     */
    List<ChannelText> channels(String file) throws IOException {
        Optional<String> broken = broken(file);
        if (broken.isPresent()) {
            throw new IOException(file + " " + broken.get());
        }
        Settings settings = new Settings(texts(file));
        List<ChannelText> channels = new ArrayList<>();
        settings.prefixed(CHANNEL)
                .forEach((name, text) -> ChannelText.parse(name, text, settings).ifPresent(channels::add));
        List<Problem> problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new IOException(file + ": " + problems.get(0));
        }
        return channels;
    }

    /**
     * Makes these channels the only ones of a file, in one write; everything else in it stays, and so does the spelling of what means
     * the same.
     *
     * @throws IOException when the file cannot be written; nothing has changed then
     */
    Difference replace(Invocation invocation, String file, List<ChannelText> channels) throws IOException {
        Map<String, String> before = texts(file);
        Map<String, Optional<String>> edit = new LinkedHashMap<>();
        before.keySet().forEach(key -> edit.put(key, Optional.empty()));
        int added = 0;
        int changed = 0;
        for (ChannelText channel : channels) {
            String key = CHANNEL + channel.name();
            String old = before.get(key);
            boolean same = old != null
                    && ChannelText.parse(channel.name(), old, new Settings(Map.of()))
                            .equals(Optional.of(channel));
            edit.remove(key);
            if (!same) {
                edit.put(key, Optional.of(channel.text()));
                added += old == null ? 1 : 0;
                changed += old == null ? 0 : 1;
            }
        }
        int removed = (int) edit.values().stream().filter(Optional::isEmpty).count();
        configurations.change(Edits.of(invocation).keys(file, edit));
        return new Difference(channels.size(), added, changed, removed);
    }

    private Profile read(String name) {
        String file = ofProfile(name);
        return Profile.of(new Instance(name, file, new Settings(configurations.values(file)), broken(file)));
    }

    /** Why a file could not be read. */
    private Optional<String> broken(String file) {
        return configurations.warnings().stream()
                .filter(line -> line.startsWith(file))
                .map(line -> line.substring(file.length()).replaceFirst("^:?\\s*", ""))
                .findFirst();
    }

    private Map<String, String> texts(String file) {
        Map<String, String> texts = new LinkedHashMap<>(configurations.values(file));
        texts.keySet().removeIf(key -> !key.startsWith(CHANNEL));
        return texts;
    }

    private Stream<String> names(String prefix) {
        return configurations.files().stream()
                .filter(file -> file.startsWith(prefix) && file.endsWith(SUFFIX))
                .map(file -> file.substring(prefix.length(), file.length() - SUFFIX.length()))
                .sorted();
    }
}
