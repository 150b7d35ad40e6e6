package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Runs every class named {@code *Lab} in the test kernel; each test in there is one here. */
class LabIT {
    private static final int MEMORY = 700;
    /** The addresses of the simulated I2C bus at which something answers. */
    private static final String CHIPS = "addr=0x76,0x40,0x48,0x20";

    /** A machine that does other things, too, may be slow; a guest that hangs is ended. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String NO_KERNEL = "no test kernel (./headgate test builds one on Debian)";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> inTheTestKernel() throws Exception {
        assumeTrue(Guest.kernel().isPresent(), NO_KERNEL);
        Path results = folder.resolve("results");
        String printed = new Guest(Guest.kernel().orElseThrow(), folder)
                .run(
                        "exec '" + System.getProperty("java.home") + "/bin/java' -Xmx256m -Djava.io.tmpdir=/dev/shm"
                                + " -Djna.tmpdir=/dev/shm -cp '" + System.getProperty("java.class.path") + "' "
                                + GuestTests.class.getName() + " '" + results + "' " + String.join(" ", classes())
                                + "\n",
                        MEMORY,
                        CHIPS,
                        PATIENCE);
        assertThat(results).as(printed).exists();
        List<String> lines = Files.readAllLines(results);
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            if (!line.equals("END")) {
                String[] fields = line.split("\t", -1);
                tests.add(dynamicTest(fields[1], () -> judge(fields)));
            }
        }
        tests.add(dynamicTest(
                "all of it ran",
                () -> assertThat(lines).as(printed).hasSizeGreaterThan(1).endsWith("END")));
        return tests.stream();
    }

    @Test
    void theGatewayDrivesThePins() throws Exception {
        assumeTrue(Guest.kernel().isPresent(), NO_KERNEL);
        String script = "export JAVA_HOME='" + System.getProperty("java.home") + "' HEADGATE_HOME='"
                + folder.resolve("home")
                + "' DIST='"
                + Path.of(System.getProperty("headgate.distribution")).toRealPath() + "'\n"
                + new String(LabIT.class.getResourceAsStream("/gateway.sh").readAllBytes(), StandardCharsets.UTF_8);
        String printed = new Guest(Guest.kernel().orElseThrow(), folder).run(script, MEMORY, CHIPS, PATIENCE);
        assertThat(printed).contains("the gateway drives the pins");
        assertThat(Files.readString(folder.resolve("rc")).strip()).as(printed).isEqualTo("0");
    }

    private static void judge(String[] fields) {
        String text = new String(Base64.getDecoder().decode(fields[2]), StandardCharsets.UTF_8);
        if (fields[0].equals("ABORTED")) {
            throw new TestAbortedException(text);
        }
        assertThat(fields[0]).as(text).isEqualTo("SUCCESSFUL");
    }

    private static List<String> classes() throws Exception {
        Path compiled = Path.of(
                LabIT.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path here = compiled.resolve(LabIT.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(here)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Lab.class"))
                    .map(name -> LabIT.class.getPackageName() + "." + name.replace(".class", ""))
                    .sorted()
                    .toList();
        }
    }
}
