package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserNameIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
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

    /** Milo logs in on the threads of all connections: the password must be there by then. */
    @Test
    @Timeout(300)
    void aLoginWaitsForTheDiskOnTheThreadThatOpensItAlone() throws Exception {
        Reactor reactor = Ground.loaded();
        Ground ground = new Ground(home);
        SecuredServer secured = new SecuredServer()
                .offering(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)
                .trusting(ground.certified().certificate())
                .start();
        ground.keep("pw", SecuredServer.PASSWORD.getBytes(StandardCharsets.UTF_8));
        CountDownLatch released = new CountDownLatch(1);
        try {
            ground.waitsFor(released, Thread.currentThread());
            OpcUaDriver driver = new OpcUaDriver(new MovedClock(), ground.keyring, reactor);
            DeviceSettings settings =
                    settings(secured, secured.address(), "user", SecuredServer.USER, "password", "@pw");
            try (Connection connection = driver.open(settings)) {
                assertThat(Site.read(connection, settings).values).containsKey(0);
            }
            assertThat(secured.logins()).isEqualTo(1);
        } finally {
            released.countDown();
            secured.close();
            reactor.stop();
        }
    }

    /** Where the opening took too long, Milo may still be about to log in: nothing is better than a wrong password. */
    @Test
    void aPasswordIsForgottenWhenTheOpeningHasEnded() throws Exception {
        Ground ground = new Ground(home);
        ground.keep("pw", SecuredServer.PASSWORD.getBytes(StandardCharsets.UTF_8));
        SecuritySettings settings = SecuritySettings.of(Ground.device(
                "opc.tcp://127.0.0.1:4840",
                "security",
                "none",
                "user",
                "operator",
                "password",
                "@pw",
                "unencrypted-login",
                "true"));
        UserTokenPolicy open =
                new UserTokenPolicy("open", UserTokenType.UserName, null, null, SecurityPolicy.None.getUri());
        EndpointDescription endpoint = new EndpointDescription(
                "opc.tcp://127.0.0.1:4840",
                null,
                ByteString.NULL_VALUE,
                MessageSecurityMode.None,
                SecurityPolicy.None.getUri(),
                new UserTokenPolicy[] {open},
                null,
                UByte.MIN);
        Identities identities = new Identities(settings.login(), new EndpointChoice(settings), ground.keyring);
        IdentityProvider provider = identities.provider();
        for (int i = 0; i < 2; i++) {
            UserNameIdentityToken token = (UserNameIdentityToken)
                    provider.getIdentityToken(endpoint, ByteString.NULL_VALUE).getToken();
            assertThat(token.getPassword().bytesOrEmpty())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(SecuredServer.PASSWORD);
        }
        identities.clear();
        assertThatThrownBy(() -> provider.getIdentityToken(endpoint, ByteString.NULL_VALUE))
                .hasMessage("the opening has ended");
    }

    private static DeviceSettings settings(SecuredServer server, String address, String... login) {
        Channel channel = new Channel("c", "i=2258", Type.STRING, "", Access.READ, Map.of());
        Map<String, String> options = new HashMap<>();
        options.put("trust", Fingerprint.of(server.certificate()).toString());
        for (int i = 0; i < login.length; i += 2) {
            options.put(login[i], login[i + 1]);
        }
        return new DeviceSettings("press", address, SOON, List.of(channel), options);
    }
}
