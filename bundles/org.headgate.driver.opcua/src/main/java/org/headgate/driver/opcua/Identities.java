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

/** Makes of the settings of a login what Milo sends. Secrets are read anew for each session, and are kept no longer. */
record Identities(Login login, EndpointChoice choice, Keyring keyring) {
    IdentityProvider provider() throws IOException {
        if (login instanceof Login.Password password) {
            firstLine("password", password.secret());
            return password(password);
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

    private IdentityProvider password(Login.Password password) {
        return (endpoint, nonce) -> {
            UserTokenPolicy token = choice.token(endpoint);
            byte[] text = firstLine("password", password.secret());
            // What guards the password was judged when the endpoint was chosen.
            return new UsernameProvider(
                            password.user(),
                            () -> text,
                            new CertificateValidator.InsecureCertificateValidator(),
                            all -> token)
                    .getIdentityToken(endpoint, nonce);
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
