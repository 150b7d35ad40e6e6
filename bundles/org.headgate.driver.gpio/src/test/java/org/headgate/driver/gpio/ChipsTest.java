package org.headgate.driver.gpio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.GpioChip;
import org.headgate.linux.GpioChips;
import org.headgate.linux.GpioLine;
import org.junit.jupiter.api.Test;

class ChipsTest {
    private static Chips chips(String... namesAndLabels) {
        List<GpioChip> chips = Arrays.stream(namesAndLabels)
                .map(text -> text.split(" "))
                .map(words -> new GpioChip(words[0], words[1], List.of(Bench.line(0, "A"), Bench.line(1, "B"))))
                .toList();
        return new Chips(() -> chips);
    }

    private static String auto(String... chips) throws Exception {
        return chips(chips).find("auto").name();
    }

    @Test
    void autoIsTheChipThatTheHeaderIsWiredTo() throws Exception {
        assertThat(auto("gpiochip0 gpio-brcmstb", "gpiochip1 pinctrl-other", "gpiochip4 pinctrl-rp1"))
                .isEqualTo("gpiochip4");
        assertThat(auto("gpiochip0 pinctrl-bcm2711", "gpiochip1 raspberrypi-exp-gpio"))
                .isEqualTo("gpiochip0");
        assertThat(auto("gpiochip0 raspberrypi-exp-gpio", "gpiochip1 pinctrl-bcm2835"))
                .isEqualTo("gpiochip1");
        assertThat(auto("gpiochip0 usb", "gpiochip7 pinctrl-gwsim")).isEqualTo("gpiochip7");
    }

    @Test
    void autoIsTheOnlyChipAndNeverAGuess() throws Exception {
        assertThat(auto("gpiochip3 pcf8574")).isEqualTo("gpiochip3");
        assertThatThrownBy(() -> auto("gpiochip3 pcf8574", "gpiochip0 mcp23017"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("address: auto (expected: one of gpiochip3 (pcf8574), gpiochip0 (mcp23017))");
        assertThatThrownBy(() -> auto("gpiochip3 pinctrl-a", "gpiochip0 pinctrl-b"))
                .isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(ChipsTest::auto).isInstanceOf(IOException.class).hasMessage("this machine has no GPIO chip");
    }

    @Test
    void aLabelIsWhatItSaysAndANumberOnlyWhereItIsWritten() throws Exception {
        Chips chips = chips("gpiochip0 a", "gpiochip1 b", "gpiochip2 b");
        assertThat(chips.find("a").name()).isEqualTo("gpiochip0");
        assertThat(chips.find("gpiochip2").label()).isEqualTo("b");
        assertThatThrownBy(() -> chips.find("b"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("address: b (expected: one of gpiochip1 (b), gpiochip2 (b))");
        // It may be plugged in later.
        assertThatThrownBy(() -> chips.find("c"))
                .isInstanceOf(IOException.class)
                .hasMessage("no GPIO chip c; there are: gpiochip0 (a), gpiochip1 (b), gpiochip2 (b)");
    }

    @Test
    void anotherNameOfAChipIsAnAddress() throws Exception {
        GpioChip rp1 = new GpioChip("gpiochip0", "pinctrl-rp1", List.of());
        Chips chips = new Chips(new GpioChips() {
            @Override
            public List<GpioChip> all() {
                return List.of(rp1);
            }

            @Override
            public String kernelName(String file) {
                return file.equals("gpiochip4") ? "gpiochip0" : file;
            }
        });
        assertThat(chips.find("gpiochip4")).isEqualTo(rp1);
        assertThat(chips.find("gpiochip0")).isEqualTo(rp1);
        assertThatThrownBy(() -> chips.find("gpiochip1"))
                .hasMessage("no GPIO chip gpiochip1; there are: gpiochip0 (pinctrl-rp1)");
    }

    /** On a Pi 5 gpiochip4 is a link to gpiochip0. */
    @Test
    void aChipWithTwoNamesIsOneChip() throws Exception {
        Chips chips = chips("gpiochip0 pinctrl-rp1", "gpiochip0 pinctrl-rp1", "gpiochip10 other");
        assertThat(chips.find("auto").name()).isEqualTo("gpiochip0");
        assertThat(chips.find("gpiochip0").label()).isEqualTo("pinctrl-rp1");
        assertThat(search(chips, "")).extracting(Discovered::address).containsExactly("pinctrl-rp1", "other");
    }

    @Test
    void aLineIsFoundByItsNameOrOffset() throws Exception {
        GpioChip chip = new GpioChip(
                "gpiochip0", "x", List.of(Bench.line(0, "NC"), Bench.line(1, "GPIO1"), Bench.line(2, "NC")));
        assertThat(Chips.line(chip, Bench.input("x", "GPIO1", Type.BOOLEAN)).offset())
                .isEqualTo(1);
        assertThat(Chips.line(chip, Bench.input("x", "2", Type.BOOLEAN)).offset())
                .isEqualTo(2);
        assertThatThrownBy(() -> Chips.line(chip, Bench.input("x", "NC", Type.BOOLEAN)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("channel.x: NC (expected: an offset, since this is the name of the lines 0 and 2)");
        assertThatThrownBy(() -> Chips.line(chip, Bench.input("x", "3", Type.BOOLEAN)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("channel.x: 3 (expected: a line of x: its name, or its offset from 0 to 2;"
                        + " device:discover gpio shows them)");
    }

    private static List<Discovered> search(Chips chips, String address) throws Exception {
        List<Discovered> found = new ArrayList<>();
        DeviceSettings place = Bench.settings(address);
        new ChipDiscovery(chips).search(place, found::add);
        return found;
    }

    @Test
    void showsChipsWithTheirLinesAndUsers() throws Exception {
        GpioChip header = new GpioChip(
                "gpiochip4",
                "pinctrl-rp1",
                List.of(
                        Bench.line(0, "GPIO17"),
                        new GpioLine(1, "GPIO4", "w1-gpio", true, false),
                        new GpioLine(2, "GPIO27", "", false, true),
                        Bench.line(3, "-"),
                        Bench.line(4, "-"),
                        new GpioLine(5, "", "", true, true)));
        GpioChip board = new GpioChip("gpiochip0", "gpio-brcmstb@107d508500", List.of(Bench.line(0, "PWR")));
        Chips chips = new Chips(() -> List.of(board, header));
        assertThat(search(chips, "pinctrl-rp1"))
                .containsExactly(new Discovered(
                        "pinctrl_rp1",
                        "pinctrl-rp1",
                        "gpiochip4, 6 lines, 2 in use",
                        "",
                        Map.of(),
                        List.of(
                                new Discovered.Point("gpio17", "GPIO17 bool", "line 0, input", ""),
                                new Discovered.Point("gpio4", "GPIO4 bool", "line 1, input", "used by w1-gpio"),
                                new Discovered.Point(
                                        "gpio27",
                                        "GPIO27 bool",
                                        "line 2, output",
                                        "an output now: reading it would switch it off"),
                                new Discovered.Point("line3", "3 bool", "line 3, input", ""),
                                new Discovered.Point("line4", "4 bool", "line 4, input", ""),
                                new Discovered.Point(
                                        "line5", "5 bool", "line 5, output", "used by somebody without a name"))));
        assertThat(search(chips, ""))
                .extracting(Discovered::obstacle)
                .containsExactly("switches parts of the board itself", "");
    }

    @Test
    void aLabelThatSeveralChipsHaveIsNoAddress() throws Exception {
        assertThat(search(chips("gpiochip0 b", "gpiochip1 b", "gpiochip2 a"), ""))
                .extracting(Discovered::address)
                .containsExactly("gpiochip0", "gpiochip1", "a");
        assertThatThrownBy(() -> search(chips(), "x")).isInstanceOf(IOException.class);
    }
}
