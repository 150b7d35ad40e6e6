package org.headgate.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads private keys from PEM: PKCS#8 (RFC 5208), encrypted or not, PKCS#1 (RFC 8017, A.1.2) and SEC1 (RFC 5915). The JDK knows the
 * first only; the other two are the same numbers without the envelope that names the algorithm.
 */
final class Keys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 4;
    private static final int PARAMETERS = 0xa0;
    /** rsaEncryption (1.2.840.113549.1.1.1) with its NULL, and id-ecPublicKey (1.2.840.10045.2.1). */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private Keys() {}

    /** The first key of the blocks; empty when there is none. */
    static Optional<PrivateKey> read(List<Pem> blocks, char[] password) throws GeneralSecurityException, IOException {
        for (Pem block : blocks) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return Optional.of(read(block, password));
            }
        }
        return Optional.empty();
    }

    private static PrivateKey read(Pem block, char[] password) throws GeneralSecurityException, IOException {
        if (block.encrypted()) {
            throw new InvalidKeySpecException(
                    "encrypted in an old way; openssl pkcs8 -topk8 -in OLD -out NEW makes another one of it");
        }
        byte[] der = block.der();
        return switch (block.label()) {
            case "PRIVATE KEY" -> key(new PKCS8EncodedKeySpec(der));
            case "ENCRYPTED PRIVATE KEY" -> key(decrypted(new EncryptedPrivateKeyInfo(der), password));
            case "RSA PRIVATE KEY" -> key(envelope(RSA, der));
            case "EC PRIVATE KEY" -> key(envelope(join(EC, curve(der)), der));
            default -> throw new InvalidKeySpecException("a " + block.label() + " is not known");
        };
    }

    private static PKCS8EncodedKeySpec decrypted(EncryptedPrivateKeyInfo info, char[] password)
            throws GeneralSecurityException {
        // For PBES2 (RFC 8018) the parameters know the algorithm's name, the envelope only its family.
        String algorithm =
                info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.2.840.113549.1.5.13")
                        ? info.getAlgParameters().toString()
                        : info.getAlgName();
        PBEKeySpec words = new PBEKeySpec(password);
        try {
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(words),
                    info.getAlgParameters());
            return info.getKeySpec(cipher);
        } finally {
            words.clearPassword();
        }
    }

    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException anotherKind) {
                // The envelope names the kind; the factory of that kind takes it.
            }
        }
        throw new InvalidKeySpecException("neither RSA nor EC nor Ed25519");
    }

    /** PrivateKeyInfo: version, algorithm, the key itself (RFC 5208, 5). */
    private static PKCS8EncodedKeySpec envelope(byte[] algorithm, byte[] key) {
        byte[] content = join(VERSION_0, join(element(SEQUENCE, algorithm), element(OCTETS, key)));
        return new PKCS8EncodedKeySpec(element(SEQUENCE, content));
    }

    /** The curve's identifier: what is tagged [0] in ECPrivateKey, behind version and key (RFC 5915, 3). */
    private static byte[] curve(byte[] der) throws InvalidKeySpecException {
        try {
            int at = body(der, 0);
            at = end(der, at);
            at = end(der, at);
            if ((der[at] & 0xff) == PARAMETERS) {
                return Arrays.copyOfRange(der, body(der, at), end(der, at));
            }
        } catch (IndexOutOfBoundsException cutOff) {
            throw new InvalidKeySpecException("cut off", cutOff);
        }
        throw new InvalidKeySpecException(
                "it does not name its curve; openssl pkcs8 -topk8 -nocrypt makes one that does");
    }

    /** Where the content of the element at a position begins. */
    private static int body(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    /** Where the element at a position ends. */
    private static int end(byte[] der, int at) {
        int body = body(der, at);
        int length = der[at + 1] & 0xff;
        if (length >= 0x80) {
            length = 0;
            for (int i = at + 2; i < body; i++) {
                length = length << 8 | der[i] & 0xff;
            }
        }
        return Math.addExact(body, length);
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(content.length)) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(content.length >>> 8 * i);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
