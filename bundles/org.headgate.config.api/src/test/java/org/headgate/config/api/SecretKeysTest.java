package org.headgate.config.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "proxy.password",
                "api-token",
                "Client_Secret",
                "pwd",
                "api-key",
                "apiKey",
                "apikey",
                "secret-key",
                "private-key",
                "privateKey",
                "access_key",
                "access.key.id",
                "authToken",
                "userPassword",
                "password2",
                "psk",
                "wifi.psk",
                "PSK",
                "secret.value",
                "token.refresh",
                "credentials",
                "PASSWORD",
                "oauth2Token",
                "passphrase1"
            })
    void knowsASecretByAWordOfItsKey(String key) {
        assertThat(SecretKeys.isSecret(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwords", "channel.password", "Channel.apiKey", "pin", "gpio.pin", "user", "key", "key.column",
                "primary-key", "public-key", "monkey", "secretary", "tokenizer", "api", "keyApi", "keepalive"
            })
    void takesNoOtherKeyForOne(String key) {
        assertThat(SecretKeys.isSecret(key)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    password=@mqtt                       | password=@mqtt
                    password=hunter2 and = more          | password=***
                    password=@                           | password=***
                    password=                            | password=
                    api-key=hunter2                      | api-key=***
                    userPassword=hunter2                 | userPassword=***
                    poll=1s                              | poll=1s
                    tcp:h:1,password=hunter2             | tcp:h:1,password=***
                    tcp:h:1,password=hunter2,unit=1      | tcp:h:1,password=***,unit=1
                    tcp:h:1,unit=1;psk=hunter2           | tcp:h:1,unit=1;psk=***
                    tcp:h:1,password=@plc,unit=1         | tcp:h:1,password=@plc,unit=1
                    address=tcp:h:1,password=hunter2     | address=tcp:h:1,password=***
                    http://h/x?a=1&apiKey=hunter2&b=2    | http://h/x?a=1&apiKey=***&b=2
                    mqtt://u:hunter2@h:1883              | mqtt://u:***@h:1883
                    mqtt://u:hunter@2@h:1883             | mqtt://u:***@h:1883
                    address=mqtts://:hunter2@h           | address=mqtts://:***@h
                    opc.tcp://192.0.2.10:4840/path?x&y   | opc.tcp://192.0.2.10:4840/path?x&y
                    mqtt://u@h:1883                      | mqtt://u@h:1883
                    SELECT a@b FROM c                    | SELECT a@b FROM c
                    ns=2;s=A                             | ns=2;s=A
                    """)
    void showsTheNameOfASecretAndNeverItsText(String typed, String shown) {
        assertThat(SecretKeys.shown(typed)).isEqualTo(shown);
    }

    @Test
    void masksWhatStandsInAValueToo() {
        assertThat(SecretKeys.shown("password", "x")).isEqualTo("***");
        assertThat(SecretKeys.shown("address", "tcp:h:1,password=x")).isEqualTo("tcp:h:1,password=***");
        assertThat(SecretKeys.shown("channel.password", "hr 1")).isEqualTo("hr 1");
    }
}
