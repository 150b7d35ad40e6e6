package org.headgate.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {
    private final Signature signature =
            Signature.of("test:it", "").words("WORD...").json().flag("-a", "").option("--for DURATION", "");

    @Test
    void theUsageSaysEverything() {
        assertThat(signature.usage()).isEqualTo("test:it WORD... [--json] [-a] [--for DURATION]");
        assertThat(Signature.of("a:b", "Does.").usage()).isEqualTo("a:b");
    }

    @Test
    void optionsMayStandAnywhere() throws UsageException {
        Invocation invocation = words("boiler", "--json", "pump", "--for", "10s", "-a");
        assertThat(invocation.words()).containsExactly("boiler", "pump");
        assertThat(invocation.json()).isTrue();
        assertThat(invocation.flag("-a")).isTrue();
        assertThat(invocation.option("--for")).contains("10s");
        assertThat(words("--for=5s").option("--for")).contains("5s");
    }

    @Test
    void aNegativeNumberIsAWordAndSoIsEverythingAfterTwoDashes() throws UsageException {
        assertThat(words("-5", "-x", "--", "--json").words()).containsExactly("-5", "-x", "--json");
    }

    @Test
    void aMistypedOptionIsNamed() {
        assertThatThrownBy(() -> words("--jsno"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--jsno");
        assertThatThrownBy(() -> words("--for")).hasMessageContaining("--for: missing");
        assertThatThrownBy(() -> words("a").word(1, "CHANNEL")).hasMessage("missing CHANNEL");
        assertThatThrownBy(() -> words("a", "b").atMost(1)).hasMessage("unexpected word b");
    }

    private Invocation words(String... words) throws UsageException {
        return new Invocation(signature, List.of(words), System.out, System.err, "me");
    }
}
