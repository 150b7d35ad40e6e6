package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.headgate.host.Machine;
import org.headgate.payload.json.JsonFormat;
import org.headgate.system.api.Loop;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.UplinkStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cable that is plugged in again is a reason to try at once, not after the back-off's half minute. */
class NetworkTest {
    @TempDir
    private Path root;

    private final SimulatedSystem system = new SimulatedSystem(1);
    private int tries;

    private void carrier(String name, String up, String changes) throws IOException {
        Path folder = root.resolve("sys/class/net/" + name);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("carrier"), up + "\n");
        Files.writeString(folder.resolve("carrier_changes"), changes + "\n");
    }

    private void watch(boolean[] wanted) {
        Loop loop = system.loop("uplink");
        Machine machine = new Machine(root, root);
        new Network(machine, system).await(new Carriers(machine), loop, () -> wanted[0], () -> tries++);
        system.advance(Duration.ofSeconds(5));
    }

    @Test
    void aCarrierThatComesIsNoticedWithinASecondOrTwo() throws IOException {
        carrier("eth0", "0", "4");
        watch(new boolean[] {true});
        assertThat(tries).isZero();
        carrier("eth0", "1", "5");
        system.advance(Duration.ofSeconds(2));
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void aCableThatWasOutForAMomentCountsToo() throws IOException {
        carrier("eth0", "1", "4");
        watch(new boolean[] {true});
        carrier("eth0", "1", "6");
        system.advance(Duration.ofSeconds(2));
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void aCarrierThatGoesTheLoopBackAndALostInterestChangeNothing() throws IOException {
        boolean[] wanted = {true};
        carrier("eth0", "1", "4");
        carrier("lo", "1", "0");
        watch(wanted);
        carrier("eth0", "0", "5");
        carrier("lo", "1", "2");
        system.advance(Duration.ofSeconds(5));
        assertThat(tries).isZero();
        wanted[0] = false;
        carrier("eth0", "1", "6");
        system.advance(Duration.ofSeconds(5));
        assertThat(tries).isZero();
    }

    /** A carrier is there before an address is: the first tries fail. */
    @Test
    void afterACarrierCameAnUplinkTriesAsAfterAShortOutage() throws IOException {
        Site site = offline();
        for (int i = 1; i <= 10; i++) {
            site.server.up = false;
            site.server.down();
            site.seconds(600);
            carrier("eth0", "1", "" + 2 * i);
            site.seconds(5);
            assertThat(site.status().state()).isEqualTo(State.OFFLINE);
            site.server.up = true;
            site.seconds(2);
            assertThat(site.status().state()).as("time %d", i).isEqualTo(State.ONLINE);
        }
    }

    /** As a modem does that connects while a name is being looked up. */
    @Test
    void aCarrierThatComesDuringATryIsNoticedAfterIt() throws IOException {
        Site site = offline();
        site.seconds(600);
        site.server.hangs = true;
        while (site.server.hung == 0) {
            site.seconds(1);
        }
        carrier("eth0", "1", "2");
        site.server.hangs = false;
        site.server.up = true;
        // What hangs is given up after twice its 5 s and 2 s.
        site.seconds(12 + 2);
        assertThat(site.status().state()).isEqualTo(State.ONLINE);
    }

    private Site offline() throws IOException {
        carrier("eth0", "0", "1");
        Site site = new Site(new JsonFormat());
        site.server.up = false;
        new Ground(site.system, site.bus, site.outbox, site.disk, site.registry, event -> {})
                .uplink(
                        Map.of("streams", "*"),
                        UplinkSettings.Vault.EMPTY,
                        () -> Optional.empty(),
                        new Machine(root, root));
        site.seconds(1);
        return site;
    }
}
