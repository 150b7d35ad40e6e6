package org.headgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.doctor.Findings.about;
import static org.headgate.doctor.Findings.assertFinding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.host.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who listens, on a machine made of files. */
class PortsCheckTest {
    @TempDir
    Path root;

    private final MemoryConfigurations configurations = new MemoryConfigurations();

    @Test
    void aPortThatIsOpenToTheNetworkFailsAndOneThatIsNotThereWarns() throws Exception {
        configurations.with("headgate.gateway.cfg", Map.of("broker", "true", "console.port", "8101"));
        configurations.with("headgate.broker.cfg", Map.of("port", "1884"));
        PortsCheck check = new PortsCheck(configurations, new Machine(root, root), 8101);
        listen("0100007F:1FA5", "0100007F:075C");
        assertFinding(about("console", check.check()), Level.OK, "port 8101 for this machine only", "");
        assertFinding(about("broker", check.check()), Level.OK, "port 1884", "");
        listen("00000000:1FA5");
        assertFinding(about("console", check.check()), Level.FAIL, "port 8101 for the network", "console.port");
        assertFinding(about("port 8101", check.check()), Level.FAIL, "open to the network on 0.0.0.0", "driver:list");
        assertFinding(about("broker", check.check()), Level.WARN, "nothing of ours listens on port 1884", "ss -ltnp");
        configurations.put("headgate.gateway.cfg", "console.port", "8102");
        assertThat(check.check())
                .anySatisfy(finding -> assertFinding(finding, Level.WARN, "8102 now, but it listens on 8101", "start"));
        configurations.put("headgate.gateway.cfg", "console.port", "abc");
        assertThat(check.check())
                .anySatisfy(finding -> assertFinding(finding, Level.WARN, "abc now, but it listens on 8101", "start"));
    }

    @Test
    void thePortThatDevicesPostToIsWantedWhereOneListensAndMayBeOpenToTheNetworkWhereItsFileSaysSo() throws Exception {
        PortsCheck check = new PortsCheck(configurations, new Machine(root, root), 8101);
        configurations.with("headgate.device-roof.cfg", Map.of("driver", "http", "address", "http://192.0.2.7/"));
        configurations.with("headgate.device-off.cfg", Map.of("driver", "http", "listen", "in", "enabled", "false"));
        listen("0100007F:1FA5", "0100007F:2120");
        assertThat(check.check()).extracting(Finding::subject).containsExactly("console");
        configurations.with("headgate.device-meter.cfg", Map.of("driver", "http", "profile", "poster"));
        configurations.with("headgate.profile-poster.cfg", Map.of("listen", "in"));
        assertFinding(about("http", check.check()), Level.OK, "port 8480 for this machine only", "");
        listen("0100007F:1FA5");
        assertFinding(about("http", check.check()), Level.WARN, "on port 8480", "listen of headgate.http.cfg");
        listen("0100007F:1FA5", "00000000:2120");
        assertFinding(about("http", check.check()), Level.FAIL, "port 8480 for the network", "listen of");
        assertFinding(about("port 8480", check.check()), Level.FAIL, "open to the network", "driver:list");

        configurations.with("headgate.http.cfg", Map.of("listen", "0.0.0.0:8481", "tls.key", "server.key"));
        listen("0100007F:1FA5", "00000000:2121");
        assertThat(check.check()).extracting(Finding::subject).containsExactly("console", "http");
        assertFinding(about("http", check.check()), Level.OK, "port 8481 for the network, with TLS", "");
        configurations.with("headgate.http.cfg", Map.of("listen", "0.0.0.0:8481", "clear-text", "true"));
        assertFinding(about("http", check.check()), Level.WARN, "tokens can be read", "tls.certificate");
        configurations.with("headgate.http.cfg", Map.of("listen", "127.0.0.1:8481", "clear-text", "true"));
        assertFinding(about("http", check.check()), Level.FAIL, "port 8481 for the network", "listen of");
        configurations.with("headgate.http.cfg", Map.of("listen", "0.0.0.0:8481"));
        assertFinding(about("http", check.check()), Level.FAIL, "port 8481 for the network", "listen of");
        configurations.with("headgate.http.cfg", Map.of("listen", "somewhere"));
        assertThat(check.check()).extracting(Finding::subject).containsExactly("port 8481", "console");
    }

    private void listen(String... addresses) throws IOException {
        StringBuilder table = new StringBuilder("  sl  local_address\n");
        Path fd = Files.createDirectories(root.resolve("proc/self/fd"));
        for (int i = 0; i < addresses.length; i++) {
            table.append(String.format(
                    "%4d: %s 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 %d 1%n", i, addresses[i], i));
            Files.deleteIfExists(fd.resolve(String.valueOf(i)));
            Files.createSymbolicLink(fd.resolve(String.valueOf(i)), Path.of("socket:[" + i + "]"));
        }
        Path file = root.resolve("proc/self/net/tcp");
        Files.createDirectories(file.getParent());
        Files.writeString(file, table.toString());
    }
}
