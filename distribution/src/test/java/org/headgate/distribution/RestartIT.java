package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping and being killed. */
@Tag("alone")
class RestartIT {
    private static final Duration STOP = Duration.ofSeconds(15);
    /** The fastest of some: load makes a stop late, and none early. */
    private static final Duration FASTEST_STOP = Duration.ofSeconds(2);

    @TempDir
    Path home;

    private RunningGateway gateway;

    @BeforeEach
    void prepare() throws Exception {
        gateway = new RunningGateway(home);
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
    }

    @Test
    void stopsAtSigtermAndStartsAgain() throws Exception {
        Duration cold = gateway.start();
        // The first start makes keys, last of all, and nobody knows how long that takes: a stop waits for it.
        gateway.awaitBundles();
        List<Duration> stops = new ArrayList<>(List.of(gateway.stop()));
        String key = Files.readString(home.resolve("secrets/console.key"));
        Duration warm = gateway.start();
        gateway.awaitBundles();
        stops.add(gateway.stop());
        assertThat(Files.readString(home.resolve("secrets/console.key"))).isEqualTo(key);
        if (Collections.min(stops).compareTo(FASTEST_STOP) >= 0) {
            gateway.start();
            gateway.awaitBundles();
            stops.add(gateway.stop());
        }
        assertThat(stops).allSatisfy(stop -> assertThat(stop).isLessThan(STOP));
        assertThat(Collections.min(stops)).as("the fastest of %s", stops).isLessThan(FASTEST_STOP);
        assertThat(gateway.log()).doesNotContain(" ERROR ");
        System.out.printf("console answers after %d ms cold, %d ms warm%n", cold.toMillis(), warm.toMillis());
    }

    @Test
    void startsAgainAfterSigkill() throws Exception {
        gateway.start();
        gateway.kill();
        assertThat(gateway.launcher("status").status()).isEqualTo(3);
        Result nobody = gateway.exec("gateway:version");
        assertThat(nobody.status()).isEqualTo(69);
        assertThat(nobody.err()).contains("no gateway runs on", "headgate start --home");
        gateway.start();
        assertThat(gateway.exec("bundle:list").out()).contains("org.headgate.console");
    }

    @Test
    void aStartThatFailedIsFollowedByOneWithAnEmptyCache() throws Exception {
        gateway.start();
        gateway.kill();
        Path mark = home.resolve("cache/left-over");
        Files.writeString(mark, "");
        Files.delete(home.resolve("cache/ready"));
        try (Stream<Path> jars = Files.walk(home.resolve("cache/bundles"))) {
            for (Path file : jars.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "garbage");
            }
        }
        gateway.start();
        assertThat(mark).doesNotExist();
    }

    @Test
    void writesNothingIntoTheDistribution() throws Exception {
        Path distribution = Path.of(System.getProperty("headgate.distribution"));
        String before = listing(distribution);
        gateway.start();
        gateway.exec("feature:install", "headgate-core");
        gateway.exec("feature:uninstall", "headgate-core");
        gateway.exec("log:set", "DEBUG", "org.headgate");
        gateway.stop();
        assertThat(listing(distribution)).isEqualTo(before);
    }

    @Test
    void startAndStopRunItInTheBackground() throws Exception {
        try {
            Result start = gateway.launcher("start");
            assertThat(start.status()).as(start.toString()).isZero();
            assertThat(gateway.exec("gateway:version").status()).isZero();
        } finally {
            Result stop = gateway.launcher("stop");
            assertThat(stop.out()).contains("stopped");
        }
        assertThat(gateway.launcher("status").status()).isEqualTo(3);
    }

    @Test
    void aJavaThatDoesNotFitIsNamedWithTheCommandThatInstallsOne() throws Exception {
        Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        Files.setPosixFilePermissions(java, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
        ProcessBuilder run = new ProcessBuilder(System.getProperty("headgate.distribution") + "/bin/headgate", "run");
        run.environment().put("HEADGATE_HOME", home.toString());
        run.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        Result refused = RunningGateway.run(run);
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.err()).contains("Java 11", "apt-get install openjdk-17-jre-headless");
    }

    private static String listing(Path folder) throws Exception {
        StringBuilder listing = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                listing.append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
        }
        return listing.toString();
    }
}
