package org.headgate.device.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.junit.jupiter.api.Test;

class DeviceSettingsTest {
    private static DeviceSettings with(Map<String, String> options) {
        return new DeviceSettings("pump", "", Duration.ofSeconds(1), List.of(), options);
    }

    @Test
    void theFirstUnknownKeyIsNamedWithThoseThatThereAre() {
        assertThatThrownBy(() ->
                        with(Map.of("zeta", "1", "baud", "9600", "unti", "3")).requireKnown(List.of("unit", "baud")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("unti: 3 (expected: one of unit, baud)");
        assertThatThrownBy(() -> with(Map.of("unit", "3")).requireKnown(List.of()))
                .hasMessage("unit: 3 (expected: no settings of the driver's own)");
        assertThatCode(() -> with(Map.of("baud", "9600")).requireKnown(List.of("unit", "baud")))
                .doesNotThrowAnyException();
        assertThatCode(() -> with(Map.of()).requireKnown(List.of())).doesNotThrowAnyException();
    }

    @Test
    void oneKeyMayStandForAllThatBeginLikeIt() {
        List<String> known = List.of("address", "header.NAME");
        assertThatCode(() ->
                        with(Map.of("header.Accept", "x", "header.a.b", "y")).requireKnown(known))
                .doesNotThrowAnyException();
        for (String key : List.of("header.", "header", "Xheader.Accept", "addressNAME")) {
            assertThatThrownBy(() -> with(Map.of(key, "x")).requireKnown(known))
                    .hasMessage(key + ": x (expected: one of address, header.NAME)");
        }
    }

    /** The type of a channel is everybody's; what else there is the driver knows, and whoever shows it finds what was meant. */
    @Test
    void anOptionOfAChannelThatNobodyKnowsIsToldWithThoseThatThereAre() {
        Channel channel = new Channel(
                "flow", "f", Type.LONG, "", Access.READ, Map.of("type", "int16", "order", "x", "ordr", "y"));
        assertThatThrownBy(() -> channel.requireKnown(List.of("order"), "order="))
                .hasMessage("channel.flow: ordr=y (expected: order=)")
                .isInstanceOfSatisfying(UnknownSettingException.class, unknown -> {
                    assertThat(unknown.word()).isEqualTo("ordr");
                    assertThat(unknown.isOption()).isTrue();
                    assertThat(unknown.known()).containsExactly("order");
                });
        assertThatCode(() -> channel.requireKnown(List.of("order", "ordr"), "order="))
                .doesNotThrowAnyException();
    }
}
