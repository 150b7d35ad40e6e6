package org.headgate.commands.device;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.system.api.Scheduler;

/** The files of devices: changes them on behalf of a command, waits for what comes of it, and says it. */
final class DeviceFiles {
    /** An address may hold a {@code =}, too, but never before its first {@code :} or {@code ,}. */
    private static final Pattern SETTING = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]*=.*", Pattern.DOTALL);

    private final Configurations configurations;
    private final Devices devices;
    private final Settling settling;

    DeviceFiles(Configurations configurations, Devices devices, Scheduler scheduler) {
        this.configurations = configurations;
        this.devices = devices;
        this.settling = new Settling(devices, scheduler);
    }

    static String file(String device) {
        return FileName.of("device", device).file();
    }

    boolean exists(String device) {
        return configurations.files().contains(file(device));
    }

    /** The names of all devices that have a file, sorted. */
    List<String> names() {
        return configurations.files().stream()
                .flatMap(file -> FileName.of(file).stream())
                .filter(file -> file.kind().equals("device"))
                .map(FileName::name)
                .sorted()
                .toList();
    }

    Map<String, String> values(String device) {
        return configurations.values(file(device));
    }

    /** Says that no file is a device's of this name; returns the exit status. */
    int none(Invocation invocation, String device) {
        return invocation.fail(Found.none("device", device, names(), "device:list shows them"));
    }

    /** Whether a word is {@code key=value}. */
    static boolean isSetting(String word) {
        return SETTING.matcher(word).matches();
    }

    /** Words such as {@code poll=1s}; {@code poll=} takes the key out. */
    static Map<String, Optional<String>> settings(List<String> words) throws UsageException {
        Map<String, Optional<String>> settings = new LinkedHashMap<>();
        for (String word : words) {
            if (!isSetting(word)) {
                throw new UsageException(word + " (expected: KEY=VALUE, for example poll=1s)");
            }
            int equals = word.indexOf('=');
            String value = word.substring(equals + 1).strip();
            settings.put(word.substring(0, equals), Optional.of(value).filter(text -> !text.isEmpty()));
        }
        return settings;
    }

    /**
     * Makes a change and says where the device stands then.
     *
     * @param done what the user sees of the change: {@code boiler is configured}
     * @return the exit status
     */
    int make(Invocation invocation, Change change, String device, String done) throws InterruptedException {
        try {
            long before = settling.since(device);
            Applied applied = configurations.change(change);
            Optional<DeviceStatus> seen =
                    applied.isNothing() ? devices.device(device) : settling.await(invocation, device, before);
            if (invocation.json()) {
                Json json = Edits.json(applied).put("device", device);
                seen.ifPresent(status -> json.put("state", status.state().label())
                        .put("detail", status.state().detail())
                        .put("channels", status.channels().size()));
                invocation.out().println(json);
                return 0;
            }
            Edits.said(invocation, applied, done);
            invocation.out().println(Settling.line(device, seen));
            return 0;
        } catch (IOException refused) {
            return Edits.refused(invocation, refused);
        }
    }

    /** Deletes a device's file and waits until the device is gone. */
    int remove(Invocation invocation, String device, String done) throws InterruptedException {
        try {
            Applied applied = configurations.change(Edits.of(invocation).remove(file(device)));
            settling.awaitGone(invocation, device);
            return Edits.said(invocation, applied, done);
        } catch (IOException refused) {
            return Edits.refused(invocation, refused);
        }
    }

    Devices devices() {
        return devices;
    }
}
