package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The threads of all connections wait for nothing: the disk of a gateway may be busy for seconds. */
class SlowDiskTest {
    /** Bad_SecurityChecksFailed, and no words. */
    private static final byte[] SECURITY_CHECKS_FAILED = {0, 0, 0x13, (byte) 0x80, -1, -1, -1, -1};

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    /** Why it was lost has to do with our certificate, perhaps: who asks for that waits for the disk, and nobody else. */
    @Test
    @Timeout(300)
    void aLostConnectionIsToldAndOthersGoOnWhileTheDiskAnswersNothing() throws Exception {
        Reactor reactor = Ground.loaded();
        Ground ground = new Ground(home);
        OpcUaDriver driver = new OpcUaDriver(new MovedClock(), ground.keyring, reactor);
        SecuredServer secured = new SecuredServer()
                .offering(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)
                .trusting(ground.certified().certificate())
                .start();
        Interceptor way = new Interceptor(secured.port, secured.port);
        MiloServer plain = new MiloServer();
        CountDownLatch released = new CountDownLatch(1);
        List<Connection> others = new ArrayList<>();
        try {
            DeviceSettings settings = new Site(plain.url())
                    .timeout(SOON)
                    .channel("double", Type.DOUBLE)
                    .settings();
            for (int i = 0; i < 4; i++) {
                others.add(driver.open(settings));
            }
            Heard heard = new Heard();
            DeviceSettings lost = settings(secured, way.address());
            Connection connection = driver.open(lost);
            others.add(connection);
            connection.subscribe(lost.channels(), heard);
            ground.waitsFor(released);
            // What a server says that does not trust our certificate any more; this is never signed (OPC 10000-6,
            // 7.1.2.5).
            way.say(HostileServer.chunk("ERRF", 16, SECURITY_CHECKS_FAILED));
            assertThat(heard.failure).succeedsWithin(SOON);
            for (Connection other : others.subList(0, 4)) {
                assertThat(Site.read(other, settings).values).containsEntry(0, 21.25);
            }
        } finally {
            released.countDown();
            others.forEach(Connection::close);
            plain.close();
            secured.close();
            way.close();
            reactor.stop();
        }
    }

    private static DeviceSettings settings(SecuredServer server, String address) {
        Channel channel = new Channel("c", "i=2258", Type.STRING, "", Access.READ, Map.of());
        Map<String, String> options = new HashMap<>();
        options.put("trust", Fingerprint.of(server.certificate()).toString());
        return new DeviceSettings("press", address, SOON, List.of(channel), options);
    }
}
