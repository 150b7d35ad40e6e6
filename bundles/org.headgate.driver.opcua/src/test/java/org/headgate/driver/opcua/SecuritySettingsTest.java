package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.headgate.device.api.InvalidSettingException;
import org.headgate.driver.opcua.SecuritySettings.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecuritySettingsTest {
    private static final String A = "3FA2".repeat(16);

    private static SecuritySettings of(String... keysAndValues) throws InvalidSettingException {
        return SecuritySettings.of(Ground.device("opc.tcp://[::1]:4840", keysAndValues));
    }

    /** Java writes an address of IPv6 in full, people do not. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, true",
        "2001:DB8::1, 2001:0db8:0::1, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "2001:db8::1, 2001:db8::2, false",
        "press, PRESS, true",
        "press, 10.0.0.1, false",
        "not:an:address, ::1, false",
        "nowhere.invalid, ::1, false"
    })
    void hostsAreComparedByWhatTheyAre(String one, String other, boolean same) {
        assertThat(ServerJudge.isSame(one, other)).isEqualTo(same);
    }

    @Test
    void isStrictWithoutAnySetting() throws Exception {
        SecuritySettings plain = of();
        assertThat(plain.mode()).isEqualTo(Mode.AUTO);
        assertThat(plain.policy()).isEmpty();
        assertThat(plain.trusted()).isEmpty();
        assertThat(plain.tolerated()).isEmpty();
        assertThat(plain.loginUnencrypted()).isFalse();
        assertThat(plain.login()).isEqualTo(new Login.Anonymous());
        assertThat(plain.host()).isEqualTo("::1");
    }

    @Test
    void readsFingerprintsAsToolsWriteThem() throws Exception {
        String colons = A.replaceAll("(..)(?=.)", "$1:");
        assertThat(of("trust", "sha256:" + A.toLowerCase() + ", " + colons).trusted())
                .containsExactly(new Fingerprint(A), new Fingerprint(A))
                .first()
                .hasToString(colons);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "security=on | security: on (expected: auto, none, sign or sign-and-encrypt)",
                "policy=Basic512 | policy: Basic512 (expected: auto, None, Basic128Rsa15, Basic256, Basic256Sha256,"
                        + " Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss)",
                "policy=None | policy: None (expected: security = none beside it, or another policy)",
                "security=none policy=Basic256 | policy: Basic256 (expected: auto or None, as security = none is beside it)",
                "trust=3FA2 | trust: 3FA2 (expected: SHA-256 of a certificate, 64 hexadecimal digits, with or without"
                        + " colons)",
                "tolerate=all | tolerate: all (expected: dates, host or uri)",
                "user=joe | password: missing (expected: @name of a secret; secret:set name sets it)",
                "password=@x | password: @x (expected: user beside it)",
                "user=joe password=clear | password: *** (expected: @name of a file in HOME/secrets; clear text is refused)",
                "certificate=c.pem | certificate: *** (expected: @name of a file in HOME/secrets; clear text is refused)",
                "certificate=@c user=joe | certificate: @c (expected: either a certificate, or user and password)",
                "certificate.password=@p | certificate.password: @p (expected: certificate beside it: what it opens)",
                "unencrypted-login=perhaps | unencrypted-login: perhaps (expected: true or false)"
            })
    void namesWhatCannotWork(String settings, String message) {
        String[] keysAndValues = settings.strip().split("[ =]");
        assertThatThrownBy(() -> of(keysAndValues))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(message.strip());
    }
}
