package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.driver.opcua.Registry.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking a server for the servers that it knows (OPC 10000-4, 5.5.2). */
class DiscoveryServerTest {
    @TempDir
    Path folder;

    private final Reactor reactor = Ground.loaded();
    private Ground ground;
    private SecuredServer server;

    @BeforeEach
    void build() throws Exception {
        ground = new Ground(folder);
        server = new SecuredServer().offering(SecurityPolicy.None, MessageSecurityMode.None);
    }

    @AfterEach
    void stop() throws Exception {
        server.assertNoSession();
        server.close();
        reactor.stop();
    }

    private List<Discovered> search(ApplicationType kind, ApplicationDescription... others) throws Exception {
        server.having(milo -> Registry.on(milo, server.address(), kind, others)).start();
        List<Discovered> found = new ArrayList<>();
        new ServerDiscovery(ground.keyring, reactor, new MovedClock())
                .search(
                        new DeviceSettings(
                                "discover",
                                server.address(),
                                Duration.ofSeconds(20),
                                List.of(),
                                Map.of("security", "none")),
                        found::add);
        return found;
    }

    @Test
    void theServersOfADiscoveryServerAreShownAndItselfIsNoDevice() throws Exception {
        List<Discovered> found = search(
                ApplicationType.DiscoveryServer,
                application("urn:line:1", "Line 1", ApplicationType.Server, "opc.tcp://10.0.0.1:4840"),
                application("urn:line:2", "", ApplicationType.ClientAndServer, "https://line2/", "opc.tcp://line2/ua"),
                application("urn:panel", "Panel", ApplicationType.Client, "opc.tcp://10.0.0.3:4840"),
                application("urn:cloud", "Cloud", ApplicationType.Server, "https://cloud:443/"));
        assertThat(found)
                .containsExactly(
                        new Discovered(
                                "Line 1",
                                "opc.tcp://10.0.0.1:4840",
                                "Line 1 (urn:line:1)",
                                "a server of its own: device:discover opcua opc.tcp://10.0.0.1:4840",
                                Map.of(),
                                List.of()),
                        new Discovered(
                                "server",
                                "opc.tcp://line2/ua",
                                "server (urn:line:2)",
                                "a server of its own: device:discover opcua opc.tcp://line2/ua",
                                Map.of(),
                                List.of()));
    }

    @Test
    void aServerThatKnowsOthersIsADeviceBesideThem() throws Exception {
        server.having(Plant::new);
        List<Discovered> found = search(
                ApplicationType.Server,
                application("urn:line:1", "Line 1", ApplicationType.Server, "opc.tcp://10.0.0.1:4840"));
        assertThat(found).extracting(Discovered::name).containsExactly("Line 1", "registry");
        assertThat(found.get(0).obstacle()).isNotEmpty();
        assertThat(found.get(1).obstacle()).isEmpty();
        assertThat(found.get(1).points()).isNotEmpty();
    }

    /** What stands in a registry was written by whoever has registered: it is shown on a console. */
    @Test
    void whatOthersHaveWrittenIntoItIsBoundedAndOneLine() throws Exception {
        ApplicationDescription[] many = IntStream.range(0, 300)
                .mapToObj(i -> application("urn:" + i, "n", ApplicationType.Server, "opc.tcp://10.0.0.1:" + (1 + i)))
                .toArray(ApplicationDescription[]::new);
        many[0] = application(null, "two\nlines", ApplicationType.Server, "opc.tcp://10.0.0.1:4840");
        many[1] = application("urn:1", "esc", ApplicationType.Server, "opc.tcp://10.0.0.1/\u001b[2J");
        many[2] = application("urn:2", "long", ApplicationType.Server, "opc.tcp://10.0.0.1/" + "a".repeat(5000));
        many[3] = application("urn:3", "port", ApplicationType.Server, "opc.tcp://10.0.0.1:99999");
        many[4] = application("urn:4", "none", ApplicationType.Server, (String[]) null);
        many[5] = application("urn:5", "paste", ApplicationType.Server, "opc.tcp://10.0.0.1/;system:shutdown");
        List<Discovered> found = search(ApplicationType.DiscoveryServer, many);
        assertThat(found)
                .hasSize(94)
                .extracting(Discovered::name)
                .doesNotContain("esc", "long", "port", "none", "paste");
        assertThat(found.get(0).description()).isEqualTo("two lines (without a name)");
        assertThat(found)
                .allSatisfy(one -> assertThat(one.address() + one.description() + one.obstacle())
                        .matches("\\P{Cntrl}{1,600}"));
    }
}
