package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.mqtt.client.kit.Mosquitto;

/**
 * A subscriber that is not ours, mosquitto_sub, straight at the broker, and what it has received of the format {@code json} with one
 * ascending column {@code n}: whether anything is missing, twice under another number, or in disorder within its lane.
 */
final class Judge implements AutoCloseable {
    private static final String PROGRAM = "/usr/bin/mosquitto_sub";
    private static final Pattern MESSAGE = Pattern.compile(
            "\"stream\":\"(.*?)\",\"log\":\"(\\w+)\",\"seq\":(\\d+),(?:\"part\":\"(.*?)\",)?(\"historical\":true,)?.*?\"rows\":(.*)");
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    private final Path file;
    private final Process process;

    /** Returns when the broker has the subscription. */
    Judge(Mosquitto broker, Path folder, String topic) throws IOException, InterruptedException {
        file = folder.resolve("received.txt");
        List<String> command = new ArrayList<>(List.of(
                PROGRAM, "-h", "127.0.0.1", "-p", "" + broker.port(), "-q", "1", "-c", "-i", "judge", "-t", topic));
        process = new ProcessBuilder(command)
                .redirectOutput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        command.set(command.indexOf("judge"), "herald");
        command.add("-E");
        Process herald = new ProcessBuilder(command).start();
        assertThat(herald.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    static boolean isInstalled() {
        return Files.isExecutable(Path.of(PROGRAM));
    }

    /** A message as it came. */
    record Delivery(String stream, String number, long seq, boolean historical, String rows) {}

    List<Delivery> deliveries() throws IOException {
        List<Delivery> all = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher message = MESSAGE.matcher(line);
            if (message.find()) {
                String number = message.group(2) + "/" + message.group(3) + "/" + message.group(4);
                long seq = Long.parseLong(message.group(3));
                all.add(new Delivery(message.group(1), number, seq, message.group(5) != null, message.group(6)));
            }
        }
        return all;
    }

    /** Checks all that a stream has delivered, of rows numbered from 0; gives how many messages came more than once. */
    long verify(String stream, int rows) throws IOException {
        List<Delivery> all =
                deliveries().stream().filter(one -> one.stream().equals(stream)).toList();
        Map<String, String> contents = new HashMap<>();
        Map<Boolean, Long> last = new HashMap<>();
        TreeMap<Long, String> bySeq = new TreeMap<>();
        for (Delivery one : all) {
            String before = contents.putIfAbsent(one.number(), one.rows());
            if (before == null) {
                // Ascending within each lane, be there duplicates of either lane in between.
                assertThat(one.seq()).as(one.number()).isGreaterThan(last.getOrDefault(one.historical(), 0L));
                last.put(one.historical(), one.seq());
                bySeq.put(one.seq(), one.rows());
            } else {
                assertThat(one.rows()).as(one.number()).isEqualTo(before);
            }
        }
        List<Long> numbers = new ArrayList<>();
        for (String content : bySeq.values()) {
            Matcher number = NUMBER.matcher(content);
            while (number.find()) {
                numbers.add(Long.parseLong(number.group(1)));
            }
        }
        assertThat(numbers).as(stream).isSorted().doesNotHaveDuplicates().hasSize(rows);
        assertThat(bySeq.lastKey()).as("numbers of batches have no gaps").isEqualTo(bySeq.size());
        return all.size() - contents.size();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(5, TimeUnit.SECONDS);
    }
}
