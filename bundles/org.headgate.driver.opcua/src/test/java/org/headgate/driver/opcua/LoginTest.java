package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.driver.opcua.Ground.device;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.DeviceSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who we are to Milo's own server: a name and a password, a certificate and its key. */
class LoginTest {
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
        server.assertNoSession();
        server.close();
    }

    private String trust() {
        return Fingerprint.of(server.certificate()).toString();
    }

    private SecuredServer trustingUs() throws Exception {
        return server.trusting(ground.certified().certificate());
    }

    private void keep(String name, String text) throws Exception {
        ground.keep(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void letsTheServerKnowAUserByName() throws Exception {
        trustingUs().offeringTheUsual().start();
        DeviceSettings settings =
                device(server.address(), "trust", trust(), "user", SecuredServer.USER, "password", "@press-password");
        ground.needs(settings, "password @press-password is not set", "secret:set press-password");
        keep("press-password", "wrong");
        assertThatThrownBy(() -> ground.visit(settings))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageMatching("the server refused the user operator \\(Bad_\\w+\\)");
        keep("press-password", (SecuredServer.PASSWORD + "\n"));
        ground.visit(settings);
    }

    @Test
    void letsTheServerKnowAUserByCertificate() throws Exception {
        OwnCertificate person = OwnCertificate.make("jane", "", Instant.now());
        trustingUs().offeringTheUsual().knowing(person.certificate()).start();
        DeviceSettings settings = device(server.address(), "trust", trust(), "certificate", "@jane.pem");
        ground.needs(settings, "certificate @jane.pem is not set", "secret:set jane.pem");
        keep("jane.pem", "no key");
        assertThatThrownBy(() -> ground.visit(settings))
                .hasMessageStartingWith("certificate: @jane.pem (expected: a key in PEM or PKCS#12");
        ground.keep("jane.pem", OwnCertificate.make("joe", "", Instant.now()).pem());
        assertThatThrownBy(() -> ground.visit(settings))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageStartingWith("the server refused the certificate @jane.pem as a user (Bad_");
        ground.keep("jane.pem", person.pem());
        ground.visit(settings);
    }

    /** A server allows few of them: its time-out is minutes, and a device is tried again before. */
    @Test
    void leavesNoSessionBehindHoweverOftenALoginIsRefused() throws Exception {
        trustingUs().offeringTheUsual().start();
        keep("pw", "wrong");
        ground.keep("joe.pem", OwnCertificate.make("joe", "", Instant.now()).pem());
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> ground.visit(
                            device(server.address(), "trust", trust(), "user", SecuredServer.USER, "password", "@pw")))
                    .isInstanceOf(ActionNeededException.class);
            assertThatThrownBy(
                            () -> ground.visit(device(server.address(), "trust", trust(), "certificate", "@joe.pem")))
                    .isInstanceOf(ActionNeededException.class);
            server.assertNoSession();
        }
    }

    @Test
    void sendsNoPasswordThatAnybodyCouldRead() throws Exception {
        server.offering(SecurityPolicy.None, MessageSecurityMode.None).start();
        keep("pw", SecuredServer.PASSWORD);
        DeviceSettings open =
                device(server.address(), "security", "none", "user", SecuredServer.USER, "password", "@pw");
        // This server encrypts a password by its certificate, also where it encrypts nothing else: then that must be
        // trusted.
        ground.needs(open, "server certificate " + trust().substring(0, 11) + "...", "opcua:trust press");
        ground.visit(device(
                server.address(), "security", "none", "user", SecuredServer.USER, "password", "@pw", "trust", trust()));
    }

    @Test
    void takesAPersonsKeyAndCertificateOutOfPkcs12() throws Exception {
        OwnCertificate person = OwnCertificate.make("jane", "", Instant.now());
        trustingUs().offeringTheUsual().knowing(person.certificate()).start();
        ground.keep("jane.p12", pkcs12(person, "se same"));
        DeviceSettings settings = device(
                server.address(),
                "trust",
                trust(),
                "certificate",
                "@jane.p12",
                "certificate.password",
                "@jane-password");
        ground.needs(settings, "certificate.password @jane-password is not set", "secret:set jane-password");
        keep("jane-password", "wrong");
        assertThatThrownBy(() -> ground.visit(settings))
                .hasMessageStartingWith("certificate: @jane.p12 (expected: a key in PEM or PKCS#12;"
                        + " does certificate.password open it?")
                .hasMessageNotContaining("wrong");
        keep("jane-password", "se same\r\n");
        ground.visit(settings);
        ground.keep("jane.p12", pkcs12(person, ""));
        ground.visit(device(server.address(), "trust", trust(), "certificate", "@jane.p12"));
    }

    private static byte[] pkcs12(OwnCertificate person, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "jane", person.keys().getPrivate(), password.toCharArray(), new Certificate[] {person.certificate()});
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        store.store(file, password.toCharArray());
        return file.toByteArray();
    }

    private static UserTokenPolicy openPassword() {
        return new UserTokenPolicy("open", UserTokenType.UserName, null, null, SecurityPolicy.None.getUri());
    }

    /** The server of many a machine: no encryption at all, and a password all the same. */
    @Test
    void sendsAPasswordInTheOpenOnlyWhenAPersonHasWrittenThat() throws Exception {
        server.offering(SecurityPolicy.None, MessageSecurityMode.None)
                .admitting(openPassword())
                .start();
        keep("pw", SecuredServer.PASSWORD);
        String[] settings = {"security", "none", "user", SecuredServer.USER, "password", "@pw"};
        assertThatThrownBy(() -> ground.visit(device(server.address(), settings)))
                .isInstanceOf(NotSecureException.class)
                .hasMessage("the password would be sent so that anybody on the way can read it, and was not sent:"
                        + " choose another security, or write unencrypted-login = true");
        assertThat(server.logins()).isZero();
        ground.visit(device(server.address(), with(settings, "unencrypted-login", "true")));
        assertThat(server.logins()).isEqualTo(1);
    }

    @Test
    void readsAPasswordThatIsOnlySignedAsOpen() throws Exception {
        trustingUs()
                .offering(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign)
                .admitting(openPassword())
                .start();
        keep("pw", SecuredServer.PASSWORD);
        assertThatThrownBy(() -> ground.visit(
                        device(server.address(), "trust", trust(), "user", SecuredServer.USER, "password", "@pw")))
                .isInstanceOf(NotSecureException.class);
        assertThat(server.logins()).isZero();
    }

    private static String[] with(String[] settings, String... more) {
        return Stream.of(settings, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void saysWhichLoginsTheServerTakes() throws Exception {
        server.offering(SecurityPolicy.None, MessageSecurityMode.None)
                .admitting(openPassword())
                .start();
        assertThatThrownBy(() -> ground.visit(device(server.address(), "security", "none")))
                .hasMessage("the server lets nobody in by no name (anonymous) (expected: user and password)");
    }
}
