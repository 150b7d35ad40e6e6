package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes, goes or is wrong touches nothing else. */
class IsolationIT {
    private static final String[] AWAKE = {"ONLINE", "DEGRADED"};

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void prepare() throws Exception {
        site = new Site(folder);
    }

    @AfterEach
    void end() throws Exception {
        site.close();
    }

    @Test
    void everyFeatureComesAndGoesWithoutTouchingTheCore() throws Exception {
        site.configure("device-simulator", "driver = simulator", "poll = 100ms");
        site.configure("device-host", "driver = host", "poll = 100ms");
        site.start();
        site.awaitState("device:list", "simulator", AWAKE);
        site.awaitState("device:list", "host", AWAKE);
        site.gateway.awaitBundles();
        List<String> core = bundles(true);
        List<String> features = features();
        assertThat(core).hasSizeGreaterThan(40);
        assertThat(features).contains("headgate-driver-host", "headgate-driver-simulator", "headgate-broker");
        // Only a few drivers run from the start; all of them must come and go without a trace.
        for (String feature : features) {
            run("feature:install", feature);
        }
        site.awaitState("device:list", "simulator", AWAKE);
        site.awaitState("device:list", "host", AWAKE);

        for (String feature : features) {
            String device = feature.replace("headgate-driver-", "");
            List<String> others = bundles(false);
            Map<String, String> states = site.deviceStates();
            run("feature:uninstall", feature);
            if (states.containsKey(device)) {
                site.awaitState("device:list", device, "WAITING_FOR_DRIVER");
            }
            assertThat(bundles(true)).isEqualTo(core);
            assertThat(bundles(false)).hasSizeLessThan(others.size());
            states.forEach((other, state) -> {
                if (!other.equals(device)) {
                    site.awaitState("device:list", other, like(state));
                }
            });

            run("feature:install", feature);
            if (states.containsKey(device)) {
                site.awaitState("device:list", device, like(states.get(device)));
                site.awaitArrivals(5);
            }
            assertThat(bundles(true)).isEqualTo(core);
            assertThat(bundles(false)).hasSameSizeAs(others);
        }
        assertThat(site.flow().imbalances()).isEmpty();
        assertThat(site.gateway.log()).doesNotContain(" ERROR ");
    }

    /** A device that is read may have a value less or more than before. */
    private static String[] like(String state) {
        return state.equals("WAITING_FOR_DRIVER") ? new String[] {state} : AWAKE;
    }

    /** Bundles of the core are used where they lie; what a feature brings is copied. Identity, state, level, version, name. */
    private List<String> bundles(boolean ofTheCore) throws Exception {
        return run("bundle:list", "-t", "0", "-u", "--no-format")
                .lines()
                .skip(1)
                .filter(line -> line.contains("mvn:") != ofTheCore)
                // The columns are as wide as the longest entry of all bundles.
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .toList();
    }

    private List<String> features() throws Exception {
        return run("feature:list", "--no-format")
                .lines()
                .map(line -> line.split("\\s+")[0])
                .filter(name -> name.startsWith("headgate-driver-") || name.equals("headgate-broker"))
                .toList();
    }

    private String run(String... words) throws Exception {
        Result result = site.gateway.exec(words);
        assertThat(result.status()).as(result.toString()).isZero();
        return result.out();
    }

    @Test
    void aWrongFileMakesItsOwnInstanceInvalidAndNoOther() throws Exception {
        site.configure("device-boiler", "driver = simulator", "poll = 100ms");
        site.configure("device-typo", "driver = simulator", "pol = 1s");
        site.configure("device-hasty", "driver = simulator", "poll = soon");
        site.configure("device-torn", "driver = simulator", "poll");
        site.configure("device-future", "driver = quantum", "poll = 1s");
        site.configure("device-deaf", "driver = host", "address = tcp:192.0.2.1");
        site.configure("rule-good", "sql = SELECT temperature FROM boiler");
        site.configure("rule-torn", "sql = SELECT avg(temperature FROM boiler");
        site.configure("rule-blind", "sql = SELECT brightness FROM boiler");
        site.configure("uplink-wrong", "address = http://127.0.0.1:1883", "streams = *");
        site.configure("uplink-naked", "address = " + site.address(), "streams = *", "password = secret");
        site.start();
        site.awaitArrivals(40);

        assertInvalid("device:list", "typo", "pol: 1s (expected: ");
        assertInvalid("device:list", "hasty", "poll: soon (expected: ");
        assertInvalid("device:list", "torn", "line 2: ");
        assertInvalid("device:list", "deaf", "address: tcp:192.0.2.1 (expected: ");
        assertThat(site.state("device:list", "future")).isEqualTo("WAITING_FOR_DRIVER");
        assertThat(site.field("device:list", "future", "detail")).contains("quantum");
        assertInvalid("rule:list", "torn", "line 1, column 24: expected ");
        assertInvalid("rule:list", "blind", "brightness");
        assertInvalid("uplink:list", "wrong", "address: http://127.0.0.1:1883 (expected: ");
        assertInvalid("uplink:list", "naked", "password: *** (expected: ");
        assertThat(site.state("device:list", "boiler")).isEqualTo("ONLINE");
        assertThat(site.state("rule:list", "good")).isEqualTo("RUNNING");
        assertThat(site.state("uplink:list", "cloud")).isEqualTo("ONLINE");
        assertThat(site.subscriber.arrivals().rows("good")).isNotEmpty();

        // Corrected in the file, it goes on at once.
        site.configure("device-typo", "driver = simulator", "poll = 1s");
        site.configure("rule-torn", "sql = SELECT avg(temperature) AS t FROM boiler GROUP BY TUMBLINGWINDOW(ss, 1)");
        site.configure("uplink-wrong", "address = " + site.address(), "streams = good");
        site.awaitState("device:list", "typo", "ONLINE");
        site.awaitState("rule:list", "torn", "RUNNING");
        site.awaitState("uplink:list", "wrong", "ONLINE");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !site.subscriber.arrivals().rows("torn").isEmpty());
        assertThat(site.gateway.log()).doesNotContain(" ERROR ");
    }

    private void assertInvalid(String command, String instance, String why) throws Exception {
        assertThat(site.state(command, instance)).as(instance).isEqualTo("INVALID");
        assertThat(site.field(command, instance, "detail")).contains(why);
    }

    @Test
    void anOutboxThatCannotBeOpenedIsNamedAndTriedAgainWhileDevicesGoOn() throws Exception {
        Path outbox = site.gateway.home().resolve("var/outbox");
        Files.createDirectories(outbox.getParent());
        Files.writeString(outbox, "in the way");
        site.configure("device-boiler", "driver = simulator", "poll = 100ms");
        site.start();
        site.awaitState("uplink:list", "cloud", "OFFLINE");
        assertThat(site.field("uplink:list", "cloud", "detail")).startsWith("outbox: ");
        site.awaitState("device:list", "boiler", "ONLINE");

        Files.delete(outbox);
        site.awaitState("uplink:list", "cloud", "ONLINE");
        site.awaitArrivals(10);
        site.subscriber.arrivals().assertCompleteAndInOrder();
    }
}
