package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger calls itself is shown beside the fingerprint that a person compares: it must not be able to write over that. */
class StrangersTextTest {
    /** Clears the screen, in seven bits and in eight; turns the direction of writing; breaks the line. */
    private static final String EVIL = "urn:a\u001b[2J\u009b2J\u202eb\u2028c\r\nd";

    @TempDir
    private Path folder;

    private final X509Certificate certificate =
            SecuredServer.certificate(SecuredServer.OTHER_KEYS, "urn:other", List.of(), Instant.now());

    private ServerJudge judge(String... keysAndValues) throws Exception {
        return new ServerJudge(
                SecuritySettings.of(Ground.device("opc.tcp://press:4840", keysAndValues)), new Ground(folder).keyring);
    }

    private static void isPlain(String text) {
        assertThat(text).contains("urn:a").matches("[^\\p{Cc}\\p{Cf}\\u2028\\u2029]*");
    }

    @Test
    void cannotReachTheTerminalThroughAFlaw() throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
            Shown.print(judge().flaws(certificate, EVIL), out);
        }
        isPlain(shown.toString(StandardCharsets.UTF_8).replace("\n", ""));
    }

    @Test
    void cannotReachTheLogThroughARefusal() throws Exception {
        ServerJudge judge = judge("trust", Fingerprint.of(certificate).toString());
        assertThatThrownBy(() -> judge.judge(certificate, EVIL))
                .isInstanceOf(NotSecureException.class)
                .satisfies(refused -> isPlain(refused.getMessage()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b", "\u009b", "\u0085", "\u202e", "\u200b", "\u2028", "\u2029", "\n\t"})
    void becomesABlankInALine(String evil) {
        assertThat(Faults.line("a" + evil + "b")).isEqualTo("a b");
    }
}
