package org.headgate.device.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.headgate.data.api.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelDefinitionTest {
    private static ChannelDefinition channel(String text) {
        return ChannelTextTest.text("x", text).on(Optional.empty());
    }

    private static Object written(String channel, String text) {
        return channel(channel).raw(channel(channel).parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "int8,-128,127",
        "int16,-32768,32767",
        "int24,-8388608,8388607",
        "int32,-2147483648,2147483647",
        "int64,-9223372036854775808,9223372036854775807",
        "uint8,0,255",
        "uint16,0,65535",
        "uint24,0,16777215",
        "uint32,0,4294967295",
        "bcd16,0,9999",
        "bcd32,0,99999999",
    })
    void aWriteFitsTheWidthOrIsRefused(String type, long least, long most) {
        assertThat(written("a " + type, Long.toString(least))).isEqualTo(least);
        assertThat(written("a " + type, Long.toString(most))).isEqualTo(most);
        if (!type.equals("int64")) {
            assertThatThrownBy(() -> written("a " + type, Long.toString(most + 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from " + least + " to " + most);
            assertThatThrownBy(() -> written("a " + type, Long.toString(least - 1)))
                    .hasMessageContaining(type);
            // The same ends through a scale.
            String scaled = "a " + type + " scale=0.5 offset=-10";
            assertThat(written(scaled, Double.toString(most * 0.5 - 10))).isEqualTo(most);
            assertThat(written(scaled, Double.toString(least * 0.5 - 10))).isEqualTo(least);
            assertThatThrownBy(() -> written(scaled, Double.toString((most + 1) * 0.5 - 10)))
                    .hasMessageContaining("since the device has " + type);
            assertThatThrownBy(() -> written(scaled, Double.toString((least - 1) * 0.5 - 10)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** A row holds 63 bits of it: what is more cannot be typed. */
    @Test
    void anUnsignedNumberOf64BitsIsWrittenAsFarAsWholeNumbersGo() {
        assertThat(written("a uint64", "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> written("a uint64", "-1")).hasMessageContaining("from 0 to 9223372036854775807");
    }

    @Test
    void scalingIsInvertedAndRoundedToTheNearestWholeNumber() {
        ChannelDefinition channel = channel("a int16 scale=0.1 offset=-40");
        for (long raw = -32768; raw <= 32767; raw++) {
            assertThat(channel.raw(channel.conversion().value(raw))).isEqualTo(raw);
        }
        assertThat(channel.raw(-39.96)).isEqualTo(0L);
        assertThat(channel.raw(-39.94)).isEqualTo(1L);
        assertThat(written("a double scale=2", "5")).isEqualTo(2.5);
        assertThatThrownBy(() -> written("a int64 scale=0.001", "1e18")).hasMessageContaining("int64");
        assertThatThrownBy(() -> written("a float32", "1e39")).hasMessageContaining("float32");
    }

    @Test
    void aWriteToSomeBitsKeepsTheOthers() {
        ChannelDefinition state = channel("a uint16 mask=0x0F00 shift=8 access=rw");
        assertThat(state.type()).isEqualTo(Type.LONG);
        assertThat(state.conversion().needsOld()).isTrue();
        assertThat(state.conversion().bits(0xABCD)).isEqualTo(0xB);
        assertThat(state.raw(5L, 0xABCD)).isEqualTo(0xA5CDL);
        assertThat(state.raw(0L, 0xFFFF)).isEqualTo(0xF0FFL);
        assertThatThrownBy(() -> state.raw(16L, 0)).hasMessageContaining("the channel's bits");
        assertThatThrownBy(() -> state.raw(-1L, 0)).isInstanceOf(IllegalArgumentException.class);
        ChannelDefinition scaled = channel("a uint16 mask=0xFF scale=0.5");
        assertThat(scaled.raw(2.5, 0xAB00)).isEqualTo(0xAB05L);
    }

    @Test
    void theSignBitOfASignedWordIsABitLikeAnyOther() {
        ChannelDefinition high = channel("a int16 mask=0xFF00 shift=8");
        assertThat(high.conversion().bits(-1)).isEqualTo(0xFF);
        assertThat(high.raw(0xFFL, 0x0012)).isEqualTo((long) (short) 0xFF12);
        assertThat(high.raw(0x7FL, -1)).isEqualTo(0x7FFFL);
        ChannelDefinition shifted = channel("a int16 shift=8");
        assertThat(shifted.conversion().bits(-256)).isEqualTo(-1);
        assertThat(shifted.raw(-1L, 0x34)).isEqualTo((long) (short) 0xFF34);
        assertThatThrownBy(() -> shifted.raw(128L, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBoolWithAMaskIsAnyOfItsBitsOfAWholeNumber() {
        ChannelDefinition alarm = channel("a bool mask=0x0006 access=rw safe=off");
        assertThat(alarm.type()).isEqualTo(Type.BOOLEAN);
        assertThat(alarm.channel().type()).isEqualTo(Type.LONG);
        assertThat(alarm.channel().options()).isEmpty();
        assertThat(alarm.shown().type()).isEqualTo(Type.BOOLEAN);
        assertThat(alarm.conversion().bits(0x0004)).isNotZero();
        assertThat(alarm.conversion().bits(0x0001)).isZero();
        assertThat(alarm.raw(true, 0x0101)).isEqualTo(0x0107L);
        assertThat(alarm.raw(false, 0x0107)).isEqualTo(0x0101L);
    }

    @Test
    void aValueIsCheckedBeforeItIsWritten() {
        assertThat(channel("a bool").parse("on")).isEqualTo(true);
        assertThat(channel("a bool").parse("0")).isEqualTo(false);
        assertThat(channel("a string").parse("off")).isEqualTo("off");
        assertThat((byte[]) channel("a bytes").parse("ü")).hasSize(2);
        assertThat(channel("a int16 min=0 max=100").parse("100")).isEqualTo(100L);
        assertThatThrownBy(() -> channel("a int16 min=0 max=100").parse("101"))
                .hasMessage("x: 101 (expected: from 0 to 100)");
        assertThatThrownBy(() -> channel("a int16 min=0").parse("-1")).hasMessage("x: -1 (expected: from 0 to any)");
        assertThatThrownBy(() -> channel("a bool").parse("2")).hasMessage("x: 2 (expected: true or false)");
        assertThatThrownBy(() -> channel("a int16").parse("1.5")).hasMessage("x: 1.5 (expected: a whole number)");
        for (String no : new String[] {"NaN", "Infinity", "1e999", "1,5", "1d", ""}) {
            assertThatThrownBy(() -> channel("a double").parse(no)).hasMessageContaining("a number");
        }
    }

    @Test
    void whatUsersSeeReadsBackAsTheSameDefinition() {
        for (String text : new String[] {
            "a",
            "a uint16 mask=0x0F00 shift=8 access=rw safe=3",
            "a bool mask=0x0006 access=w safe=on",
            "a int16 scale=0.1 offset=-40 unit=kW min=-40 max=200 report=change deadband=0.5 every=60s poll=10s order=CDAB",
            "a string access=rw safe=auto",
        }) {
            ChannelDefinition channel = channel(text);
            assertThat(ChannelText.of(channel.shown()).on(Optional.empty())).isEqualTo(channel);
        }
    }
}
