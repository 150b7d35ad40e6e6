package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.headgate.device.api.ActionNeededException;
import org.headgate.tls.Identity;

/**
 * Makes of the settings of a login what Milo sends. Secrets are read anew for each session, by the thread that opens it: Milo logs in on a
 * thread of all connections, which must not wait for the disk. They are kept until {@link #clear}.
 */
final class Identities {
    private final Login login;
    private final EndpointChoice choice;
    private final Keyring keyring;
    /** Guarded by this; {@code null} before it is read, and once it is cleared. */
    private byte[] password;

    Identities(Login login, EndpointChoice choice, Keyring keyring) {
        this.login = login;
        this.choice = choice;
        this.keyring = keyring;
    }

    /**
     * Who we are, for one opening.
     *
     * @throws IOException with one line, when a secret is missing or cannot be used
     */
    IdentityProvider provider() throws IOException {
        if (login instanceof Login.Password user) {
            keep(firstLine("password", user.secret()));
            return password(user.user());
        }
        if (login instanceof Login.Certificate certificate) {
            byte[] opens = certificate.password().isEmpty()
                    ? new byte[0]
                    : firstLine("certificate.password", certificate.password());
            byte[] file = secret("certificate", certificate.secret());
            try {
                Identity identity = Identity.of("certificate", certificate.secret(), file, opens);
                return new X509IdentityProvider(identity.chain(), identity.key());
            } finally {
                Arrays.fill(file, (byte) 0);
                Arrays.fill(opens, (byte) 0);
            }
        }
        return AnonymousProvider.INSTANCE;
    }

    /** Forgets the password: the session is open, or never will be. */
    synchronized void clear() {
        if (password != null) {
            Arrays.fill(password, (byte) 0);
            password = null;
        }
    }

    private synchronized void keep(byte[] text) {
        clear();
        password = text;
    }

    /** A copy, so that what is under way is never sent half cleared: servers count wrong passwords. */
    private synchronized byte[] kept() throws IOException {
        if (password == null) {
            throw new IOException("the opening has ended");
        }
        return password.clone();
    }

    private IdentityProvider password(String user) {
        return (endpoint, nonce) -> {
            UserTokenPolicy token = choice.token(endpoint);
            byte[] text = kept();
            try {
                // What guards the password was judged when the endpoint was chosen.
                return new UsernameProvider(
                                user, () -> text, new CertificateValidator.InsecureCertificateValidator(), all -> token)
                        .getIdentityToken(endpoint, nonce);
            } finally {
                Arrays.fill(text, (byte) 0);
            }
        };
    }

    private byte[] secret(String setting, String reference) throws IOException {
        Optional<byte[]> content = keyring.secret(reference);
        return content.orElseThrow(() -> new ActionNeededException(
                setting + " " + reference + " is not set", "secret:set " + reference.substring(1)));
    }

    /** A line's end, as editors leave it, is not part of a password. */
    private byte[] firstLine(String setting, String reference) throws IOException {
        byte[] file = secret(setting, reference);
        int length = 0;
        while (length < file.length && file[length] != '\n' && file[length] != '\r') {
            length++;
        }
        byte[] line = Arrays.copyOf(file, length);
        Arrays.fill(file, (byte) 0);
        return line;
    }
}
