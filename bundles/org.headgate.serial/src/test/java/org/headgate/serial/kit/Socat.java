package org.headgate.serial.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The program that makes ttys. */
public final class Socat {
    private Socat() {}

    /** Starts it; without it the test is not run. Returns when its ttys can be opened. */
    public static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("socat", "-d", "-d"));
        command.addAll(List.of(arguments));
        Process socat = null;
        try {
            socat = new ProcessBuilder(command).start();
        } catch (IOException missing) {
            Assumptions.abort("socat is not installed: sudo apt-get install socat");
        }
        awaitTransfer(socat, command);
        return socat;
    }

    /** A link is there before its tty has its settings: whoever opened it then would lose his own to them, the time-out of reads included. */
    private static void awaitTransfer(Process socat, List<String> command) throws IOException {
        BufferedReader says = socat.errorReader(StandardCharsets.UTF_8);
        for (String line = says.readLine(); line != null; line = says.readLine()) {
            if (line.contains("starting data transfer loop")) {
                return;
            }
        }
        throw new IOException("socat has ended: " + String.join(" ", command));
    }
}
