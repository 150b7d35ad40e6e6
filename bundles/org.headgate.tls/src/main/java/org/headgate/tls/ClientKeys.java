package org.headgate.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows our certificate, whatever authorities the server names: its refusal says more than our silence. Remembers whether the server
 * has asked at all.
 */
final class ClientKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final Optional<Identity> identity;
    private volatile boolean asked;

    ClientKeys(Optional<Identity> identity) {
        this.identity = identity;
    }

    /** Whether the server wanted a certificate of ours. */
    boolean asked() {
        return asked;
    }

    Optional<Identity> identity() {
        return identity;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        asked = true;
        return identity.filter(own -> List.of(types).contains(own.key().getAlgorithm()))
                .map(own -> ALIAS)
                .orElse(null);
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return chooseClientAlias(types, issuers, null);
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return identity.map(own -> new String[] {ALIAS}).orElse(null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return identity.map(own -> own.chain().toArray(X509Certificate[]::new)).orElse(null);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.map(Identity::key).orElse(null);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return null;
    }
}
