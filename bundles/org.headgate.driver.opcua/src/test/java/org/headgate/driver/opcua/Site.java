package org.headgate.driver.opcua;

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
import org.headgate.device.api.kit.RecordedReadings;

/** Settings and channels for tests, and a read of one channel. */
final class Site {
    private final String url;
    private Duration timeout = Duration.ofSeconds(30);
    private final List<Channel> channels = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>(Map.of("security", "none"));

    Site(String url) {
        this.url = url;
        options.put("security", "none");
    }

    Site timeout(Duration longest) {
        timeout = longest;
        return this;
    }

    Site option(String key, String value) {
        options.put(key, value);
        return this;
    }

    /** A channel of the press's namespace. */
    Site channel(String node, Type type, String... more) {
        return source("nsu=urn:press;s=" + node, type, Access.READ_WRITE, more);
    }

    Site source(String source, Type type, Access access, String... more) {
        Map<String, String> own = new HashMap<>();
        for (String option : more) {
            int equals = option.indexOf('=');
            own.put(option.substring(0, equals), option.substring(equals + 1));
        }
        channels.add(new Channel("c" + channels.size(), source, type, "", access, own));
        return this;
    }

    DeviceSettings settings() {
        return new DeviceSettings("press", url, timeout, channels, options);
    }

    static RecordedReadings read(Connection connection, DeviceSettings settings) throws Exception {
        List<Channel> readable = settings.channels().stream()
                .filter(channel -> channel.access().canRead())
                .toList();
        RecordedReadings readings = new RecordedReadings();
        connection.read(readable, readings);
        return readings;
    }
}
