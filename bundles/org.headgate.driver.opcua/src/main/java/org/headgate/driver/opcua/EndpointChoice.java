package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.headgate.device.api.ActionNeededException;

/** Which of a server's endpoints is taken, and how a password may go there. */
record EndpointChoice(SecuritySettings settings) {
    /** From the weakest on. The first three are taken only when they are named: the first does nothing, the others are deprecated (Part 7). */
    private static final List<SecurityPolicy> BY_STRENGTH = List.of(
            SecurityPolicy.None,
            SecurityPolicy.Basic128Rsa15,
            SecurityPolicy.Basic256,
            SecurityPolicy.Aes128_Sha256_RsaOaep,
            SecurityPolicy.Basic256Sha256,
            SecurityPolicy.Aes256_Sha256_RsaPss);

    private static final int SOUND = BY_STRENGTH.indexOf(SecurityPolicy.Aes128_Sha256_RsaOaep);

    /**
     * The strongest that the settings allow.
     *
     * @throws ActionNeededException when the server has only what must be named
     * @throws IOException when it has nothing that fits
     */
    EndpointDescription of(List<EndpointDescription> offered) throws IOException {
        List<EndpointDescription> known = offered.stream()
                .filter(endpoint -> Stack.TCP_UASC_UABINARY_TRANSPORT_URI.equals(endpoint.getTransportProfileUri()))
                .filter(endpoint -> policy(endpoint.getSecurityPolicyUri()).isPresent())
                .toList();
        List<EndpointDescription> fitting = known.stream()
                .filter(this::fits)
                .sorted(Comparator.comparing(EndpointChoice::strength).reversed())
                .toList();
        if (fitting.isEmpty()) {
            throw nothing(known);
        }
        EndpointDescription chosen = fitting.stream()
                .filter(endpoint -> tokens(endpoint).findAny().isPresent())
                .findFirst()
                .orElseThrow(() -> new IOException("the server lets nobody in by " + words(type()) + " (expected: "
                        + fitting.stream()
                                .flatMap(endpoint -> Stream.of(tokensOf(endpoint)))
                                .map(token -> words(token.getTokenType()))
                                .distinct()
                                .collect(Collectors.joining(", or "))
                        + ")"));
        if (settings.login() instanceof Login.Password) {
            token(chosen);
        }
        return chosen;
    }

    /**
     * How the password goes to an endpoint.
     *
     * @throws IOException when anybody on the way could read it, and nobody has said that this is all right
     */
    UserTokenPolicy token(EndpointDescription endpoint) throws IOException {
        UserTokenPolicy best = tokens(endpoint)
                .max(Comparator.comparing(token -> BY_STRENGTH.indexOf(policy(endpoint, token))))
                .orElseThrow(() -> new IOException("the server takes no passwords"));
        if (endpoint.getSecurityMode() != MessageSecurityMode.SignAndEncrypt
                && !protects(policy(endpoint, best))
                && !settings.loginUnencrypted()) {
            throw new NotSecureException(
                    "the password would be sent so that anybody on the way can read it, and was not sent:"
                            + " choose another security, or write unencrypted-login = true");
        }
        return best;
    }

    /** Whether the certificate of an endpoint matters: it guards the channel, or the password. */
    boolean reliesOnCertificate(EndpointDescription endpoint) throws IOException {
        return endpoint.getSecurityMode() != MessageSecurityMode.None
                || settings.login() instanceof Login.Password
                        && policy(endpoint, token(endpoint)) != SecurityPolicy.None
                        && !settings.loginUnencrypted();
    }

    private boolean protects(SecurityPolicy policy) {
        return BY_STRENGTH.indexOf(policy) >= SOUND
                || policy != SecurityPolicy.None && settings.policy().equals(Optional.of(policy));
    }

    private boolean fits(EndpointDescription endpoint) {
        SecurityPolicy policy = policy(endpoint.getSecurityPolicyUri()).orElseThrow();
        MessageSecurityMode mode = endpoint.getSecurityMode();
        boolean modeFits = switch (settings.mode()) {
            case NONE -> mode == MessageSecurityMode.None && policy == SecurityPolicy.None;
            case SIGN -> mode == MessageSecurityMode.Sign;
            case SIGN_AND_ENCRYPT -> mode == MessageSecurityMode.SignAndEncrypt;
            case AUTO -> mode == MessageSecurityMode.Sign || mode == MessageSecurityMode.SignAndEncrypt;
        };
        boolean policyFits = settings.mode() == SecuritySettings.Mode.NONE
                || settings.policy().map(policy::equals).orElse(BY_STRENGTH.indexOf(policy) >= SOUND);
        return modeFits && policyFits;
    }

    /** Why nothing fits; what must be named is named here. */
    private IOException nothing(List<EndpointDescription> known) {
        if (known.isEmpty()) {
            return new IOException("the server offers no endpoint that is known here");
        }
        String offers = known.stream()
                .sorted(Comparator.comparing(EndpointChoice::strength).reversed())
                .map(EndpointChoice::words)
                .distinct()
                .collect(Collectors.joining(", "));
        boolean auto = settings.mode() == SecuritySettings.Mode.AUTO
                && settings.policy().isEmpty();
        Optional<SecurityPolicy> old = known.stream()
                .map(endpoint -> policy(endpoint.getSecurityPolicyUri()).orElseThrow())
                .filter(policy -> policy != SecurityPolicy.None)
                .max(Comparator.comparing(BY_STRENGTH::indexOf));
        if (auto && old.isEmpty()) {
            return new ActionNeededException(
                    "the server encrypts nothing", "device:set " + settings.device() + " security=none");
        }
        if (auto) {
            return new ActionNeededException(
                    "the server only knows what is deprecated (" + offers + ")",
                    "device:set " + settings.device() + " policy=" + old.get().name());
        }
        return new IOException("the server does not offer security = "
                + settings.mode().word()
                + settings.policy().map(one -> ", policy = " + one.name()).orElse("") + " (it offers: " + offers + ")");
    }

    /** What is encrypted is stronger than what is signed only, whatever the policy. */
    private static int strength(EndpointDescription endpoint) {
        int mode = endpoint.getSecurityMode() == MessageSecurityMode.SignAndEncrypt ? BY_STRENGTH.size() : 0;
        return mode
                + policy(endpoint.getSecurityPolicyUri())
                        .map(BY_STRENGTH::indexOf)
                        .orElse(0);
    }

    private Stream<UserTokenPolicy> tokens(EndpointDescription endpoint) {
        return Stream.of(tokensOf(endpoint)).filter(token -> token.getTokenType() == type());
    }

    private static UserTokenPolicy[] tokensOf(EndpointDescription endpoint) {
        return Objects.requireNonNullElse(endpoint.getUserIdentityTokens(), new UserTokenPolicy[0]);
    }

    private UserTokenType type() {
        if (settings.login() instanceof Login.Password) {
            return UserTokenType.UserName;
        }
        return settings.login() instanceof Login.Certificate ? UserTokenType.Certificate : UserTokenType.Anonymous;
    }

    private static String words(UserTokenType type) {
        return switch (type) {
            case Anonymous -> "no name (anonymous)";
            case UserName -> "user and password";
            case Certificate -> "certificate";
            default -> "a token, which is not known here";
        };
    }

    /** For people: {@code Sign Basic256Sha256}. */
    static String words(EndpointDescription endpoint) {
        return policy(endpoint.getSecurityPolicyUri())
                .filter(policy -> policy != SecurityPolicy.None)
                .map(policy -> endpoint.getSecurityMode() + " " + policy)
                .orElse("None");
    }

    private static SecurityPolicy policy(EndpointDescription endpoint, UserTokenPolicy token) {
        String own = token.getSecurityPolicyUri();
        return policy(own == null || own.isEmpty() ? endpoint.getSecurityPolicyUri() : own)
                .orElse(SecurityPolicy.None);
    }

    private static Optional<SecurityPolicy> policy(String uri) {
        return SecurityPolicy.fromUriSafe(uri);
    }
}
