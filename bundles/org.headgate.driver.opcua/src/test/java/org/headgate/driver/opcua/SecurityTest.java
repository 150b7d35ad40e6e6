package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.driver.opcua.Ground.device;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.headgate.device.api.DeviceSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Milo's own server, which does what the standard says a server should. */
class SecurityTest {
    @TempDir
    Path folder;

    private Ground ground;
    private SecuredServer server;

    @BeforeEach
    void build() throws Exception {
        ground = new Ground(folder);
        server = new SecuredServer();
    }

    @AfterEach
    void stop() throws Exception {
        if (server.server() != null) {
            server.assertNoSession();
            server.close();
        }
    }

    private String trust() {
        return Fingerprint.of(server.certificate()).toString();
    }

    private SecuredServer trustingUs() throws Exception {
        return server.trusting(ground.certified().certificate());
    }

    @Test
    void speaksEveryPolicyThatIsNamed() throws Exception {
        trustingUs();
        for (SecurityPolicy policy : SecurityPolicy.values()) {
            if (policy != SecurityPolicy.None) {
                server.offering(policy, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt);
            }
        }
        server.start();
        for (SecurityPolicy policy : SecurityPolicy.values()) {
            for (String mode : List.of("sign", "sign-and-encrypt")) {
                if (policy != SecurityPolicy.None) {
                    EndpointDescription used = ground.visit(
                            device(server.address(), "policy", policy.name(), "security", mode, "trust", trust()));
                    assertThat(EndpointChoice.words(used))
                            .isEqualTo((mode.equals("sign") ? "Sign " : "SignAndEncrypt ") + policy);
                }
            }
        }
    }

    @Test
    void takesTheStrongestByItselfAndNothingDeprecated() throws Exception {
        trustingUs()
                .offeringTheUsual()
                .offering(SecurityPolicy.Basic256, MessageSecurityMode.SignAndEncrypt)
                .offering(SecurityPolicy.None, MessageSecurityMode.None)
                .start();
        EndpointDescription used = ground.visit(device(server.address(), "trust", trust()));
        assertThat(used.getSecurityPolicyUri()).isEqualTo(SecurityPolicy.Aes256_Sha256_RsaPss.getUri());
        assertThat(used.getSecurityMode()).isEqualTo(MessageSecurityMode.SignAndEncrypt);
    }

    @Test
    void signsRatherThanTakeADeprecatedPolicyThatEncrypts() throws Exception {
        trustingUs()
                .offering(SecurityPolicy.Basic256, MessageSecurityMode.SignAndEncrypt)
                .offering(SecurityPolicy.Aes128_Sha256_RsaOaep, MessageSecurityMode.Sign)
                .start();
        EndpointDescription used = ground.visit(device(server.address(), "trust", trust()));
        assertThat(used.getSecurityPolicyUri()).isEqualTo(SecurityPolicy.Aes128_Sha256_RsaOaep.getUri());
    }

    @Test
    void neverFallsToNoneByItself() throws Exception {
        server.offering(SecurityPolicy.None, MessageSecurityMode.None).start();
        ground.needs(device(server.address()), "the server encrypts nothing", "device:set press security=none");
        assertThat(ground.visit(device(server.address(), "security", "none")).getSecurityMode())
                .isEqualTo(MessageSecurityMode.None);
        assertThat(ground.secret(Keyring.NAME))
                .as("a certificate that nobody needs")
                .doesNotExist();
    }

    @Test
    void namesADeprecatedPolicyInsteadOfTakingIt() throws Exception {
        trustingUs()
                .offering(SecurityPolicy.Basic256, MessageSecurityMode.SignAndEncrypt)
                .offering(SecurityPolicy.Basic128Rsa15, MessageSecurityMode.SignAndEncrypt)
                .start();
        ground.needs(
                device(server.address(), "trust", trust()),
                "the server only knows what is deprecated (SignAndEncrypt Basic256, SignAndEncrypt Basic128Rsa15)",
                "device:set press policy=Basic256");
    }

    @Test
    void saysWhatTheServerOffersWhenItIsNotWhatWasAskedFor() throws Exception {
        server.offering(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign)
                .offering(SecurityPolicy.None, MessageSecurityMode.None)
                .start();
        assertThatThrownBy(() -> ground.visit(device(server.address(), "security", "sign-and-encrypt")))
                .hasMessage(
                        "the server does not offer security = sign-and-encrypt (it offers: Sign Basic256Sha256, None)");
    }

    @Test
    void asksAPersonBeforeItTrustsAServer() throws Exception {
        trustingUs().offeringTheUsual().start();
        ground.needs(
                device(server.address()),
                "server certificate " + trust().substring(0, 11) + "...",
                "opcua:trust press");
        ground.visit(device(server.address(), "trust", trust()));
    }

    @Test
    void tellsAChangedCertificateFromAnUnknownOne() throws Exception {
        trustingUs().offeringTheUsual().start();
        String old = trust();
        ground.visit(device(server.address(), "trust", old));
        server.stop();
        server.showing(
                        SecuredServer.OTHER_KEYS,
                        SecuredServer.certificate(
                                SecuredServer.OTHER_KEYS, SecuredServer.URI, List.of(), Instant.now()))
                .start();
        ground.needs(
                device(server.address(), "trust", old),
                "server certificate has changed from " + old.substring(0, 11) + "... to " + trust().substring(0, 11)
                        + "...",
                "opcua:trust press");
        ground.visit(device(server.address(), "trust", old + ", " + trust()));
    }

    @Test
    void tellsExpiredFromNotYetValidAndTakesEitherWhenToldSo() throws Exception {
        for (Duration shift : List.of(Duration.ofDays(-400), Duration.ofDays(40))) {
            shows(SecuredServer.URI, List.of(), Instant.now().plus(shift));
            String line = shift.isNegative()
                    ? "the server's certificate expired on .*: renew it at the server; tolerate = dates .*"
                    : "the server's certificate is not valid before .*, and it is .*: are both clocks right\\?; .*";
            assertThatThrownBy(() -> ground.visit(device(server.address(), "trust", trust())))
                    .hasMessageMatching(line);
            ground.visit(device(server.address(), "trust", trust(), "tolerate", "dates"));
            server.stop();
        }
        server = new SecuredServer();
    }

    @Test
    void doesNotJudgeDatesWhileTheClockIsNotSet() throws Exception {
        shows(SecuredServer.URI, List.of(), Instant.now().plus(Duration.ofDays(40)));
        ground.certified();
        ground.system.clockSet(false);
        ground.visit(device(server.address(), "trust", trust()));
    }

    @Test
    void checksWhichHostAndApplicationACertificateIsFor() throws Exception {
        shows("urn:somebody:else", List.of("other"), Instant.now());
        assertThatThrownBy(() -> ground.visit(device(server.address(), "trust", trust())))
                .hasMessage(
                        "the server's certificate is for the application urn:somebody:else, but the server says that"
                                + " it is urn:headgate:test:press; tolerate = uri takes it all the same");
        String localhost = server.address().replace("127.0.0.1", "localhost");
        assertThatThrownBy(() -> ground.visit(device(localhost, "trust", trust(), "tolerate", "uri")))
                .hasMessage("the server's certificate is for other, 127.0.0.1, not for localhost;"
                        + " tolerate = host takes it all the same");
        ground.visit(device(localhost, "trust", trust(), "tolerate", "uri, host"));
    }

    private void shows(String uri, List<String> hosts, Instant from) throws Exception {
        trustingUs()
                .offering(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt)
                .showing(SecuredServer.KEYS, SecuredServer.certificate(SecuredServer.KEYS, uri, hosts, from))
                .start();
    }

    @Test
    void saysWhereOurCertificateIsWhenTheServerRefusesIt() throws Exception {
        server.offeringTheUsual().start();
        DeviceSettings settings = device(server.address(), "trust", trust());
        X509Certificate ours = ground.certified().certificate();
        Path file = folder.resolve("files/opcua-client.der");
        ground.needs(
                settings,
                "the server refused ours (" + Fingerprint.of(ours).brief() + ", file " + file + ")",
                "trust it there");
        assertThat(file).hasBinaryContent(ours.getEncoded());
        server.trusting(ours);
        ground.visit(settings);
    }

    @Test
    void waitsForTheClockBeforeItMakesACertificate() throws Exception {
        server.offeringTheUsual().start();
        ground.system.clockSet(false);
        assertThatThrownBy(() -> ground.visit(device(server.address(), "trust", trust())))
                .hasMessage("the clock is not set, so no certificate can be made: set it, or let NTP do it");
        assertThat(ground.secret(Keyring.NAME)).doesNotExist();
        ground.system.clockSet(true);
        server.trusting(ground.keyring.own().certificate());
        ground.visit(device(server.address(), "trust", trust()));
    }
}
