package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.headgate.device.api.ActionNeededException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why a server does not let us in, where that has to do with security. What servers say of it differs: the standard lets them answer
 * as little as Bad_SecurityChecksFailed (Part 4, 6.1.3), and some just hang up.
 */
record Refusals(SecuritySettings settings, Keyring keyring, boolean secured) {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private static final long[] OURS_REFUSED = {
        StatusCodes.Bad_SecurityChecksFailed,
        StatusCodes.Bad_CertificateUntrusted,
        StatusCodes.Bad_CertificateInvalid,
        StatusCodes.Bad_CertificateChainIncomplete,
        StatusCodes.Bad_CertificateUseNotAllowed,
        StatusCodes.Bad_CertificateIssuerUseNotAllowed,
        StatusCodes.Bad_CertificateRevoked,
        StatusCodes.Bad_CertificateRevocationUnknown,
        StatusCodes.Bad_CertificateIssuerRevocationUnknown,
        StatusCodes.Bad_CertificateUriInvalid,
        StatusCodes.Bad_CertificateHostNameInvalid,
        StatusCodes.Bad_CertificatePolicyCheckFailed
    };

    private static final long[] LOGIN_REFUSED = {
        StatusCodes.Bad_IdentityTokenInvalid,
        StatusCodes.Bad_IdentityTokenRejected,
        StatusCodes.Bad_UserAccessDenied,
        StatusCodes.Bad_UserSignatureInvalid
    };

    IOException explain(Throwable failure) {
        Optional<IOException> own = own(failure);
        if (own.isPresent()) {
            return own.get();
        }
        if (Faults.is(failure, LOGIN_REFUSED)) {
            return login(failure);
        }
        if (secured && Faults.is(failure, OURS_REFUSED)) {
            return ours().<IOException>map(ours ->
                            new ActionNeededException("the server refused ours (" + ours + ")", "trust it there"))
                    .orElseGet(() -> Faults.explain(failure));
        }
        if (secured
                && Faults.is(
                        failure,
                        StatusCodes.Bad_CertificateTimeInvalid,
                        StatusCodes.Bad_CertificateIssuerTimeInvalid)) {
            return new IOException(
                    "the server takes our certificate for expired or not yet valid: is its clock right?");
        }
        if (secured && Faults.is(failure, StatusCodes.Bad_ConnectionClosed)) {
            return new IOException(
                    ours().map(ours -> "the server hung up; perhaps it does not trust ours (" + ours + ")")
                            .orElse("the server hung up"));
        }
        return Faults.explain(failure);
    }

    /** What we ourselves have said, however deep Milo has wrapped it. */
    private static Optional<IOException> own(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException line
                    && cause.getClass().getPackageName().startsWith("org.headgate.")) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    private IOException login(Throwable failure) {
        String status = Faults.status(failure).map(Faults::name).orElse("");
        if (settings.login() instanceof Login.Password password) {
            return new ActionNeededException(
                    "the server refused the user " + password.user() + " (" + status + ")",
                    "secret:set " + password.secret().substring(1));
        }
        if (settings.login() instanceof Login.Certificate certificate) {
            return new ActionNeededException(
                    "the server refused the certificate " + certificate.secret() + " as a user (" + status + ")",
                    "trust it there");
        }
        return new ActionNeededException(
                "the server wants to know who we are (" + status + ")",
                "device:set " + settings.device() + " user=NAME password=@SECRET");
    }

    /** Our certificate's fingerprint, and where to fetch it from. */
    private Optional<String> ours() {
        try {
            OwnCertificate own = keyring.own();
            return Optional.of(own.fingerprint().brief() + ", file " + keyring.exported(own));
        } catch (IOException disk) {
            LOG.warn("our certificate for OPC UA cannot be put into HOME/files: {}", disk.getMessage());
            return Optional.empty();
        }
    }
}
