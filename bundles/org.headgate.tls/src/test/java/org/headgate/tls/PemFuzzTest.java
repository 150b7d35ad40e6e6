package org.headgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.Optional;

/** Files of keys and certificates from anywhere: read, or refused with one line that names the setting. */
class PemFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void aKeyIsReadOrRefused(byte[] file) {
        try {
            Identity.read(TlsSettings.of(Map.of("tls.key", "k"), name -> Optional.of(file)));
        } catch (TlsException refused) {
            assertThat(refused.getMessage()).startsWith("tls.").doesNotContain("\n", "\r");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anAuthorityIsReadOrRefused(byte[] file) {
        try {
            assertThat(Trust.authorities(TlsSettings.of(Map.of("tls.ca", "c"), name -> Optional.of(file))))
                    .isNotEmpty();
        } catch (TlsException refused) {
            assertThat(refused.getMessage()).startsWith("tls.ca: c (expected: ");
        }
    }
}
