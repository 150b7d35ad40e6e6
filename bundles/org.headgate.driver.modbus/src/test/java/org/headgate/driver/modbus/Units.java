package org.headgate.driver.modbus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.PeerProcess;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.host.Machine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.Clock;
import org.headgate.system.api.kit.Threads;

/** Devices for tests: servers that are not ours, and what reaches them. */
final class Units {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int TRIES = 3;

    private Units() {}

    static PeerProcess python(Path folder, Object... arguments) throws IOException {
        return PeerProcess.python(
                        "pymodbus", Path.of("src/test/peers/units.py"), folder.resolve("units.log"), arguments)
                .start();
    }

    static PeerProcess node(Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        return PeerProcess.node(Path.of("src/test/peers/units.js"), folder.resolve("units-js.log"), port)
                .start();
    }

    static InetSocketAddress address(PeerProcess server) {
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(server.ready()));
    }

    static ModbusDriver driver(Path folder, Clock clock) {
        return new ModbusDriver(
                new Lines(new Wires(SerialPorts.of(new Machine(folder, folder)), new Threads(), clock), clock), clock);
    }

    /** Channels as a file would have them: {@code power: holding/100 float32 order=CDAB access=rw}. */
    static DeviceSettings device(String address, String... channels) {
        return new DeviceSettings(
                "meter",
                address,
                TIMEOUT,
                Arrays.stream(channels).map(Units::channel).toList(),
                Map.of());
    }

    static DeviceSettings with(DeviceSettings settings, String... keysAndValues) {
        Map<String, String> options = new HashMap<>(settings.options());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new DeviceSettings(
                settings.device(), settings.address(), settings.timeout(), settings.channels(), options);
    }

    static DeviceSettings within(DeviceSettings settings, Duration timeout) {
        return new DeviceSettings(
                settings.device(), settings.address(), timeout, settings.channels(), settings.options());
    }

    static Channel channel(String text) {
        String name = text.substring(0, text.indexOf(':'));
        String[] words = text.substring(name.length() + 1).strip().split(" ");
        Map<String, String> options = new HashMap<>();
        Access access = Access.READ;
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                options.put("type", words[i]);
            } else if (words[i].startsWith("access=")) {
                access = words[i].endsWith("=w") ? Access.WRITE : Access.READ_WRITE;
            } else {
                options.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
        }
        return new Channel(name, words[0], type(options.getOrDefault("type", "")), "", access, options);
    }

    private static Type type(String word) {
        return switch (word) {
            case "bool" -> Type.BOOLEAN;
            case "string" -> Type.STRING;
            case "bytes" -> Type.BYTES;
            case "", "float", "float32", "double", "float64" -> Type.DOUBLE;
            default -> Type.LONG;
        };
    }

    /**
     * A case in which an answer is late by less than the time that a line waits for it: a machine that stands still meanwhile does not do so three times. What has
     * come later than that is thrown away before the next request.
     */
    static void again(Case late) throws Exception {
        for (int i = 1; ; i++) {
            try {
                late.run();
                return;
            } catch (Exception | AssertionError failed) {
                if (i == TRIES) {
                    throw failed;
                }
                LockSupport.parkNanos(2 * RtuFraming.SETTLED_NANOS);
            }
        }
    }

    interface Case {
        void run() throws Exception;
    }

    static RecordedReadings read(Driver driver, DeviceSettings settings) throws Exception {
        try (Connection connection = driver.open(settings)) {
            return read(connection, settings.channels());
        }
    }

    static RecordedReadings read(Connection connection, List<Channel> channels) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(channels, readings);
        return readings;
    }
}
