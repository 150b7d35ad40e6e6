package org.headgate.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/** What a server of ours shows to its clients, from the same files that a client has: for servers that want a key store. */
public final class ServerIdentity {
    private ServerIdentity() {}

    /**
     * Our key and its certificates as PKCS#12. Reads the files of the settings.
     *
     * @param password what the result is encrypted with
     * @throws TlsException with one line for the user
     */
    public static byte[] pkcs12(TlsSettings settings, char[] password) throws TlsException {
        Identity identity = Identity.read(settings)
                .orElseThrow(() -> new TlsException("tls.key: missing (expected: the key of tls.certificate)"));
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server", identity.key(), password, identity.chain().toArray(X509Certificate[]::new));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException cannot) {
            throw new TlsException("this Java cannot keep the key: " + cannot.getMessage(), cannot);
        }
    }
}
