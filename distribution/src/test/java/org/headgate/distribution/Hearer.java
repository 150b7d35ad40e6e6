package org.headgate.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A consumer of any payloads that is not ours: mosquitto_sub, which prints what it hears as hexadecimal digits. */
final class Hearer implements AutoCloseable {
    private final Path file;
    private final Process process;

    /** One message. */
    record Heard(String topic, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    Hearer(Path file, int port, String... filters) throws IOException {
        this.file = file;
        List<String> command = new ArrayList<>(List.of(
                Subscriber.PROGRAM.toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-q",
                "1",
                "-F",
                "%t %x"));
        for (String filter : filters) {
            command.addAll(List.of("-t", filter));
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
    }

    /** All messages so far whose topic begins so. */
    List<Heard> heard(String prefix) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        // The last line may be half written.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> new Heard(
                        line.substring(0, line.indexOf(' ')),
                        HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1))))
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
