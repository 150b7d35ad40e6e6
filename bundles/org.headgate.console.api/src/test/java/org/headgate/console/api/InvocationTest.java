package org.headgate.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
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

    @Test
    void onlyAYesIsAYesAndWhoEndsTheInputHasSaidNo() throws Exception {
        assertThat(answered(Optional.of("y"))).contains(true);
        assertThat(answered(Optional.of("YES"))).contains(true);
        assertThat(answered(Optional.of("sure"))).contains(false);
        assertThat(answered(Optional.of(""))).contains(false);
        assertThat(answered(Optional.empty())).contains(false);
        assertThat(words("a").confirm("really?")).isEmpty();
    }

    private Optional<Boolean> answered(Optional<String> answer) throws Exception {
        Dialogue person = new Dialogue() {
            @Override
            public boolean isPresent() {
                return true;
            }

            @Override
            public Optional<String> ask(String question) {
                return answer;
            }

            @Override
            public Optional<char[]> askSecret(String question) {
                return Optional.empty();
            }

            @Override
            public Optional<String> edit(String name, String text) {
                return Optional.empty();
            }
        };
        return new Invocation(signature, List.of("a"), System.out, System.err, "me", person).confirm("really?");
    }

    private Invocation words(String... words) throws UsageException {
        return new Invocation(signature, List.of(words), System.out, System.err, "me");
    }
}
