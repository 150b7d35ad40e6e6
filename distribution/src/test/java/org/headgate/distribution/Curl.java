package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A device that posts, as a user would try it. */
final class Curl {
    private static final Path CURL = Path.of("/usr/bin/curl");

    private Curl() {}

    static void assumeInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(CURL), "curl is not installed: sudo apt-get install curl");
    }

    /** The status of the answer to a post with a token; 000 where there is none. */
    static String post(String token, String body, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-H", "Authorization: Bearer " + token, "-d", body));
        all.addAll(List.of("-o", "/dev/null", "-w", "%{http_code}"));
        return run(all.toArray(String[]::new));
    }

    /** What it prints. */
    static String run(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(CURL.toString(), "-s", "--max-time", "10"));
        command.addAll(List.of(words));
        return output(command.toArray(String[]::new));
    }

    /** What any program prints that ends by itself. */
    static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
