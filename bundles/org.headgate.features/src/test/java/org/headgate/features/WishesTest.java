package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WishesTest {
    @Test
    void aGatewayThatSaysNothingHasTheDriversThatNeedNoHardware() {
        assertThat(Wishes.parse(Optional.empty()).versions()).containsOnlyKeys("host", "simulator");
        assertThat(Wishes.parse(Optional.of("")).versions()).isEmpty();
    }

    @Test
    void whatIsWrittenReadsBackAsTheSame() {
        Wishes wishes = Wishes.parse(Optional.of("host, acme@1.1 ,  modbus"));
        assertThat(wishes.of("acme")).contains("1.1.0");
        assertThat(wishes.of("host")).contains("");
        assertThat(wishes.of("other")).isEmpty();
        assertThat(wishes.with("acme", Optional.of("1.2.0"))).hasToString("host, acme@1.2.0, modbus");
        assertThat(wishes.with("acme", Optional.empty()).with("opcua", Optional.of("")))
                .hasToString("host, modbus, opcua");
    }

    @Test
    void wordsThatMakeNoSenseStayForWhoeverWroteThem() {
        Wishes wishes = Wishes.parse(Optional.of("Host, acme@, x@one, simulator"));
        assertThat(wishes.wrong()).containsExactly("Host", "acme@", "x@one");
        assertThat(wishes.with("acme", Optional.of("1.0.0"))).hasToString("simulator, acme@1.0.0, Host, acme@, x@one");
    }
}
