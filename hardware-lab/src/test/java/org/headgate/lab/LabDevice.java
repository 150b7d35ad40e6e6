package org.headgate.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.RecordedReadings;

/** Devices as their files would say it, in few words. */
final class LabDevice {
    private LabDevice() {}

    static DeviceSettings settings(String address, Map<String, String> options, Channel... channels) {
        return new DeviceSettings("lab", address, Duration.ofSeconds(2), List.of(channels), options);
    }

    /** {@code 0x02 uint16 bits=15..3}: a channel that can be read and written. */
    static Channel number(String text) {
        String[] words = text.split(" ");
        Map<String, String> options = new HashMap<>(Map.of("type", words[1]));
        for (int i = 2; i < words.length; i++) {
            options.put(words[i].substring(0, words[i].indexOf('=')), words[i].substring(words[i].indexOf('=') + 1));
        }
        return new Channel(text, words[0], Type.LONG, "", Access.READ_WRITE, options);
    }

    /** The same, to be read alone. */
    static Channel reading(String text) {
        Channel both = number(text);
        return new Channel(both.name(), both.source(), both.type(), "", Access.READ, both.options());
    }

    static Map<Integer, Object> read(Connection connection, Channel... channels) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(List.of(channels), readings);
        return readings.values;
    }

    static List<Discovered> found(Driver driver, String place) throws Exception {
        List<Discovered> found = new ArrayList<>();
        driver.discovery().orElseThrow().search(settings(place, Map.of()), found::add);
        return found;
    }
}
