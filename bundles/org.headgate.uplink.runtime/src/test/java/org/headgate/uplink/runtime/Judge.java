package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
            "(\\S+) \\{.*\"log\":\"(\\w+)\",\"seq\":(\\d+),(?:\"part\":\"(\\d+)/.*?\",)?(\"historical\":true,)?.*?\"rows\":(.*)");
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    private final Path file;
    private final Process process;

    /** Returns when the broker has the subscription. */
    Judge(Mosquitto broker, Path folder) throws IOException, InterruptedException {
        file = folder.resolve("received.txt");
        List<String> command = new ArrayList<>(List.of(
                PROGRAM, "-h", "127.0.0.1", "-p", "" + broker.port(), "-v", "-q", "1", "-c", "-i", "judge", "-t", "#"));
        // A first one subscribes for the second, whose session it is, and ends when that is acknowledged.
        List<String> herald = new ArrayList<>(command);
        herald.add("-E");
        Process subscribing = new ProcessBuilder(herald).start();
        assertThat(subscribing.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(subscribing.exitValue()).isZero();
        process = new ProcessBuilder(command)
                .redirectOutput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static boolean isInstalled() {
        return Files.isExecutable(Path.of(PROGRAM));
    }

    /**
     * A message as it came.
     *
     * @param number what it is recognised by when it comes again
     * @param piece which piece of its batch it is, from 1; 0 for all of it
     * @param first the number of its first row
     * @param rows how many rows it has
     * @param content a digest of them
     */
    private record Delivery(
            String number, long seq, long piece, boolean historical, long first, long rows, int content) {
        /** Where it stands among those of its stream: by the number of the batch, then of the piece. */
        long order() {
            return seq << 20 | piece;
        }
    }

    private List<Delivery> deliveries(String topic) throws IOException {
        String text = Files.readString(file);
        // The last line may be half written.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .flatMap(line -> delivery(topic, line).stream())
                .toList();
    }

    private static Optional<Delivery> delivery(String topic, String line) {
        Matcher message = MESSAGE.matcher(line);
        if (!line.startsWith(topic + " ") || !message.find()) {
            return Optional.empty();
        }
        Matcher number = NUMBER.matcher(message.group(6));
        assertThat(number.find()).as(line).isTrue();
        long first = Long.parseLong(number.group(1));
        long rows = 1;
        for (; number.find(); rows++) {
            assertThat(Long.parseLong(number.group(1))).as(line).isEqualTo(first + rows);
        }
        return Optional.of(new Delivery(
                message.group(2) + "/" + message.group(3) + "/" + message.group(4),
                Long.parseLong(message.group(3)),
                message.group(4) == null ? 0 : Long.parseLong(message.group(4)),
                message.group(5) != null,
                first,
                rows,
                message.group(6).hashCode()));
    }

    /** Whether a row with this number has come. */
    boolean has(String topic, long number) throws IOException {
        return deliveries(topic).stream().anyMatch(one -> number >= one.first() && number < one.first() + one.rows());
    }

    /** Checks all that a topic has delivered, of rows numbered from 0; gives how many messages came more than once. */
    long verify(String topic, long rows) throws IOException {
        Map<String, Delivery> known = new HashMap<>();
        Map<Boolean, Long> last = new HashMap<>();
        TreeMap<Long, Delivery> ordered = new TreeMap<>();
        Set<Long> batches = new TreeSet<>();
        long repeated = 0;
        for (Delivery one : deliveries(topic)) {
            Delivery before = known.putIfAbsent(one.number(), one);
            if (before != null) {
                repeated++;
                assertThat(one.content()).as(one.number()).isEqualTo(before.content());
            } else if (one.piece() > 0 && ordered.containsKey(one.seq() << 20)) {
                // All of it has come before, and its acknowledgement was lost.
                repeated++;
            } else {
                // Ascending within each lane, be there duplicates of either lane in between.
                assertThat(one.order()).as(one.number()).isGreaterThan(last.getOrDefault(one.historical(), 0L));
                last.put(one.historical(), one.order());
                ordered.put(one.order(), one);
                batches.add(one.seq());
            }
        }
        long next = 0;
        for (Delivery one : ordered.values()) {
            assertThat(one.first()).as(topic + " " + one.number()).isEqualTo(next);
            next += one.rows();
        }
        assertThat(next).as(topic).isEqualTo(rows);
        assertThat(batches).as("numbers of batches have no gaps").hasSize((int) (ordered.lastKey() >> 20));
        return repeated;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(5, TimeUnit.SECONDS);
    }
}
