package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.InvalidSettingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Units are found at whatever settings they have, the likely ones first, and nothing is asked for longer than allowed. */
class BusDiscoveryTest {
    private static final String PORT = "rtu:/dev/ttyUSB0";
    private static final String TCP = "tcp:192.0.2.10";

    private final FakeLines lines = new FakeLines();
    private final Sightings sightings = new Sightings();
    private final BusDiscovery discovery = new BusDiscovery(lines, lines.system, sightings);
    private final List<Discovered> found = new ArrayList<>();

    private void search(String address, Duration patience, String... options) throws Exception {
        Map<String, String> keys = new HashMap<>();
        for (String option : options) {
            keys.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        discovery.search(new DeviceSettings("discover", address, patience, List.of(), keys), found::add);
    }

    private void search(String address, String... options) throws Exception {
        search(address, Duration.ofMinutes(30), options);
    }

    private static Map<Integer, Integer> registers(int... values) {
        Map<Integer, Integer> registers = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            registers.put(i, values[i]);
        }
        return registers;
    }

    @AfterEach
    void noLineIsLeftOpen() {
        assertThat(lines.open).isZero();
    }

    @Test
    void findsTheUnitsOfALineAtTheSettingsThatTheyHave() throws Exception {
        lines.units.put(PORT + ",19200-8E1,unit=3", registers(230, 231));
        lines.units.put(PORT + ",19200-8E1,unit=77", registers(5));
        search(PORT);
        assertThat(found)
                .extracting(Discovered::address)
                .containsExactly(PORT + ",19200-8E1,unit=3", PORT + ",19200-8E1,unit=77");
        assertThat(found.get(0).name()).isEqualTo("modbus-ttyUSB0-3");
        assertThat(found.get(0).points())
                .containsExactly(
                        new Discovered.Point("h0", "holding/0 uint16", "40001, now 230", ""),
                        new Discovered.Point("h1", "holding/1 uint16", "40002, now 231", ""));
        assertThat(found.get(0).obstacle()).isEmpty();
    }

    @Test
    void theLikelyIsAskedFirstAndTheRestOnlyWhereSomebodyAnswers() throws Exception {
        lines.units.put(PORT + ",9600-8E1,unit=2", registers(1));
        search(PORT);
        assertThat(lines.asked.subList(0, 10)).allMatch(asked -> asked.contains("9600-8N1"));
        assertThat(lines.asked.get(10)).isEqualTo(PORT + ",9600-8E1,unit=1");
        // Ten at 9600-8N1, all at 9600-8E1, and nobody anywhere else.
        assertThat(lines.asked).noneMatch(asked -> asked.contains("19200"));
        assertThat(lines.asked.get(lines.asked.size() - 1)).isEqualTo(PORT + ",9600-8E1,unit=247");
    }

    @Test
    void aUnitWithAHighNumberIsFoundWhereNoneHasALowOne() throws Exception {
        lines.units.put(PORT + ",38400-8N1,unit=247", registers(1));
        search(PORT);
        assertThat(found).extracting(Discovered::address).containsExactly(PORT + ",38400-8N1,unit=247");
    }

    @Test
    void aRefusalProvesAUnitToo() throws Exception {
        lines.refusals.put(TCP + ":502,unit=1", 2);
        search(TCP);
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.description()).contains("answers exception 2");
            assertThat(one.obstacle()).contains("registers=");
        });
    }

    @Test
    void aGatewayThatSpeaksForAnAbsentUnitProvesNothing() throws Exception {
        for (int unit : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255}) {
            lines.refusals.put(TCP + ":502,unit=" + unit, unit % 2 == 0 ? 10 : 11);
        }
        search(TCP);
        assertThat(found).isEmpty();
    }

    @Test
    void aDeviceThatAnswersToAnyUnitIsOne() throws Exception {
        for (int unit : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255}) {
            lines.units.put(TCP + ":502,unit=" + unit, registers(230, 50, 0, 17));
        }
        search(TCP);
        assertThat(found.stream().filter(one -> one.obstacle().isEmpty()))
                .singleElement()
                .satisfies(one -> assertThat(one.address()).isEqualTo(TCP + ":502,unit=1"));
        assertThat(found.get(5).obstacle()).contains("has what unit 1 has");
    }

    @Test
    void unitsBehindOneHostThatDifferAreSeveral() throws Exception {
        lines.units.put(TCP + ":502,unit=1", registers(230, 50));
        lines.units.put(TCP + ":502,unit=2", registers(231, 51));
        search(TCP);
        assertThat(found).hasSize(2).allMatch(one -> one.obstacle().isEmpty());
    }

    @Test
    void whatTheUnitRefusesIsLeftOutAndTheRestRead() throws Exception {
        lines.most = 20;
        Map<Integer, Integer> registers = registers(new int[50]);
        registers.replaceAll((register, value) -> register + 100);
        registers.remove(17);
        lines.units.put(TCP + ":502,unit=1", registers);
        search(TCP, "units=1", "registers=holding/0-49");
        assertThat(found.get(0).points())
                .hasSize(49)
                .noneMatch(point -> point.name().equals("h17"));
    }

    @Test
    void aUnitThatRefusesEveryRegisterCostsABoundedNumberOfRequests() throws Exception {
        lines.units.put(TCP + ":502,unit=1", registers());
        search(TCP, "units=1", "registers=holding/0-999,input/0-999");
        assertThat(lines.asked.size()).isLessThanOrEqualTo(1 + 2 * 64);
    }

    @Test
    void whatWasFoundWhenTheTimeIsOverCounts() throws Exception {
        lines.units.put(PORT + ",9600-8N1,unit=1", registers(7));
        search(PORT, Duration.ofSeconds(10));
        assertThat(found).hasSize(1);
        assertThat(sightings.of("/dev/ttyUSB0").orElseThrow().note()).contains("not all was asked within 10000 ms");
    }

    @Test
    void itEndsInTimeAndSaysHowFarItCame() {
        long start = lines.system.monotonicNanos();
        assertThatThrownBy(() -> search(PORT, Duration.ofSeconds(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("within 10000 ms")
                .hasMessageContaining("units=1-10");
        assertThat(Duration.ofNanos(lines.system.monotonicNanos() - start))
                .isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_001));
    }

    @Test
    void anAnswerThatCannotBeReadIsAHint() {
        lines.refusals.put(PORT + ",9600-8N1,unit=1", 0);
        assertThatThrownBy(() -> search(PORT, Duration.ofSeconds(5)))
                .hasMessageContaining("1 answers came with a bad checksum: another baud rate or parity?");
    }

    @Test
    void whatIsWrongWithTheLineIsAHintAndNoSilence() throws Exception {
        lines.troubles.put(TCP + ":502,unit=1", "the line is never quiet");
        search(TCP, "units=1-3");
        assertThat(sightings.of("192.0.2.10:502").orElseThrow().note()).isEqualTo("the line is never quiet");
        lines.refusals.put(TCP + ":502,unit=2", 0);
        search(TCP, "units=1-3");
        assertThat(sightings.of("192.0.2.10:502").orElseThrow().note())
                .isEqualTo("1 answers came with a bad checksum: another baud rate or parity?; the line is never quiet");
        assertThatThrownBy(() -> search(TCP, Duration.ofSeconds(1), "units=1-9"))
                .hasMessageContaining("the line is never quiet");
    }

    @Test
    void onAPortThatDevicesUseOnlyTheirSettingsAreTried() throws Exception {
        for (String frame : List.of("9600-8N1", "19200-8E1", "19200-8N1", "38400-8N1")) {
            lines.taken.add(PORT + "," + frame);
        }
        lines.units.put(PORT + ",9600-8E1,unit=4", registers(7));
        search(PORT, "units=1-10");
        assertThat(found).extracting(Discovered::address).containsExactly(PORT + ",9600-8E1,unit=4");
    }

    @Test
    void aPortThatCannotBeOpenedAtAllIsAFailure() {
        lines.taken.add(PORT + ",9600-8E1");
        assertThatThrownBy(() -> search(PORT + ",9600-8E1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("open for another device");
    }

    @Test
    void anInterruptedSearchEnds() {
        lines.onAsk = () -> {
            if (lines.asked.size() == 3) {
                Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(() -> search(PORT)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines.asked).hasSize(4);
    }

    @Test
    void whatTheUserNamesIsAllThatIsAsked() throws Exception {
        search(PORT + ",rs485=auto", "baud=1200,4800", "frame=8E1", "units=5,7-8", "wait=1s");
        assertThat(lines.asked)
                .containsExactly(
                        PORT + ",1200-8E1,rs485=auto,unit=5",
                        PORT + ",1200-8E1,rs485=auto,unit=7",
                        PORT + ",1200-8E1,rs485=auto,unit=8",
                        PORT + ",4800-8E1,rs485=auto,unit=5",
                        PORT + ",4800-8E1,rs485=auto,unit=7",
                        PORT + ",4800-8E1,rs485=auto,unit=8");
    }

    @Test
    void whatMakesNoSenseIsSaidWithWhatWould() {
        wrong(PORT, "units=0", "units: 0 (expected: from 1 to 247");
        wrong(PORT, "units=9-3", "units: 9-3");
        wrong(PORT, "frame=7E1", "frame: 7E1 (expected: 8N1");
        wrong(PORT, "baud=fast", "address: fast-8N1");
        wrong(PORT, "wait=0s", "wait: 0s");
        wrong(PORT, "speed=1", "speed: 1 (expected: one of units, baud, frame, wait, registers)");
        wrong(PORT, "registers=coil/1", "registers: coil/1 (expected: for example holding/0-99");
        wrong(PORT, "registers=holding/65000-65536", "registers: ");
        wrong(TCP, "baud=9600", "baud: ");
        wrong("usb:1", "units=1", "address: usb:1");
    }

    private void wrong(String address, String option, String says) {
        assertThatThrownBy(() -> search(address, option))
                .as(option)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(says);
    }

    @Test
    void theTurnIsOnTheLineOfTheDevices() throws Exception {
        ModbusDriver driver =
                new ModbusDriver(new Lines((address, deadline, counts) -> null, lines.system), lines.system);
        for (String address : List.of(PORT, PORT + ",9600-8E1", PORT + ",unit=3")) {
            assertThat(driver.bus(new DeviceSettings("discover", address, Duration.ZERO, List.of(), Map.of())))
                    .isEqualTo("/dev/ttyUSB0");
        }
    }

    @Test
    void noPortIsAskedUnlessTheUserNamesIt() {
        assertThatThrownBy(discovery::places).isInstanceOf(IOException.class).hasMessageContaining("say where");
    }

    @Test
    void whatIsGoingOnIsKnownWhileItGoes() throws Exception {
        List<String> lines = new ArrayList<>();
        this.lines.onAsk =
                () -> lines.add(sightings.of("/dev/ttyUSB0").orElseThrow().progress());
        this.lines.units.put(PORT + ",9600-8N1,unit=2", registers(7));
        search(PORT, "baud=9600", "frame=8N1", "units=1-3");
        assertThat(lines.get(0)).isEqualTo("asking unit 1 at " + PORT + ",9600-8N1 (0 of at most 3 asked)");
        assertThat(lines).contains("unit 2 at " + PORT + ",9600-8N1 answers: reading its registers");
        assertThat(sightings.of("/dev/ttyUSB0").orElseThrow().seen()).hasSize(1);
    }
}
