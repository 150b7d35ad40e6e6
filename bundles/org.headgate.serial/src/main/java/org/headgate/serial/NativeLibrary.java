package org.headgate.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Loads jSerialComm's native library. Left alone it would unpack it into a folder that everybody may write to (mode 0777), whatever the umask. Here
 * it is unpacked into a folder of its owner's, below {@code java.io.tmpdir} (a gateway's {@code HOME/cache/tmp}), and deleted as soon as it
 * is loaded. A bundle that was updated loads its own copy, since the folder has another name each time.
 */
public final class NativeLibrary {
    private static final String PATH = "jSerialComm.library.path";
    private static final String FILE = "libjSerialComm.so";
    /** The order in which jSerialComm tries them. */
    private static final List<String> INTEL = List.of("x86_64", "x86");

    private static final List<String> OTHERS =
            List.of("armv5", "armv6hf", "armv7hf", "armv8_64", "armv8_32", "ppc64le");
    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads it, the first time.
     *
     * @throws IOException when it cannot be loaded on this machine
     */
    public static synchronized void load() throws IOException {
        if (loaded) {
            return;
        }
        if (!System.getProperty("os.name", "").contains("Linux")) {
            throw new IOException("serial lines are for Linux only");
        }
        Path folder = Files.createTempDirectory("headgate-serial");
        Deque<Path> made = new ArrayDeque<>(List.of(folder));
        String before = System.getProperty(PATH);
        try {
            unpack(folder, made);
            System.setProperty(PATH, folder.toString());
            SerialPort.getVersion();
            loaded = true;
        } catch (LinkageError cannot) {
            throw new IOException("jSerialComm's library cannot be loaded on " + System.getProperty("os.arch")
                    + " from " + folder.getParent() + ": is it mounted noexec?");
        } finally {
            if (before == null) {
                System.clearProperty(PATH);
            } else {
                System.setProperty(PATH, before);
            }
            for (Path each : made) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static void unpack(Path folder, Deque<Path> made) throws IOException {
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        for (String each : machine.contains("86") || machine.contains("amd") ? INTEL : OTHERS) {
            try (InputStream library = SerialPort.class.getResourceAsStream("/Linux/" + each + "/" + FILE)) {
                if (library != null) {
                    Path place = folder.resolve("Linux").resolve(each);
                    for (Path one : List.of(place.getParent(), place)) {
                        if (Files.notExists(one)) {
                            made.push(Files.createDirectory(one));
                        }
                    }
                    made.push(place.resolve(FILE));
                    Files.copy(library, place.resolve(FILE));
                }
            }
        }
    }
}
