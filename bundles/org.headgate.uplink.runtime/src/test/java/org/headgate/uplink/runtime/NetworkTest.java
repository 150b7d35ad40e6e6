package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.headgate.host.Machine;
import org.headgate.system.api.Loop;
import org.headgate.system.api.kit.SimulatedSystem;
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
        new Network(new Machine(root, root), system).await(loop, () -> wanted[0], () -> tries++);
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
}
