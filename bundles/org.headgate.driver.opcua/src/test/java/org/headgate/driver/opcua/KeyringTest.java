package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
    @TempDir
    Path folder;

    private Ground ground;

    @BeforeEach
    void build() throws Exception {
        ground = new Ground(folder);
    }

    @Test
    void makesTheCertificateThatServersExpect() throws Exception {
        X509Certificate made = ground.keyring.own().certificate();
        assertThat(((RSAPublicKey) made.getPublicKey()).getModulus().bitLength())
                .isEqualTo(2048);
        assertThat(made.getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThat(CertificateUtil.getSanUri(made)).contains("urn:headgate:gw-1");
        assertThat(CertificateUtil.getSanDnsNames(made)).containsExactly("gw-host");
        assertThat(made.getNotBefore().toInstant()).isBefore(ground.keyring.now());
        assertThat(made.getNotAfter().toInstant()).isAfter(ground.keyring.now().plus(Duration.ofDays(3600)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ground.secret(Keyring.NAME))))
                .isEqualTo("rw-------");
        assertThat(ground.keyring.own().certificate())
                .as("the same one afterwards")
                .isEqualTo(made);
    }

    @Test
    void keepsItsKeyOutOfWhatIsExported() throws Exception {
        OwnCertificate own = ground.certified();
        Path exported = ground.keyring.exported(own);
        assertThat(exported).hasBinaryContent(own.certificate().getEncoded());
        Files.write(exported, new byte[] {1});
        assertThat(ground.keyring.exported(own)).as("an older one").hasBinaryContent(own.der());
    }

    @Test
    void renewsItSixtyDaysBeforeItsEnd() throws Exception {
        OwnCertificate own = ground.certified();
        Instant end = own.certificate().getNotAfter().toInstant();
        ground.system.step(Duration.between(ground.keyring.now(), end.minus(Duration.ofDays(61))));
        assertThat(ground.keyring.own().fingerprint()).isEqualTo(own.fingerprint());
        ground.system.step(Duration.ofDays(2));
        OwnCertificate renewed = ground.keyring.own();
        assertThat(renewed.fingerprint()).isNotEqualTo(own.fingerprint());
        assertThat(ground.keyring.held().orElseThrow().fingerprint()).isEqualTo(renewed.fingerprint());
    }

    @Test
    void makesAnotherOneWhenItIsForAnotherGatewayOrFromTheFuture() throws Exception {
        ground.keep(
                Keyring.NAME,
                OwnCertificate.make("other", "", ground.keyring.now()).pem());
        assertThat(CertificateUtil.getSanUri(ground.keyring.own().certificate()))
                .contains("urn:headgate:gw-1");
        ground.keep(
                Keyring.NAME,
                OwnCertificate.make("gw-1", "", ground.keyring.now().plus(Duration.ofDays(30)))
                        .pem());
        assertThat(ground.keyring.own().certificate().getNotBefore().toInstant())
                .isBefore(ground.keyring.now());
    }

    @Test
    void usesWhatItHasWhileTheClockIsNotSet() throws Exception {
        OwnCertificate own = ground.certified();
        ground.system.clockSet(false);
        ground.system.step(Duration.ofDays(-9000));
        assertThat(ground.keyring.own().fingerprint()).isEqualTo(own.fingerprint());
    }

    @Test
    void neverReplacesAFileThatItCannotRead() throws Exception {
        ground.certified();
        Path file = ground.secret(Keyring.NAME);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> ground.keyring.own()).hasMessage(file + " cannot be read: chmod 600 " + file);
        ground.keep(Keyring.NAME, "damaged".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ground.keyring.own())
                .hasMessageStartingWith(file.toString())
                .hasMessageEndingWith(
                        "; secret:remove opcua-client.pem makes room for a new one, which servers must trust anew");
        ground.keep(Keyring.NAME, before);
        ground.keyring.own();
    }
}
