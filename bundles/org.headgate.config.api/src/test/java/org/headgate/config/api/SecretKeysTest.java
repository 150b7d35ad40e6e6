package org.headgate.config.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretKeysTest {
    @Test
    void knowsASecretByTheLastWordOfItsKey() {
        assertThat(new String[] {"password", "proxy.password", "api-token", "Client_Secret", "pwd"})
                .allMatch(SecretKeys::isSecret);
        assertThat(new String[] {"passwords", "channel.password", "token.rate", "pin", "user", "key", "secretary"})
                .noneMatch(SecretKeys::isSecret);
    }

    @Test
    void showsTheNameOfASecretAndNeverItsText() {
        assertThat(SecretKeys.shown("password=@mqtt")).isEqualTo("password=@mqtt");
        assertThat(SecretKeys.shown("password=hunter2 and = more")).isEqualTo("password=***");
        assertThat(SecretKeys.shown("password=@")).isEqualTo("password=***");
        assertThat(SecretKeys.shown("password=")).isEqualTo("password=");
        assertThat(SecretKeys.shown("poll=1s")).isEqualTo("poll=1s");
        assertThat(SecretKeys.shown("password", "x")).isEqualTo("***");
    }
}
