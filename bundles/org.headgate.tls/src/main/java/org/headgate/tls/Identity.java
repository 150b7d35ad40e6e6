package org.headgate.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Who we are: a key, its certificate and those above it.
 *
 * @param key our key
 * @param chain our certificate first
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
    private static final String KEY = "tls.key";

    private static final String CERTIFICATE = "tls.certificate";

    /** Our certificate is there. */
    public Identity {
        chain = List.copyOf(chain);
    }

    /** Reads it, where the settings name one. */
    static Optional<Identity> read(TlsSettings settings) throws TlsException {
        if (settings.key().isEmpty()) {
            return Optional.empty();
        }
        byte[] file = settings.read(KEY, settings.key());
        char[] password = settings.keyPassword().isEmpty()
                ? new char[0]
                : password(settings.read("tls.key-password", settings.keyPassword()));
        String name = settings.certificate();
        byte[] certificate = name.isEmpty() ? file : settings.read(CERTIFICATE, name);
        return Optional.of(new Source(KEY, settings.key(), "tls.key-password", CERTIFICATE, name)
                .parse(file, certificate, password));
    }

    /**
     * Reads one file that holds key and certificate, PEM or PKCS#12.
     *
     * @param setting the setting that names the file, for what is said when it cannot be read
     * @param name the file's name, likewise
     * @param password what opens it; empty for none. A line's end is no part of it
     * @throws TlsException with {@code setting: name (expected: ...)}
     */
    public static Identity of(String setting, String name, byte[] file, byte[] password) throws TlsException {
        return new Source(setting, name, setting + ".password", setting, name).parse(file, file, password(password));
    }

    /** Where it stands, for messages. */
    private record Source(String setting, String name, String password, String certificate, String certificateName) {
        Identity parse(byte[] file, byte[] certificates, char[] word) throws TlsException {
            try {
                List<Pem> blocks = Pem.blocks(file);
                Identity identity = blocks.isEmpty() ? pkcs12(file, word) : pem(blocks, certificates, word);
                if (!identity.fits()) {
                    throw wrong("the key of " + Certificates.subject(identity.chain.get(0)) + "; this is another one");
                }
                return identity;
            } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
                if (unreadable instanceof TlsException told) {
                    throw told;
                }
                String why = word.length == 0 ? "; is it encrypted?" : "; does " + password + " open it?";
                throw new TlsException(
                        setting + ": " + name + " (expected: a key in PEM or PKCS#12" + why + " "
                                + unreadable.getMessage() + ")",
                        unreadable);
            }
        }

        private Identity pem(List<Pem> blocks, byte[] certificates, char[] word)
                throws GeneralSecurityException, IOException {
            PrivateKey key =
                    Keys.read(blocks, word).orElseThrow(() -> wrong("a file with a block -----BEGIN PRIVATE KEY-----"));
            List<X509Certificate> chain = Certificates.read(certificates);
            if (chain.isEmpty()) {
                throw new TlsException(certificate + ": " + certificateName
                        + " (expected: a file with a block -----BEGIN CERTIFICATE-----)");
            }
            return new Identity(key, chain);
        }

        private TlsException wrong(String expected) {
            return new TlsException(setting + ": " + name + " (expected: " + expected + ")");
        }
    }

    private static Identity pkcs12(byte[] file, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(file), password);
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, password) instanceof PrivateKey key) {
                Certificate[] chain = store.getCertificateChain(alias);
                return new Identity(
                        key,
                        List.of(chain).stream().map(X509Certificate.class::cast).toList());
            }
        }
        throw new IOException("no key in it");
    }

    /** Whether the certificate's key verifies what ours signs. */
    private boolean fits() throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        if (algorithm.equals("RSASSA-PSS")) {
            return true;
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(chain.get(0).getEncoded());
            byte[] signed = signature.sign();
            signature.initVerify(chain.get(0).getPublicKey());
            signature.update(chain.get(0).getEncoded());
            return signature.verify(signed);
        } catch (java.security.InvalidKeyException otherKind) {
            return false;
        }
    }

    /** A line's end, as editors leave it, is not part of a password. */
    private static char[] password(byte[] file) {
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(file));
        return text.toString().stripTrailing().toCharArray();
    }
}
