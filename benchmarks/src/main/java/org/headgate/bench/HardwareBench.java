package org.headgate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Pins in the test kernel: from an edge on an input through a rule to an output, while the cloud is unreachable and while another driver
 * is swapped; and calls a second, directly and through Pi4J, side by side. One CPU without a good clock: upper bounds, ratios first. Beside
 * them the floor of that guest: one thread that takes the edge and writes the output, alone and while another process wants the CPU.
 */
final class HardwareBench {
    private static final double P50_AIM = 1;
    private static final double P99_AIM = 10;
    private static final int MEMORY = 900;

    private HardwareBench() {}

    static Report run(Path distribution, String[] options) throws Exception {
        int edges = options.length > 0 ? Integer.parseInt(options[0]) : 1000;
        String kernel = System.getProperty("headgate.lab", "");
        Path scripts = Path.of(System.getProperty("headgate.lab.scripts", ""));
        if (!Files.isExecutable(Path.of(kernel, "linux-gw"))) {
            throw new IOException("no test kernel: ./headgate test builds one on Debian (x86_64)");
        }
        Path folder = Files.createTempDirectory("headgate-bench");
        try {
            Path job = folder.resolve("job.sh");
            Files.writeString(
                    job,
                    "export DIST='" + distribution.toRealPath() + "' HEADGATE_HOME='" + folder.resolve("home")
                            + "' EDGES="
                            + edges + " JAVA='" + System.getProperty("java.home") + "/bin/java' CP='"
                            + System.getProperty("java.class.path") + "'\n"
                            + new String(
                                    HardwareBench.class
                                            .getResourceAsStream("/hardware.sh")
                                            .readAllBytes(),
                                    StandardCharsets.UTF_8));
            return report(boot(kernel, scripts, folder, job));
        } finally {
            StartupBench.delete(folder);
        }
    }

    private static String boot(String kernel, Path scripts, Path folder, Path job)
            throws IOException, InterruptedException {
        Bench.progress("booting the test kernel");
        ProcessBuilder builder = new ProcessBuilder(
                "bash", scripts.resolve("uml-run.sh").toString(), job.toString(), "GW_SIM=addr=0x76");
        builder.environment().put("OUT", kernel);
        builder.environment().put("RW", folder.toString());
        builder.environment().put("MEM", Integer.toString(MEMORY));
        builder.environment().put("T", "600");
        Path printed = folder.resolve("printed");
        Process guest = builder.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            guest.waitFor(660, TimeUnit.SECONDS);
        } finally {
            guest.descendants().forEach(ProcessHandle::destroyForcibly);
            guest.destroyForcibly().waitFor();
        }
        return Files.readString(printed, StandardCharsets.ISO_8859_1);
    }

    private static Report report(String printed) throws IOException {
        Report report = new Report("hardware", "unknown");
        Map<String, Double> values = new HashMap<>();
        Set<String> wanted = new TreeSet<>(Set.of(
                "floor of an idle CPU, lost",
                "floor of a busy CPU, lost",
                "edge to output, cloud down, lost",
                "edge to output, during driver swaps, lost",
                "driver swaps meanwhile",
                "I2C register reads, Pi4J on our providers / direct",
                "GPIO toggles, Pi4J on our providers / direct"));
        for (String line : printed.lines().toList()) {
            String[] fields = line.split("\t");
            if (fields.length >= 3 && fields[0].equals("RESULT")) {
                wanted.remove(fields[1]);
                double value = Double.parseDouble(fields[2]);
                values.put(fields[1], value);
                String unit = fields.length > 3 ? fields[3] : "";
                if (fields[1].endsWith("lost")) {
                    report.atMost(fields[1], value, unit, 0);
                } else if (fields[1].endsWith("meanwhile") && value < 1) {
                    throw new IOException("no driver was swapped:\n" + printed);
                } else if (fields[1].startsWith("floor")) {
                    report.add(fields[1], value, unit);
                } else if (fields[1].endsWith("p50")) {
                    report.atMost(fields[1], value, unit, P50_AIM);
                } else if (fields[1].endsWith("p99")) {
                    report.atMost(fields[1], value, unit, P99_AIM);
                } else {
                    report.add(fields[1], value, unit);
                }
            } else if (line.startsWith("Headgate ")) {
                report.of(line.split(" ")[1]);
            }
        }
        if (!wanted.isEmpty()) {
            throw new IOException("the guest gave no " + wanted + ":\n" + printed);
        }
        for (String part : List.of("p50", "p99")) {
            beside(report, values, "edge to output, cloud down, " + part, "floor of an idle CPU, " + part);
            beside(report, values, "edge to output, during driver swaps, " + part, "floor of a busy CPU, " + part);
        }
        return report;
    }

    private static void beside(Report report, Map<String, Double> values, String name, String floor) {
        report.add(name + " / floor", values.get(name) / values.get(floor), "");
    }
}
