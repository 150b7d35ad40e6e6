package org.headgate.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {
    private static final String SECRET = "p\"ss wörd/7+=&";

    private final Scrubber knows = new Scrubber(List.of(SECRET, "abc", "longer-secret", "longer-secret-still"));
    private final Scrubber guesses = new Scrubber(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect with p\"ss wörd/7+=& failed",
                "{\"text\":\"p\\\"ss wörd/7+=&\"}",
                "mqtt://x/?q=p%22ss+w%C3%B6rd%2F7%2B%3D%26",
                "mqtt://x/?q=p%22ss%20w%C3%B6rd%2F7%2B%3D%26",
                "auth cCJzcyB3w7ZyZC83Kz0m sent"
            })
    void aKnownSecretGoesHoweverItIsWritten(String text) {
        assertThat(knows.clean(text)).contains("***").doesNotContain("ss w", "cCJz", "%C3%B6rd");
    }

    @Test
    void theLongerSecretGoesAsAWholeAndAShortOneOnlyWhereItStandsAlone() {
        assertThat(knows.clean("longer-secret-still")).isEqualTo("***");
        assertThat(knows.clean("abc abcd (abc)")).isEqualTo("*** abcd (***)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MQTT_PASSWORD=hunter2",
                "-Djavax.net.ssl.keyStorePassword=hunter2 -Xmx1m",
                "login failed, password: hunter2, user anna",
                "password = \"hunter2 is long\"",
                "{\"user\":\"x\",\"password\":\"hun\\\"ter2\"}",
                "{\"api_key\" : \"hunter2\"}",
                "Authorization: Bearer hunter2hunter2",
                "mqtts://gw1:hunter2@broker.example:8883",
                "PGPASS=hunter2",
                "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nhunter2 and no end"
            })
    void whatLooksLikeASecretGoes(String text) {
        assertThat(guesses.clean(text)).contains("***").doesNotContain("hunter2", "hun", "ter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = @mqtt-password",
                "{\"passed\":123,\"tokens\":5}",
                "secret:set mqtt-password",
                "user = gw1",
                "address = mqtt://127.0.0.1:1883",
                "12:00:01.234 INFO uplink: ONLINE"
            })
    void whatSaysNothingStays(String text) {
        assertThat(guesses.clean(text)).isEqualTo(text);
        assertThat(guesses.cleanSettings(text)).isEqualTo(text);
    }

    @Test
    void aPasswordInAFileGoesToTheEndOfItsLine() {
        assertThat(guesses.cleanSettings("user = gw1\npassword = hunter2 with blanks # no\nstreams = *\n"))
                .isEqualTo("user = gw1\npassword = ***\nstreams = *\n");
        assertThat(guesses.cleanSettings("  mqtt.password=one \\\n  two\npoll = 1s\n"))
                .isEqualTo("  mqtt.password=***\npoll = 1s\n");
    }

    @Test
    void aLineOfAMegabyteTakesNoLongerThanOthers() {
        for (String piece : List.of("a.", "x", "\"\\\"", "password", "://", "a=")) {
            String text = piece.repeat((1 << 20) / piece.length());
            assertThatCode(() -> guesses.cleanSettings(text)).as(piece).doesNotThrowAnyException();
        }
    }
}
