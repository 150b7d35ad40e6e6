package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** A server of Milo's on the loopback address that is choosy: certificates, policies, users and whom it trusts are its tests'. */
final class SecuredServer implements Closeable {
    static final String URI = "urn:headgate:test:press";
    static final String USER = "operator";
    static final String PASSWORD = "let me in \u00e4";

    /** Making keys takes its time, and tests need no good ones: two are enough to tell one server from another. */
    static final KeyPair KEYS = keys();

    static final KeyPair OTHER_KEYS = keys();

    final int port;
    private final MemoryTrustListManager trusted = new MemoryTrustListManager();
    private final List<Offer> offers = new ArrayList<>();
    private final List<Consumer<OpcUaServer>> spaces = new ArrayList<>();
    private KeyPair keys = KEYS;
    private X509Certificate certificate = certificate(KEYS, URI, List.of("localhost"), Instant.now());
    private X509Certificate user;
    private UserTokenPolicy[] tokens = {
        OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS,
        OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME,
        OpcUaServerConfig.USER_TOKEN_POLICY_X509
    };
    private OpcUaServer server;
    private final AtomicInteger logins = new AtomicInteger();

    private record Offer(SecurityPolicy policy, MessageSecurityMode mode) {}

    SecuredServer() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    static KeyPair keys() {
        try {
            return SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A certificate that is valid from an hour before an instant for a year. */
    static X509Certificate certificate(KeyPair keys, String uri, List<String> hosts, Instant from) {
        try {
            return new SelfSignedCertificateGenerator()
                    .generateSelfSigned(
                            keys,
                            Date.from(from.minus(Duration.ofHours(1))),
                            Date.from(from.plus(Duration.ofDays(365))),
                            "press",
                            "Headgate tests",
                            null,
                            null,
                            null,
                            null,
                            uri,
                            hosts,
                            List.of("127.0.0.1"),
                            "SHA256withRSA");
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    SecuredServer offering(SecurityPolicy policy, MessageSecurityMode... modes) {
        for (MessageSecurityMode mode : modes) {
            offers.add(new Offer(policy, mode));
        }
        return this;
    }

    /** Everything of today, nothing unsecured. */
    SecuredServer offeringTheUsual() {
        for (SecurityPolicy policy : List.of(
                SecurityPolicy.Basic256Sha256,
                SecurityPolicy.Aes128_Sha256_RsaOaep,
                SecurityPolicy.Aes256_Sha256_RsaPss)) {
            offering(policy, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt);
        }
        return this;
    }

    SecuredServer showing(KeyPair own, X509Certificate shown) {
        keys = own;
        certificate = shown;
        return this;
    }

    SecuredServer trusting(X509Certificate... clients) {
        trusted.setTrustedCertificates(List.of(clients));
        return this;
    }

    SecuredServer knowing(X509Certificate person) {
        user = person;
        return this;
    }

    /** These logins instead of the usual three. */
    SecuredServer admitting(UserTokenPolicy... logins) {
        tokens = logins;
        return this;
    }

    SecuredServer having(Consumer<OpcUaServer> space) {
        spaces.add(space);
        return this;
    }

    X509Certificate certificate() {
        return certificate;
    }

    String address() {
        return "opc.tcp://127.0.0.1:" + port;
    }

    OpcUaServer server() {
        return server;
    }

    /** None is left; the server may still be ending what we have left. */
    void assertNoSession() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(server.getSessionManager().getAllSessions())
                        .as("sessions left")
                        .isEmpty());
    }

    /** How often a password came, right or wrong. */
    int logins() {
        return logins.get();
    }

    SecuredServer start() throws Exception {
        // Milo's server has no policy of RSA-PSS without it, and says so by hanging up.
        java.security.Security.addProvider(new BouncyCastleProvider());
        MemoryCertificateQuarantine quarantine = new MemoryCertificateQuarantine();
        DefaultApplicationGroup group = DefaultApplicationGroup.createAndInitialize(
                trusted,
                new MemoryCertificateStore(),
                new Given(keys, certificate),
                new DefaultServerCertificateValidator(trusted, quarantine));
        Set<EndpointConfig> endpoints = new LinkedHashSet<>();
        for (Offer offer : offers) {
            endpoints.add(EndpointConfig.newBuilder()
                    .setBindAddress("127.0.0.1")
                    .setBindPort(port)
                    .setHostname("127.0.0.1")
                    .setCertificate(certificate)
                    .setSecurityPolicy(offer.policy)
                    .setSecurityMode(offer.mode)
                    .addTokenPolicies(tokens)
                    .build());
        }
        OpcUaServerConfig config = OpcUaServerConfig.builder()
                .setApplicationName(LocalizedText.english("Press 3"))
                .setApplicationUri(URI)
                .setProductUri(URI)
                .setEndpoints(endpoints)
                .setCertificateManager(new DefaultCertificateManager(quarantine, group))
                .setIdentityValidator(new CompositeValidator(
                        AnonymousIdentityValidator.INSTANCE,
                        new UsernameIdentityValidator(challenge -> logins.incrementAndGet() > 0
                                && challenge.getUsername().equals(USER)
                                && challenge.getPassword().equals(PASSWORD)),
                        new X509IdentityValidator(person -> person.equals(user))))
                .build();
        server = new OpcUaServer(
                config,
                profile -> new OpcTcpServerTransport(
                        OpcTcpServerTransportConfig.newBuilder().build()));
        spaces.forEach(space -> space.accept(server));
        server.startup().get(20, TimeUnit.SECONDS);
        return this;
    }

    void stop() throws Exception {
        server.shutdown().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }

    /** Gives what it was given. */
    private record Given(KeyPair keys, X509Certificate certificate) implements CertificateFactory {
        @Override
        public KeyPair createKeyPair(NodeId type) {
            return keys;
        }

        @Override
        public X509Certificate[] createCertificateChain(NodeId type, KeyPair pair) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public ByteString createSigningRequest(
                NodeId type, KeyPair pair, X500Name name, String uri, List<String> hosts, List<String> addresses) {
            throw new UnsupportedOperationException(NodeIds.RsaSha256ApplicationCertificateType + " only");
        }
    }
}
