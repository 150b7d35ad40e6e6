package org.headgate.driver.i2c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.context.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.chips.Chip;
import org.headgate.chips.ChipChoice;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class I2cSearchTest {
    private static final Map<String, String> ASK = Map.of("identify", "true");

    private final FakeBus bus = new FakeBus();
    private final Context context = bus.context();
    private final I2cDriver driver =
            new I2cDriver(context, bus, new ChipChoice(List.of(new FakeChipKind())), (time, closed) -> {});

    @AfterEach
    void end() {
        context.shutdown();
    }

    private List<Discovered> search(String place, Map<String, String> options) throws Exception {
        List<Discovered> found = new ArrayList<>();
        driver.discovery()
                .orElseThrow()
                .search(new DeviceSettings("", place, Duration.ofSeconds(1), List.of(), options), found::add);
        return found;
    }

    @Test
    void looksOnEachBusUnlessTold() throws Exception {
        assertThat(driver.discovery().orElseThrow().places()).containsExactly("i2c-1");
    }

    @Test
    void aChipThatSaysWhatItIsGetsItsProfile() throws Exception {
        bus.chip(0x76).set(0xD0, FakeChipKind.ID);
        assertThat(search("i2c-1", ASK))
                .containsExactly(new Discovered(
                        "fake280",
                        "i2c-1/0x76",
                        "Acme FAKE280: a value (found by read byte, then by its identification)",
                        "",
                        Map.of("profile", "fake280"),
                        List.of()));
        assertThat(bus.open()).isZero();
    }

    /** As a device it would be read, which writes 0x00 to a PCF8574 or a TCA9548A: its relays would switch, its channels go off. */
    @Test
    void oneThatDoesNotSayIsNothingThatCouldBeAdded() throws Exception {
        bus.chip(0x20);
        bus.chip(0x77).set(0xD0, 0x58);
        List<Discovered> found = search("i2c-1", ASK);
        assertThat(found).extracting(Discovered::address).containsExactly("i2c-1/0x20", "i2c-1/0x77");
        assertThat(found)
                .extracting(Discovered::description)
                .containsExactly("found by read byte", "found by read byte; usual here: fake280");
        assertThat(found)
                .extracting(Discovered::obstacle)
                .containsExactly(
                        "what it is cannot be found out: device:add NAME i2c i2c-1/0x20 profile=...",
                        "what it is cannot be found out: device:add NAME i2c i2c-1/0x77 profile=fake280");
        assertThat(found).allSatisfy(one -> {
            assertThat(one.settings()).isEmpty();
            assertThat(one.points()).isEmpty();
            assertThat(one.name()).matches("[a-z][a-z0-9_-]*");
        });
    }

    @Test
    void allThatAreUsualAtAnAddressAreNamed() throws Exception {
        bus.chip(0x20);
        bus.chip(0x76);
        I2cDriver real = new I2cDriver(context, bus, ChipChoice.on(Chip.Bus.I2C), (time, closed) -> {});
        List<Discovered> found = new ArrayList<>();
        real.discovery()
                .orElseThrow()
                .search(new DeviceSettings("", "i2c-1", Duration.ofSeconds(1), List.of(), Map.of()), found::add);
        assertThat(found.get(0).obstacle()).endsWith("profile=mcp23017|pcf8574");
        // There is nothing to be asked at 0x20: neither has an identification.
        assertThat(found)
                .extracting(Discovered::description)
                .containsExactly(
                        "found by read byte; usual here: mcp23017, pcf8574",
                        "found by read byte; usual here: bme280, bmp280; identify=true asks it (sends one byte)");
        assertThat(bus.take()).isEmpty();
    }

    /** The kernel's driver may be in the middle of a conversation. */
    @Test
    void nobodyIsAskedWhoIsHeldByTheKernel() throws Exception {
        bus.chip(0x76).set(0xD0, FakeChipKind.ID).kernelDriver = "bmp280";
        Discovered one = search("i2c-1", ASK).get(0);
        assertThat(one.obstacle()).isEqualTo("held by the kernel's driver bmp280");
        assertThat(one.settings()).isEmpty();
        assertThat(bus.take()).isEmpty();
    }

    /** Whatever is behind an address must be as it was: a byte that is sent may be data. */
    @Test
    void nothingIsSentUnlessItIsAskedFor() throws Exception {
        bus.chip(0x76).set(0xD0, FakeChipKind.ID);
        bus.chip(0x20);
        for (Map<String, String> options : List.of(Map.<String, String>of(), Map.of("identify", "false"))) {
            List<Discovered> found = search("i2c-1", options);
            assertThat(found)
                    .extracting(Discovered::description)
                    .containsExactly(
                            "found by read byte",
                            "found by read byte; usual here: fake280; identify=true asks it (sends one byte)");
            assertThat(found).allSatisfy(one -> {
                assertThat(one.settings()).isEmpty();
                assertThat(one.obstacle()).startsWith("what it is cannot be found out");
            });
        }
        assertThat(bus.take()).isEmpty();
    }

    /** No chip is written to, and only addresses of chips that can say what they are get more than the scan. */
    @Test
    void asksOnlyWhereAnAnswerCanBeExpected() throws Exception {
        bus.chip(0x20);
        bus.chip(0x76);
        search("i2c-1", ASK);
        assertThat(bus.take()).containsExactly("r d0+1");
    }

    @Test
    void aSingleAddressIsAPlaceToo() throws Exception {
        bus.chip(0x20);
        bus.chip(0x21);
        assertThat(search("i2c-1/0x21", Map.of()))
                .extracting(Discovered::address)
                .containsExactly("i2c-1/0x21");
    }

    @Test
    void aChipThatFailsAtBeingAskedIsStillFound() throws Exception {
        bus.chip(0x76);
        bus.trouble(FakeBus.Trouble.STUCK);
        assertThat(search("i2c-1", ASK)).hasSize(1);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> search("bus", Map.of())).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> search("i2c-1", Map.of("speed", "1")))
                .hasMessage("speed: 1 (expected: identify=true, or nothing)");
        assertThatThrownBy(() -> search("i2c-1", Map.of("identify", "x")))
                .hasMessage("identify: x (expected: true or false)");
    }
}
