package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a password goes to an endpoint, and whether that needs a certificate to be trusted. */
class EndpointChoiceTest {
    private static EndpointChoice choice(String... more) throws Exception {
        String[] settings = Arrays.copyOf(new String[] {"user", "joe", "password", "@pw"}, 4 + more.length);
        System.arraycopy(more, 0, settings, 4, more.length);
        return new EndpointChoice(SecuritySettings.of(Ground.device("opc.tcp://127.0.0.1:4840", settings)));
    }

    private static EndpointDescription endpoint(MessageSecurityMode mode, String policy, String tokens) {
        return new EndpointDescription(
                "opc.tcp://127.0.0.1:4840",
                null,
                ByteString.NULL_VALUE,
                mode,
                SecurityPolicy.valueOf(policy).getUri(),
                Arrays.stream(tokens.split(" "))
                        .map(token -> new UserTokenPolicy(token, UserTokenType.UserName, null, null, uri(token)))
                        .toArray(UserTokenPolicy[]::new),
                Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
                UByte.valueOf(1));
    }

    private static String uri(String token) {
        return token.equals("inherited") ? null : SecurityPolicy.valueOf(token).getUri();
    }

    @ParameterizedTest
    @CsvSource({
        "None, None, None Basic256Sha256 Basic256, Basic256Sha256, true",
        "None, None, Basic256Sha256 Aes256_Sha256_RsaPss, Aes256_Sha256_RsaPss, true",
        "Sign, Basic256Sha256, inherited, inherited, true",
        "SignAndEncrypt, Basic256Sha256, None, None, true"
    })
    void aPasswordTakesTheSafestWay(
            MessageSecurityMode mode, String policy, String tokens, String taken, boolean needsCertificate)
            throws Exception {
        EndpointDescription endpoint = endpoint(mode, policy, tokens);
        assertThat(choice().token(endpoint).getPolicyId()).isEqualTo(taken);
        assertThat(choice().reliesOnCertificate(endpoint)).isEqualTo(needsCertificate);
    }

    @ParameterizedTest
    @CsvSource({
        "None, None, None",
        "None, None, inherited",
        "None, None, Basic128Rsa15",
        "None, None, Basic256",
        "Sign, Basic256Sha256, None",
        "Sign, Basic256Sha256, Basic256"
    })
    void aPasswordDoesNotGoWhereItCanBeReadUnlessThatIsWritten(MessageSecurityMode mode, String policy, String tokens)
            throws Exception {
        EndpointDescription endpoint = endpoint(mode, policy, tokens);
        assertThatThrownBy(() -> choice().token(endpoint)).isInstanceOf(NotSecureException.class);
        EndpointChoice open = choice("unencrypted-login", "true");
        assertThat(open.token(endpoint).getPolicyId()).isEqualTo(tokens);
        assertThat(open.reliesOnCertificate(endpoint)).isEqualTo(mode == MessageSecurityMode.Sign);
    }

    @ParameterizedTest
    @CsvSource({"Basic256, true", "Basic128Rsa15, false"})
    void aDeprecatedPolicyThatIsNamedGuardsThePasswordToo(String token, boolean guards) throws Exception {
        EndpointChoice named = choice("security", "sign", "policy", "Basic256");
        EndpointDescription endpoint = endpoint(MessageSecurityMode.Sign, "Basic256", token);
        if (guards) {
            assertThat(named.token(endpoint).getPolicyId()).isEqualTo(token);
        } else {
            assertThatThrownBy(() -> named.token(endpoint)).isInstanceOf(NotSecureException.class);
        }
    }
}
