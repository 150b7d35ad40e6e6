package org.headgate.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.eclipse.paho.client.mqttv3.persist.MqttDefaultFilePersistence;
import org.headgate.uplink.runtime.UplinkLoad;

/**
 * Rows over MQTT at QoS 1, from the bus through the outbox on disk to mosquitto and its acknowledgement, in batches and with a row a message,
 * beside a bare Paho client that keeps its messages in memory or in files, and mosquitto_pub. They take turns, three times; the median
 * counts. CPU time is that of the process, whose rows come from the same loop. With {@code --quick} each runs for a moment.
 */
final class UplinkBench {
    private static final int ROUNDS = 3;
    private static final double NANOS = 1e9;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private record Figure(double rate, double cpuNanos) {}

    /** Sends so many rows and returns when all are acknowledged. */
    private interface Load {
        void send(int rows) throws Exception;
    }

    private record Contestant(String name, int rows, Load load) {}

    private UplinkBench() {}

    static Report run(Path distribution, String[] options) throws Exception {
        boolean quick = Arrays.asList(options).contains("--quick");
        Path folder = Files.createTempDirectory("bench-uplink");
        Map<String, Figure> figures;
        try (Broker broker = new Broker(Files.createDirectory(folder.resolve("broker")))) {
            await(broker.port);
            figures = measure(folder, broker.port, quick ? 100 : 1);
        } finally {
            delete(folder);
        }
        Report report = new Report("uplink", "as built");
        ratio(report, figures, "batches", "Paho in memory");
        ratio(report, figures, "batches", "Paho with files");
        ratio(report, figures, "a row a message", "Paho in memory");
        ratio(report, figures, "a row a message", "Paho with files");
        figures.forEach((name, figure) -> report.add(name + ", acknowledged", figure.rate, "rows/s"));
        figures.remove("mosquitto_pub");
        figures.forEach((name, figure) -> report.add(name + ", CPU a row", figure.cpuNanos / 1e3, "us"));
        return report;
    }

    private static Map<String, Figure> measure(Path folder, int port, int divisor) throws Exception {
        String mqtt = "mqtt://127.0.0.1:" + port;
        String tcp = "tcp://127.0.0.1:" + port;
        Path files = Files.createDirectory(folder.resolve("paho"));
        try (UplinkLoad batches = new UplinkLoad(var(folder, "batches"), mqtt, "bench/{stream}");
                UplinkLoad single = new UplinkLoad(var(folder, "single"), mqtt, "bench/{device}")) {
            List<Contestant> contestants = List.of(
                    new Contestant("batches", 400_000, batches::send),
                    new Contestant("a row a message", 60_000, single::send),
                    new Contestant("Paho in memory", 60_000, rows -> paho(tcp, new MemoryPersistence(), rows)),
                    new Contestant(
                            "Paho with files",
                            6_000,
                            rows -> paho(tcp, new MqttDefaultFilePersistence(files.toString()), rows)),
                    new Contestant("mosquitto_pub", 60_000, rows -> mosquittoPub(folder, port, rows)));
            Map<String, List<Figure>> all = new LinkedHashMap<>();
            for (int round = 0; round <= ROUNDS; round++) {
                for (Contestant one : contestants) {
                    Bench.progress((round == 0 ? "warming up: " : "round " + round + ": ") + one.name());
                    Figure figure = measure(one, Math.max(100, one.rows() / divisor));
                    if (round > 0) {
                        all.computeIfAbsent(one.name(), missing -> new ArrayList<>())
                                .add(figure);
                    }
                }
            }
            Map<String, Figure> medians = new LinkedHashMap<>();
            all.forEach((name, rounds) -> {
                rounds.sort(Comparator.comparingDouble(Figure::rate));
                medians.put(name, rounds.get(rounds.size() / 2));
            });
            return medians;
        }
    }

    private static Figure measure(Contestant one, int rows) throws Exception {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        one.load().send(rows);
        double seconds = (System.nanoTime() - start) / NANOS;
        return new Figure(rows / seconds, (double) (SYSTEM.getProcessCpuTime() - cpu) / rows);
    }

    private static void paho(String address, MqttClientPersistence persistence, int rows) throws Exception {
        try (PahoLoad load = new PahoLoad(address, persistence)) {
            load.send(rows);
        }
    }

    /** Its CPU time is not this process's. */
    private static void mosquittoPub(Path folder, int port, int rows) throws IOException, InterruptedException {
        Path lines = folder.resolve("lines");
        try (var out = Files.newBufferedWriter(lines)) {
            for (int i = 0; i < rows; i++) {
                out.write("{\"gateway\":\"bench\",\"stream\":\"bench\",\"log\":\"01JD6V0000000000000000000\",\"seq\":"
                        + i + ",\"rows\":[{\"time\":1732172400123,\"device\":\"meter-1\",\"n\":" + i
                        + ",\"temperature\":71.25}]}\n");
            }
        }
        Process process = new ProcessBuilder(
                        "mosquitto_pub", "-h", "127.0.0.1", "-p", "" + port, "-q", "1", "-t", "bench/pub", "-l")
                .redirectInput(lines.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("mosquitto_pub fails");
        }
    }

    private static void ratio(Report report, Map<String, Figure> figures, String ours, String theirs) {
        report.add(ours + ", rate / " + theirs + "'s", figures.get(ours).rate / figures.get(theirs).rate, "");
        report.add(
                ours + ", CPU a row / " + theirs + "'s", figures.get(ours).cpuNanos / figures.get(theirs).cpuNanos, "");
    }

    private static Path var(Path folder, String name) throws IOException {
        Files.createDirectories(folder.resolve(name).resolve("var"));
        return folder.resolve(name);
    }

    private static void await(int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException stays) {
                    throw new UncheckedIOException(stays);
                }
            });
        }
    }
}
