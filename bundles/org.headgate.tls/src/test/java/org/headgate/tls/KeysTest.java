package org.headgate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.headgate.tls.kit.Certificates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as openssl writes them, in each form that people have. A key that was read wrongly does not fit its certificate. */
class KeysTest {
    @TempDir
    private Path folder;

    private Certificates made;

    @BeforeEach
    void start() {
        assumeTrue(Certificates.isInstalled(), "openssl is not installed");
        made = new Certificates(folder);
    }

    private Identity read(String... keysAndValues) throws TlsException {
        Map<String, String> options = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Identity.read(TlsSettings.of(options, made::read)).orElseThrow();
    }

    private void certificate(String key) throws Exception {
        made.run(
                "req",
                "-x509",
                "-new",
                "-key",
                key,
                "-passin",
                "pass:secret",
                "-subj",
                "/CN=me",
                "-days",
                "9",
                "-out",
                "me.pem");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, rsa_keygen_bits:2048, RSA",
        "EC, ec_paramgen_curve:P-256, EC",
        "EC, ec_paramgen_curve:P-521, EC",
        "EC, ec_paramgen_curve:secp384r1, EC",
    })
    void pkcs8AndTheOlderFormsAreRead(String algorithm, String option, String kind) throws Exception {
        made.run("genpkey", "-algorithm", algorithm, "-pkeyopt", option, "-out", "me.key");
        certificate("me.key");
        assertThat(read("tls.certificate", "me.pem", "tls.key", "me.key").key().getAlgorithm())
                .isEqualTo(kind);
        made.run(
                algorithm.equals("RSA") ? "rsa" : "ec",
                "-in",
                "me.key",
                algorithm.equals("RSA") ? "-traditional" : "-text",
                "-out",
                "old.key");
        assertThat(Files.readString(folder.resolve("old.key"))).contains("BEGIN " + kind + " PRIVATE KEY");
        assertThat(read("tls.certificate", "me.pem", "tls.key", "old.key").key().getAlgorithm())
                .isEqualTo(kind);
    }

    @Test
    void ed25519IsRead() throws Exception {
        made.run("genpkey", "-algorithm", "ED25519", "-out", "me.key");
        certificate("me.key");
        assertThat(read("tls.certificate", "me.pem", "tls.key", "me.key").chain())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-aes-256-cbc", "-aes128"})
    void anEncryptedKeyIsOpenedByItsPassword(String cipher) throws Exception {
        made.run(
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                cipher,
                "-pass",
                "pass:secret",
                "-out",
                "me.key");
        certificate("me.key");
        Files.writeString(folder.resolve("right"), "secret\n");
        Files.writeString(folder.resolve("wrong"), "guess");
        read("tls.certificate", "me.pem", "tls.key", "me.key", "tls.key-password", "@right");
        assertThatThrownBy(() -> read("tls.certificate", "me.pem", "tls.key", "me.key", "tls.key-password", "@wrong"))
                .hasMessageStartingWith(
                        "tls.key: me.key (expected: a key in PEM or PKCS#12; does tls.key-password open it?");
        assertThatThrownBy(() -> read("tls.certificate", "me.pem", "tls.key", "me.key"))
                .hasMessageStartingWith("tls.key: me.key (expected: a key in PEM or PKCS#12; is it encrypted?");
    }

    @Test
    void pkcs12HoldsBoth() throws Exception {
        made.authority("me").pkcs12("me", "secret");
        Files.writeString(folder.resolve("right"), "secret");
        assertThat(read("tls.key", "me.p12", "tls.key-password", "@right").chain())
                .hasSize(1);
        assertThatThrownBy(() -> read("tls.key", "me.p12"))
                .hasMessageStartingWith("tls.key: me.p12 (expected: a key in PEM or PKCS#12; is it encrypted?");
    }

    @Test
    void aPemFileMayHoldBothAndTheChain() throws Exception {
        made.authority("ca").signed("ca", "me", "");
        Files.writeString(
                folder.resolve("all.pem"),
                Files.readString(folder.resolve("me.key"))
                        + Files.readString(folder.resolve("me.pem"))
                        + Files.readString(folder.resolve("ca.pem")));
        assertThat(read("tls.key", "all.pem").chain()).hasSize(2);
    }

    @Test
    void whatIsNoKeyIsNamed() throws Exception {
        made.authority("me").authority("other");
        Files.writeString(folder.resolve("empty"), "");
        assertThatThrownBy(() -> read("tls.certificate", "me.pem", "tls.key", "me.pem"))
                .hasMessage("tls.key: me.pem (expected: a file with a block -----BEGIN PRIVATE KEY-----)");
        assertThatThrownBy(() -> read("tls.certificate", "other.pem", "tls.key", "me.key"))
                .hasMessage("tls.key: me.key (expected: the key of other; this is another one)");
        assertThatThrownBy(() -> read("tls.certificate", "me.key", "tls.key", "me.key"))
                .hasMessageStartingWith(
                        "tls.certificate: me.key (expected: a file with a block -----BEGIN CERTIFICATE-----");
        assertThatThrownBy(() -> read("tls.key", "empty")).hasMessageStartingWith("tls.key: empty (expected: a key");
    }

    /** Files are cut off and mangled by whatever carried them: an answer, and no other exception. */
    @Test
    void aDamagedKeyIsAnAnswer() throws Exception {
        made.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "me.key");
        certificate("me.key");
        made.run("ec", "-in", "me.key", "-out", "old.key");
        byte[] der =
                Pem.blocks(Files.readAllBytes(folder.resolve("old.key"))).get(0).der();
        for (int i = 0; i < der.length; i++) {
            byte[] damaged = der.clone();
            damaged[i] ^= (byte) 0xff;
            write("flipped.key", damaged);
            refused("flipped.key");
            write("cut.key", java.util.Arrays.copyOf(der, i));
            refused("cut.key");
        }
    }

    private void write(String name, byte[] der) throws Exception {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN EC PRIVATE KEY-----\n"
                        + java.util.Base64.getMimeEncoder().encodeToString(der) + "\n-----END EC PRIVATE KEY-----\n",
                StandardCharsets.US_ASCII);
    }

    private void refused(String name) {
        try {
            read("tls.certificate", "me.pem", "tls.key", name);
        } catch (TlsException told) {
            assertThat(told.getMessage()).startsWith("tls.key: " + name);
        }
    }
}
