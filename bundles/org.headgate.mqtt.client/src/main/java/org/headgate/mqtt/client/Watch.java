package org.headgate.mqtt.client;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.headgate.tls.CertificateClock;
import org.headgate.tls.TlsSettings;

/** {@code headgate watch}: prints what arrives at the broker of the first MQTT uplink, a line per message. */
public final class Watch {
    private Watch() {}

    /**
     * Runs until Ctrl-C; ends with status 1 and one line when it cannot begin.
     *
     * @param arguments the home folder, then optionally {@code --full} and a topic filter
     */
    public static void main(String[] arguments) {
        String filter = "";
        boolean full = false;
        for (int i = 1; i < arguments.length; i++) {
            full |= arguments[i].equals("--full");
            filter = arguments[i].startsWith("-") ? filter : arguments[i];
        }
        try {
            if (arguments.length == 0) {
                throw new IOException("usage: watch HOME [--full] [TOPIC-FILTER]");
            }
            run(Path.of(arguments[0]), filter, full ? Integer.MAX_VALUE : columns(), System.out);
        } catch (IOException | RuntimeException failure) {
            System.err.println("watch: " + failure.getMessage());
            System.exit(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Watches until the thread is interrupted; a broker that goes away is waited for. */
    static void run(Path home, String filter, int width, PrintStream out) throws IOException, InterruptedException {
        Map<String, String> uplink = WatchedFile.first(home.resolve("etc"));
        String topics = filter.isEmpty() ? topics(uplink, home) : filter;
        MqttSettings settings = settings(uplink, home);
        for (boolean again = false; ; again = true) {
            Printer printer = new Printer(out, width, new CountDownLatch(1));
            try (MqttSession session = Mqtt.connect(settings, printer)) {
                session.subscribe(List.of(topics));
                out.println("watching " + topics + " at " + settings.address() + (again ? " again" : "; Ctrl-C ends"));
                printer.over().await();
                out.println("the broker at " + settings.address() + " is gone; waiting for it");
            } catch (IOException notThere) {
                if (!again) {
                    throw notThere;
                }
            }
            // Nothing counts this down: a pause.
            new CountDownLatch(1).await(1, TimeUnit.SECONDS);
        }
    }

    private record Printer(PrintStream out, int width, CountDownLatch over) implements MqttEvents {
        @Override
        public void received(Publication message) {
            String text = new String(message.payload(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
            String line = message.topic() + " " + text;
            out.println(line.length() <= width ? line : line.substring(0, width - 1) + "…");
        }

        @Override
        public void skipped(Publication message, long bytes) {
            out.println(message.topic() + " (" + bytes + " bytes, not shown)");
        }

        @Override
        public void lost(String why) {
            over.countDown();
        }
    }

    /** The wildcard filter above all topics of the uplink. */
    private static String topics(Map<String, String> uplink, Path home) throws IOException {
        String template = uplink.getOrDefault("topic", "headgate/{gateway}/{stream}");
        Path file = home.resolve("etc/headgate.gateway.cfg");
        String id = Files.exists(file) ? WatchedFile.keys(file).getOrDefault("id", "+") : "+";
        String prefix = template.replace("{gateway}", id);
        int stream = prefix.indexOf("{stream}");
        return stream < 0 ? prefix : prefix.substring(0, prefix.lastIndexOf('/', stream) + 1) + "#";
    }

    private static MqttSettings settings(Map<String, String> uplink, Path home) throws IOException {
        Function<String, Optional<byte[]>> files = name -> file(home, name);
        String secret = uplink.getOrDefault("password", uplink.getOrDefault("token", ""));
        char[] password = new char[0];
        if (secret.startsWith("@")) {
            byte[] text = files.apply(secret).orElseThrow(() -> new IOException("no secret " + secret.substring(1)));
            password = new String(text, StandardCharsets.UTF_8).strip().toCharArray();
        }
        return new MqttSettings(
                uplink.get("address"),
                uplink.getOrDefault("version", "3.1.1"),
                "headgate-watch-" + ProcessHandle.current().pid(),
                uplink.getOrDefault("user", ""),
                password,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                10,
                Optional.empty(),
                TlsSettings.of(uplink, files),
                ProxySettings.of(uplink, files),
                CertificateClock.MACHINE);
    }

    /** As the gateway reads what a setting names: {@code @name} a secret, any other name a file in {@code HOME/files}. */
    private static Optional<byte[]> file(Path home, String name) {
        boolean secret = name.startsWith("@");
        Path folder = home.resolve(secret ? "secrets" : "files").normalize();
        Path file = folder.resolve(secret ? name.substring(1) : name).normalize();
        try {
            return file.startsWith(folder) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static int columns() {
        try {
            return Math.max(20, Integer.parseInt(String.valueOf(System.getenv("COLUMNS"))));
        } catch (NumberFormatException unknown) {
            return 100;
        }
    }
}
