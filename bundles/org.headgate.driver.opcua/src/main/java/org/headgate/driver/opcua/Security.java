package org.headgate.driver.opcua;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;

/** How a device is talked to: policy, mode, identity, and whom it trusts. For one opening, by one thread; {@link #explain} by any. */
final class Security {
    /** Its keys of a device's file, with what counts without them. */
    static final Map<String, String> DEFAULTS = SecuritySettings.DEFAULTS;

    private static final String PRODUCT = "urn:headgate";

    private final SecuritySettings settings;
    private final Keyring keyring;
    private final EndpointChoice choice;
    private final ServerJudge judge;
    private final Identities identities;
    private volatile boolean secured;
    private volatile String application = "";

    private Security(SecuritySettings settings, Keyring keyring) {
        this.settings = settings;
        this.keyring = keyring;
        choice = new EndpointChoice(settings);
        judge = new ServerJudge(settings, keyring);
        identities = new Identities(settings.login(), choice, keyring);
    }

    /** Reads the settings; touches nothing. */
    static Security of(DeviceSettings settings, Keyring keyring) throws InvalidSettingException {
        return new Security(SecuritySettings.of(settings), keyring);
    }

    /**
     * The endpoint to use. Their addresses hold the host that was dialled.
     *
     * @throws IOException when none fits, or a person must decide first
     */
    EndpointDescription choose(List<EndpointDescription> offered) throws IOException {
        EndpointDescription chosen = choice.of(offered);
        if (choice.reliesOnCertificate(chosen)) {
            judge.judge(certificate(chosen), application(chosen));
        }
        application = String.valueOf(application(chosen));
        secured = chosen.getSecurityMode() != MessageSecurityMode.None;
        return chosen;
    }

    /**
     * Judges the endpoints that the server has repeated, in an answer that is signed where the chosen one signs; by any thread.
     *
     * @throws NotSecureException when somebody has changed the first list
     */
    void confirm(EndpointDescription chosen, EndpointDescription[] repeated) throws NotSecureException {
        new Repeated(settings, choice).confirm(chosen, repeated == null ? List.of() : List.of(repeated));
    }

    /** The endpoint that would be used if its certificate were trusted. */
    EndpointDescription candidate(List<EndpointDescription> offered) throws IOException {
        return choice.of(offered);
    }

    /** The judge of the server's certificate. */
    ServerJudge judge() {
        return judge;
    }

    /** Sets identity, keys, certificates and the judge of the server's; after {@link #choose}. */
    void configure(OpcUaClientConfigBuilder builder) throws IOException {
        builder.setApplicationName(LocalizedText.english("Headgate " + keyring.gateway()))
                .setApplicationUri(OwnCertificate.uri(keyring.gateway()))
                .setProductUri(PRODUCT)
                .setIdentityProvider(identities.provider())
                .setCertificateValidator((chain, whose, hosts) -> validate(chain));
        if (secured) {
            // Two names of algorithms in Aes256_Sha256_RsaPss are BouncyCastle's; the JDK has others for the same.
            // Behind all
            // others it serves nobody who does not ask for what only it has.
            java.security.Security.addProvider(new BouncyCastleProvider());
            OwnCertificate own = keyring.own();
            builder.setKeyPair(own.keys())
                    .setCertificate(own.certificate())
                    .setCertificateChain(new X509Certificate[] {own.certificate()});
        }
    }

    /** Forgets the secrets that {@link #configure} has read; when the opening has ended, well or not. */
    void forget() {
        identities.clear();
    }

    /** What a failure means, in one line for a person. */
    IOException explain(Throwable failure) {
        return new Refusals(settings, keyring, secured).explain(failure);
    }

    /** Asked by Milo for the channel and for the session: what is shown then must be as good as what the endpoint showed. */
    private void validate(List<X509Certificate> chain) throws UaException {
        try {
            judge.judge(chain.get(0), application);
        } catch (IOException refused) {
            throw new UaException(StatusCodes.Bad_CertificateUntrusted, refused);
        }
    }

    /** The certificate that an endpoint shows; those above it do not count here. */
    static X509Certificate certificate(EndpointDescription endpoint) throws IOException {
        try {
            return CertificateUtil.decodeCertificates(
                            endpoint.getServerCertificate().bytesOrEmpty())
                    .get(0);
        } catch (UaException | RuntimeException unreadable) {
            throw new IOException("the server's certificate cannot be read: its endpoint shows none, or a damaged one");
        }
    }

    /** Who the server of an endpoint says it is. */
    static String application(EndpointDescription endpoint) {
        return endpoint.getServer() == null ? null : endpoint.getServer().getApplicationUri();
    }
}
