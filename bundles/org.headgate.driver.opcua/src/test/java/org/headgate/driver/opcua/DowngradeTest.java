package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.headgate.driver.opcua.Ground.device;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody on the way who makes us choose what is weaker, by leaving out of the open list of endpoints what is stronger: OPC 10000-4, 6.1.4.
 * The list that the server repeats in a signed answer shows it.
 */
class DowngradeTest {
    @TempDir
    Path folder;

    private Ground ground;
    private SecuredServer real;
    private SecuredServer forged;

    @BeforeEach
    void build() throws Exception {
        ground = new Ground(folder);
        real = new SecuredServer().trusting(ground.certified().certificate()).offeringTheUsual();
        // What is in an open answer everybody knows, the certificate too.
        forged = new SecuredServer().showing(SecuredServer.KEYS, real.certificate());
    }

    @AfterEach
    void stop() throws Exception {
        for (SecuredServer one : List.of(real, forged)) {
            if (one.server() != null) {
                one.assertNoSession();
                one.close();
            }
        }
    }

    private String trust() {
        return Fingerprint.of(real.certificate()).toString();
    }

    private EndpointDescription visit(String... more) throws Exception {
        real.start();
        forged.start();
        String[] keysAndValues =
                Stream.concat(Stream.of("trust", trust()), Arrays.stream(more)).toArray(String[]::new);
        try (Interceptor between = new Interceptor(forged.port, real.port)) {
            return ground.visit(device(between.address(), keysAndValues));
        }
    }

    @Test
    void whoHoldsBackWhatEncryptsIsFoundOutBeforeAPasswordIsSent() throws Exception {
        ground.keep("pw", SecuredServer.PASSWORD.getBytes(StandardCharsets.UTF_8));
        forged.offering(SecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.Sign);
        assertThatThrownBy(() -> visit("user", SecuredServer.USER, "password", "@pw"))
                .isInstanceOf(NotSecureException.class)
                .hasMessage("somebody on the way may have changed what the server offers: its open answer led to Sign"
                        + " Aes256_Sha256_RsaPss, its signed one has SignAndEncrypt Aes256_Sha256_RsaPss;"
                        + " find out who, or write both security and policy");
        assertThat(real.logins()).isZero();
    }

    @Test
    void whoHoldsBackTheStrongerPolicyIsFoundOut() {
        forged.offering(SecurityPolicy.Aes128_Sha256_RsaOaep, MessageSecurityMode.SignAndEncrypt);
        assertThatThrownBy(() -> visit("security", "sign-and-encrypt"))
                .isInstanceOf(NotSecureException.class)
                .hasMessageContaining("its signed one has SignAndEncrypt Aes256_Sha256_RsaPss");
    }

    /** OPC 10000-4, 5.7.2: who has the endpoint from a trusted source need not compare. */
    @Test
    void whatAPersonHasWrittenIsTakenWhateverElseThereIs() throws Exception {
        forged.offering(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign);
        assertThat(EndpointChoice.words(visit("security", "sign", "policy", "Basic256Sha256")))
                .isEqualTo("Sign Basic256Sha256");
    }

    /** Some servers leave endpoints out of the one list that nobody with these settings would take. */
    @Test
    void listsThatDifferInWhatIsNotTakenAreAllTheSame() throws Exception {
        forged.offering(SecurityPolicy.None, MessageSecurityMode.None)
                .offering(SecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.SignAndEncrypt);
        assertThat(EndpointChoice.words(visit())).isEqualTo("SignAndEncrypt Aes256_Sha256_RsaPss");
    }

    @Test
    void aSignedListWithoutWhatWasChosenOrWithOtherLoginsIsRefused() throws Exception {
        SecuritySettings settings = SecuritySettings.of(device("opc.tcp://127.0.0.1:4840"));
        Repeated repeated = new Repeated(settings, new EndpointChoice(settings));
        EndpointDescription chosen = endpoint(MessageSecurityMode.Sign, "");
        assertThatCode(() -> repeated.confirm(chosen, List.of(endpoint(MessageSecurityMode.Sign, ""))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> repeated.confirm(chosen, List.of()))
                .hasMessageContaining("its signed one has nothing of the kind");
        assertThatThrownBy(() -> repeated.confirm(
                        chosen, List.of(endpoint(MessageSecurityMode.Sign, SecurityPolicy.Basic256Sha256.getUri()))))
                .hasMessageContaining("its signed one has it with other logins");
        assertThatCode(() -> repeated.confirm(endpoint(MessageSecurityMode.None, ""), List.of()))
                .as("what is not signed proves nothing")
                .doesNotThrowAnyException();
    }

    private static EndpointDescription endpoint(MessageSecurityMode mode, String passwords) {
        return new EndpointDescription(
                "opc.tcp://127.0.0.1:4840",
                null,
                ByteString.NULL_VALUE,
                mode,
                SecurityPolicy.Basic256Sha256.getUri(),
                new UserTokenPolicy[] {
                    new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null),
                    new UserTokenPolicy("password", UserTokenType.UserName, null, null, passwords)
                },
                Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
                UByte.valueOf(1));
    }
}
