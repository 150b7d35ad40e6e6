package org.headgate.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What people write into the file of a device or a rule, whole or broken, and what is to be said of it. Contents are bytes, one char each, so
 * that torn UTF-8 is one, too. Each has a mark of its own at its beginning and at its end.
 */
final class EditedFile {
    /** How many devices there are. */
    static final int DEVICES = 5;

    /** No file. */
    static final String ABSENT = "(absent)";

    private static final Pattern PACE = Pattern.compile("(?m)^(poll|enabled) = [^#\n]*\n?");
    private static final Pattern DEVICE_LINE =
            Pattern.compile("#.*|driver = simulator|poll = \\d+ms( +#.*)?|seed = \\d+|enabled = (true|false)|");
    private static final Pattern RULE_LINE = Pattern.compile("#.*|sql = SELECT .*|enabled = (true|false)|");

    private EditedFile() {}

    /** The first numbers are devices, the others rules. */
    static String name(int number) {
        return number < DEVICES
                ? "headgate.device-d" + number + ".cfg"
                : "headgate.rule-r" + (number - DEVICES) + ".cfg";
    }

    static boolean isDevice(String file) {
        return file.contains(".device-");
    }

    /** A content that nobody has written before: valid, or broken in one of many ways. */
    static String content(boolean device, String mark, boolean broken, Random random) {
        String first = "# begin " + mark + " \u00e9\u00fc\u00b0\n";
        String last = "# end " + mark + "\n";
        String key = device ? "driver = simulator\nseed = " + random.nextInt(1000) + "\n" : "";
        String value = device
                ? "poll = " + (50 + random.nextInt(500)) + "ms   # the pace of " + mark
                : "sql = SELECT temperature FROM steady WHERE temperature > " + random.nextInt(100);
        String text = first + key + value + "\n" + last;
        if (broken) {
            text = switch (random.nextInt(5)) {
                case 0 -> first + key + (device ? "poll = 3 parsecs" : "sql = SELEKT 1") + "\n" + last;
                case 1 -> first + key + "pol = 1s\n" + last;
                case 2 -> first + key + value + "\nno entry\n" + last;
                case 3 -> first + key + value.substring(0, 3);
                default -> first.replace(" \u00e9", "") + key + value + "\n# \uFFFF" + last;
            };
        }
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        // A character of which only the beginning has been written.
        return bytes.replace("\u00EF\u00BF\u00BF", "\u00C3");
    }

    /** Whether an instance of it runs. */
    static boolean isValid(boolean device, String content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
            return text.contains(device ? "driver = " : "sql = ")
                    && text.lines()
                            .allMatch(line -> (device ? DEVICE_LINE : RULE_LINE)
                                    .matcher(line)
                                    .matches());
        } catch (CharacterCodingException torn) {
            return false;
        }
    }

    /** Whether it is there to its end. */
    static boolean isWhole(String content) {
        return content.matches("(?s).*\n# [^\n]*end [^\n]*\n");
    }

    /** Whether not even the format is right, so that no console takes it. */
    static boolean isSenseless(String content) {
        boolean noEntry =
                content.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#") && !line.contains("="));
        return noEntry || content.contains("# \u00C3#");
    }

    /** Without the values that commands change one by one: comments, order and all other bytes must be those of somebody. */
    static String rest(String content) {
        return PACE.matcher(content).replaceAll("");
    }

    static String read(Path file) throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : ABSENT;
    }

    /** Writes beside the file and renames: nobody ever sees half of it. */
    static void whole(Path file, String content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + "~");
        Files.write(temporary, content.getBytes(StandardCharsets.ISO_8859_1));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes as one of many editors does. */
    static void write(Path file, String content, Random random) throws IOException, InterruptedException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        switch (random.nextInt(3)) {
            case 0 -> {
                // In place, and in two halves.
                try (OutputStream out = Files.newOutputStream(file)) {
                    out.write(bytes, 0, bytes.length / 2);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(30));
                    out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
                }
            }
            case 1 -> whole(file, content);
            default -> {
                // Emptied first, as a shell does.
                Files.write(file, new byte[0]);
                Files.write(file, bytes);
            }
        }
    }
}
