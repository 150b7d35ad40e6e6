package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is judged while it is typed, without looking at the chip. */
class SettingsTest {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private void refused(String message, Channel... channels) {
        assertThatThrownBy(() -> bench.driver.check(Bench.settings("auto", channels)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOLEAN | mode=level         | mode=level (expected: mode=state, count, frequency or lost)",
                "BOOLEAN | mode=count         | BOOLEAN (expected: int64 for mode=count)",
                "LONG    | mode=frequency     | LONG (expected: double for mode=frequency)",
                "STRING  | bias=up            | STRING (expected: bool for mode=state)",
                "BOOLEAN | edge=both          | edge=both (expected: edge only beside mode=count or mode=frequency)",
                "LONG    | mode=count edge=up | edge=up (expected: edge=rising, falling or both)",
                "BOOLEAN | bias=pull          | bias=pull (expected: bias=up, down or off)",
                "BOOLEAN | active=yes         | active=yes (expected: active=high or low)",
                "BOOLEAN | debounce=5         | debounce=5 (expected: debounce=a duration such as 5ms, at most 1m)",
                "BOOLEAN | debounce=2m        | debounce=2m (expected: debounce=a duration",
                "BOOLEAN | event=Tamper!      | event=Tamper! (expected: event=a name for the event",
                "LONG    | mode=count event=x | event=x (expected: event only beside mode=state)",
                "BOOLEAN | pulse=1s           | pulse=1s (expected: of a line that is read one of mode, edge,",
                "BOOLEAN | wrong=1            | wrong=1 (expected: of a line that is read one of mode, edge,",
            })
    void refusesWhatIsWrongAboutAnInput(Type type, String options, String message) {
        refused("channel.x: " + message, Bench.input("x", "17", type, options.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17   | BOOLEAN | mode=count     | mode=count (expected: of a line that is written one of bias, active, drive, pulse)",
                "17   | BOOLEAN | debounce=5ms   | debounce=5ms (expected: of a line that is written one of",
                "17   | BOOLEAN | drive=hard     | drive=hard (expected: drive=push-pull, open-drain or open-source)",
                "17   | BOOLEAN | pulse=0ms      | pulse=0ms (expected: pulse=a duration",
                "17   | STRING  | pulse=1s       | STRING (expected: bool for a line that is written)",
                "PWM0 | BOOLEAN | frequency=1kHz | BOOLEAN (expected: double for a duty cycle in percent)",
                "PWM0 | DOUBLE  | frequency=1000 | frequency=1000 (expected: frequency=such as 50Hz or 1kHz",
                "PWM0 | DOUBLE  | frequency=0Hz  | frequency=0Hz (expected: frequency=such as",
                "PWM0 | DOUBLE  | bias=up        | bias=up (expected: of a line that is written one of frequency, pwm-chip)",
                "PWM0 | DOUBLE  | pwm-chip=a     | pwm-chip=a (expected: pwm-chip=the N of",
            })
    void refusesWhatIsWrongAboutAnOutput(String source, Type type, String options, String message) {
        refused("channel.x: " + message, Bench.channel("x", source, type, Access.READ_WRITE, options));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=bool",
                "bias=off",
                "active=high",
                "debounce=0ms",
                "debounce=1m",
                "mode=state",
                "event=door-2"
            })
    void takesWhatIsRight(String option) throws Exception {
        bench.driver.check(Bench.settings("auto", Bench.input("x", "17", Type.BOOLEAN, option)));
    }

    @Test
    void aLineThatIsWrittenIsNobodyElses() {
        Channel lamp = Bench.output("lamp", "17");
        Channel button = Bench.input("button", "17", Type.BOOLEAN);
        refused(
                "channel.button: 17 (expected: a line that no other channel uses; channel.lamp writes it)",
                lamp,
                button);
        refused(
                "channel.lamp: 17 (expected: a line that no other channel uses; channel.button reads it)",
                button,
                lamp);
        refused(
                "channel.bell: 17 (expected: a line that no other channel uses; channel.lamp writes it)",
                lamp,
                Bench.output("bell", "17"));
        Channel dim = Bench.channel("dim", "PWM0", Type.DOUBLE, Access.READ_WRITE);
        Channel fan = Bench.channel("fan", "PWM0", Type.DOUBLE, Access.READ_WRITE);
        refused("channel.fan: PWM0 (expected: a line that no other channel uses; channel.dim writes it)", dim, fan);
    }

    @Test
    void channelsOfOneLineMayNotContradictEachOther() {
        refused(
                "channel.parts: bias=down (expected: bias=up, as channel.button says of the same line)",
                Bench.input("button", "17", Type.BOOLEAN, "bias=up"),
                Bench.input("speed", "17", Type.DOUBLE, "mode=frequency"),
                Bench.input("parts", "17", Type.LONG, "mode=count", "bias=down"));
    }

    @Test
    void wantsAnAddressAndHasNoKeysOfItsOwn() throws Exception {
        assertThatThrownBy(() -> bench.driver.check(Bench.settings("")))
                .hasMessage("address: missing (expected: auto, a chip's label such as pinctrl-rp1, or gpiochip0)");
        assertThat(bench.driver.channels(Bench.settings("auto"))).isEmpty();
        assertThat(bench.driver.bus(Bench.settings("auto"))).isEmpty();
    }

    @Test
    void judgesWithoutAnyChip() throws Exception {
        bench.chips = List.of();
        for (String address : Arrays.asList("auto", "gpiochip9", "pcf8574")) {
            bench.driver.check(Bench.settings(address, Bench.output("lamp", "GPIO99")));
        }
    }
}
