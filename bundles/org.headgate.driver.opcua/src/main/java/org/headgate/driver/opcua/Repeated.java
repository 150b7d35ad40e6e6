package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/**
 * Compares the endpoints that a server repeats when it creates a session with the one that was chosen. What it says when it is asked for
 * them is not signed: who stands between could leave out those that encrypt (OPC 10000-4, 5.7.2 and 6.1.4). What counts is whether the same
 * would have been chosen, for there are servers whose two lists differ in what nobody takes.
 */
record Repeated(SecuritySettings settings, EndpointChoice choice) {
    /**
     * Passes where nothing was changed, or could not be: a person has written mode and policy, or the answer is not signed either.
     *
     * @throws NotSecureException where another endpoint would have been chosen, or the same with other logins
     */
    void confirm(EndpointDescription chosen, List<EndpointDescription> repeated) throws NotSecureException {
        boolean named = settings.mode() != SecuritySettings.Mode.AUTO
                && settings.policy().isPresent();
        if (named || chosen.getSecurityMode() == MessageSecurityMode.None) {
            return;
        }
        EndpointDescription again;
        try {
            again = choice.of(repeated);
        } catch (IOException none) {
            throw changed(chosen, "has nothing of the kind");
        }
        if (again.getSecurityMode() != chosen.getSecurityMode()
                || !again.getSecurityPolicyUri().equals(chosen.getSecurityPolicyUri())) {
            throw changed(chosen, "has " + EndpointChoice.words(again));
        }
        if (!logins(again).equals(logins(chosen))) {
            throw changed(chosen, "has it with other logins");
        }
    }

    private static NotSecureException changed(EndpointDescription chosen, String signed) {
        return new NotSecureException(
                "somebody on the way may have changed what the server offers: its open answer led to "
                        + EndpointChoice.words(chosen) + ", its signed one " + signed
                        + "; find out who, or write both security and policy");
    }

    private static Set<List<Object>> logins(EndpointDescription endpoint) {
        UserTokenPolicy[] tokens = Objects.requireNonNullElse(endpoint.getUserIdentityTokens(), new UserTokenPolicy[0]);
        return Arrays.stream(tokens)
                .map(token -> List.<Object>of(
                        token.getTokenType(),
                        String.valueOf(token.getPolicyId()),
                        Objects.requireNonNullElse(token.getSecurityPolicyUri(), "")))
                .collect(Collectors.toSet());
    }
}
