package org.headgate.system.jvm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Which file system a path lies on, as the kernel's table of mounts says (proc(5), {@code /proc/pid/mountinfo}). */
final class Mounts {
    private static final int DEVICE = 2;
    private static final int POINT = 4;

    private final Path table;

    Mounts(Path table) {
        this.table = table;
    }

    /** The device ({@code major:minor}) of the file system that a path lies on or would lie on; empty when nobody knows. */
    Optional<String> device(Path path) throws IOException {
        Path there = path;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        // A link may lead to another disk, and what does not exist yet lies below what does.
        Path real = there.toRealPath().resolve(there.relativize(path)).normalize();
        String device = null;
        int longest = -1;
        // A name may have any bytes but those that stand there as digits.
        String mounts = new String(Files.readAllBytes(table), StandardCharsets.UTF_8);
        for (String line : mounts.split("\n")) {
            String[] fields = line.split(" ");
            if (fields.length <= POINT) {
                continue;
            }
            Optional<Path> named = path(unescaped(fields[POINT]));
            if (named.isEmpty()) {
                continue;
            }
            Path point = named.get();
            // Of two mounts at one place the later one covers the other.
            if (real.startsWith(point) && point.getNameCount() >= longest) {
                longest = point.getNameCount();
                device = fields[DEVICE];
            }
        }
        return Optional.ofNullable(device);
    }

    /** A path; empty where it has letters that this process cannot name: then it never names a folder there, either. */
    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException foreign) {
            return Optional.empty();
        }
    }

    /** Blanks, tabs, line feeds and backslashes of a path stand there as three octal digits. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
