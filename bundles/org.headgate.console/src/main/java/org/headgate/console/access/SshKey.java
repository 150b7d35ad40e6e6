package org.headgate.console.access;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** An RSA key pair of 2048 bits: what Karaf 4.4's server and every OpenSSH both understand. */
record SshKey(KeyPair pair) {
    private static final int BITS = 2048;
    /** PKCS #8 (RFC 5208) puts 26 bytes before the PKCS #1 key of this size: version, algorithm, two long lengths. */
    private static final int PKCS8_PREFIX = 26;

    static SshKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new SshKey(generator.generateKeyPair());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The private key as PKCS #1 PEM (RFC 8017 A.1.2), which needs no library to read. */
    String pem() {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_PREFIX, pkcs8.length);
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN RSA PRIVATE KEY-----\n" + lines.encodeToString(pkcs1) + "\n-----END RSA PRIVATE KEY-----\n";
    }

    /** The public key as SSH writes it (RFC 4253 6.6), base64. */
    String blob() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (byte[] part : new byte[][] {
                "ssh-rsa".getBytes(StandardCharsets.US_ASCII),
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray()
            }) {
                out.writeInt(part.length);
                out.write(part);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
