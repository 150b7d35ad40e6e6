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

    private void at(Instant instant) {
        ground.system.step(Duration.between(ground.keyring.now(), instant));
    }

    /** Servers trust the old one, and need somebody who makes them trust the next one: that takes its time. */
    @Test
    void makesTheNextOneSixtyDaysBeforeTheEndAndUsesTheOldOneUntilThen() throws Exception {
        OwnCertificate own = ground.certified();
        Instant end = own.certificate().getNotAfter().toInstant();
        at(end.minus(Duration.ofDays(61)));
        assertThat(ground.keyring.own().fingerprint()).isEqualTo(own.fingerprint());
        assertThat(ground.keyring.next()).isEmpty();
        at(end.minus(Duration.ofDays(59)));
        assertThat(ground.keyring.own().fingerprint()).isEqualTo(own.fingerprint());
        OwnCertificate next = ground.keyring.next().orElseThrow();
        assertThat(next.fingerprint()).isNotEqualTo(own.fingerprint());
        Path exported = folder.resolve("files/opcua-client-next.der");
        assertThat(exported).hasBinaryContent(next.der());
        Files.delete(exported);
        at(end.minus(Duration.ofDays(1)));
        assertThat(ground.keyring.own().fingerprint()).isEqualTo(own.fingerprint());
        assertThat(ground.keyring.next().orElseThrow().fingerprint())
                .as("made once")
                .isEqualTo(next.fingerprint());
        assertThat(exported).as("put there again").exists();
        at(end.plus(Duration.ofDays(1)));
        assertThat(ground.keyring.own().fingerprint()).isEqualTo(next.fingerprint());
        assertThat(ground.keyring.next()).isEmpty();
        assertThat(ground.keyring.held().orElseThrow().fingerprint()).isEqualTo(next.fingerprint());
    }

    /** A clock that jumps must not cost the trust of every server, there and back. */
    @Test
    void comesBackToTheOldOneWhenTheClockDoes() throws Exception {
        OwnCertificate own = ground.certified();
        Instant now = ground.keyring.now();
        at(now.plus(Duration.ofDays(12 * 365)));
        OwnCertificate later = ground.keyring.own();
        assertThat(later.fingerprint()).isNotEqualTo(own.fingerprint());
        at(now);
        assertThat(ground.keyring.own().fingerprint()).isEqualTo(own.fingerprint());
        at(now.plus(Duration.ofDays(12 * 365)));
        assertThat(ground.keyring.own().fingerprint()).as("the same one there").isEqualTo(later.fingerprint());
        at(now.minus(Duration.ofDays(3000)));
        ground.keyring.own();
        at(now.plus(Duration.ofDays(12 * 365)));
        assertThat(ground.keyring.own().fingerprint()).as("kept").isEqualTo(later.fingerprint());
    }

    @Test
    void usesTheOldOneAlsoWhereTheNextOneCannotBeMade() throws Exception {
        OwnCertificate own = ground.certified();
        at(own.certificate().getNotAfter().toInstant().minus(Duration.ofDays(59)));
        ground.keep(Keyring.NEXT, "damaged".getBytes(StandardCharsets.UTF_8));
        assertThat(ground.keyring.own().fingerprint()).isEqualTo(own.fingerprint());
        assertThat(ground.secret(Keyring.NEXT)).hasContent("damaged");
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
