package org.headgate.driver.mqtt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.mqtt.client.kit.Mosquitto;

/** A real mosquitto, its own client as the other side, and devices as files name them. */
final class Site implements Closeable {
    final Mosquitto broker;

    Site(Path folder, String... lines) throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed: sudo apt-get install mosquitto");
        broker = new Mosquitto(folder, lines).start();
    }

    /** Waits for something that happens by itself. */
    static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", broker.port());
    }

    /** Publishes by mosquitto's own client; options such as {@code -r} may follow. */
    void publish(String topic, String message, String... options) throws IOException, InterruptedException {
        Process client = client(
                "mosquitto_pub",
                Arrays.asList("-q", "1", "-t", topic, message.isEmpty() ? "-n" : "-m", message).stream()
                        .filter(word -> !word.isEmpty())
                        .toList(),
                options);
        if (!client.waitFor(20, TimeUnit.SECONDS) || client.exitValue() != 0) {
            client.destroyForcibly();
            throw new IOException(
                    "mosquitto_pub: " + new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Process client(String program, List<String> words, String... options) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("/usr/bin/" + program, "-p", "" + broker.port()));
        command.addAll(words);
        command.addAll(List.of(options));
        assumeTrue(Path.of("/usr/bin", program).toFile().canExecute(), "sudo apt-get install mosquitto-clients");
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** A device as its file says: lines of {@code key = value}. */
    DeviceSettings device(String name, String... lines) {
        return device(broker.port(), Duration.ofSeconds(8), name, lines);
    }

    static DeviceSettings device(int port, Duration timeout, String name, String... lines) {
        Map<String, String> options = new LinkedHashMap<>();
        List<Channel> channels = new java.util.ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            String key = parts[0].strip();
            if (key.startsWith("channel.")) {
                channels.add(channel(key.substring(8), parts[1].strip()));
            } else {
                options.put(key, parts[1].strip());
            }
        }
        String address = Optional.ofNullable(options.remove("address")).orElse("mqtt://127.0.0.1:" + port);
        options.remove("driver");
        return new DeviceSettings(name, address, timeout, channels, options);
    }

    /** A channel as the runtime hands it to a driver. */
    static Channel channel(String name, String text) {
        String[] words = text.split("\\s+");
        Map<String, String> options = new LinkedHashMap<>();
        Type type = Type.DOUBLE;
        Access access = Access.READ;
        String unit = "";
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                type = switch (words[i]) {
                    case "bool" -> Type.BOOLEAN;
                    case "string" -> Type.STRING;
                    case "long" -> Type.LONG;
                    case "bytes" -> Type.BYTES;
                    default -> Type.DOUBLE;
                };
            } else {
                String value = words[i].substring(equals + 1);
                switch (words[i].substring(0, equals)) {
                    case "unit" -> unit = value;
                    case "access" -> access = value.equals("rw") ? Access.READ_WRITE : Access.WRITE;
                    default -> options.put(words[i].substring(0, equals), value);
                }
            }
        }
        return new Channel(name, words[0], type, unit, access, options);
    }

    @Override
    public void close() throws IOException {
        try {
            broker.close();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
