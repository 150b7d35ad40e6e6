package org.headgate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsSettingsTest {
    private static TlsSettings of(String... keysAndValues) {
        Map<String, String> options = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return TlsSettings.of(options, name -> Optional.empty());
    }

    @Test
    void pinsAreReadInBothSpellings() {
        String hex = "AB".repeat(32);
        TlsSettings settings = of(
                "tls.pin",
                "sha256:" + hex.replaceAll("(..)(?=.)", "$1:") + ", sha256:" + hex.toLowerCase(java.util.Locale.ROOT)
                        + ",sha256:q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=");
        assertThat(settings.pins())
                .containsOnly("sha256:q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=")
                .hasSize(3);
        assertThat(settings.isPlain()).isFalse();
        assertThat(of().isPlain()).isTrue();
    }

    @Test
    void whatCannotWorkIsNamedAndNoSecretIsRepeated() {
        for (String bad : new String[] {
            "q6ur", "sha256:q6ur", "sha1:" + "ab".repeat(20), "sha256:" + "ab".repeat(31), "sha256:äöü"
        }) {
            assertThatThrownBy(() -> of("tls.pin", bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("tls.pin: " + bad + " (expected: sha256: and");
        }
        assertThatThrownBy(() -> of("tls.certificate", "a.pem")).hasMessageContaining("tls.key beside it");
        assertThatThrownBy(() -> of("tls.key-password", "@x")).hasMessageContaining("tls.key beside it");
        assertThatThrownBy(() -> of("tls.key", "a.pem", "tls.key-password", "clear"))
                .hasMessage("tls.key-password: *** (expected: @name of a file in HOME/secrets; clear text is refused)");
    }
}
