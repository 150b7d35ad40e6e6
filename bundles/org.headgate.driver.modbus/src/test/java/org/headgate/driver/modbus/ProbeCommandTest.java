package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.headgate.data.api.Row;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.EffectiveSetting;
import org.headgate.device.api.Search;
import org.headgate.device.api.Trial;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a real tty with two units behind it: what is shown, and what becomes of it. */
class ProbeCommandTest {
    private static final String BUS = "rtu:/dev/ttyUSB0,115200-8N2";

    @TempDir
    private Path folder;

    private final SharedLoops loops = new SharedLoops();
    private final Calls calls = new ThreadCalls(loops);
    private final Clock clock = new SystemClock(loops, calls);
    private final MemoryConfigurations files = new MemoryConfigurations();
    private final Console console = new Console();
    private PacedBus bus;
    private ProbeCommand command;

    @BeforeEach
    void start() throws Exception {
        bus = new PacedBus(folder, 115_200, 2, 4);
        int[] registers = bus.units().registers(2);
        Arrays.fill(registers, 0);
        // 230.5 with its low register first, a small negative number, a counter that fits one register.
        registers[0] = 0x8000;
        registers[1] = 0x4366;
        registers[3] = 0xFFF6;
        registers[5] = 17;
        ModbusDriver driver = (ModbusDriver) bus.driver(calls, clock);
        command = new ProbeCommand(driver, new Searching(driver), files);
    }

    @AfterEach
    void end() throws Exception {
        bus.close();
    }

    /** Searches at once, on the thread that asks. */
    private record Searching(ModbusDriver driver) implements Commissioning {
        @Override
        public CompletionStage<Discoveries> discover(Search search) {
            List<Discovered> found = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            try {
                driver.discovery()
                        .orElseThrow()
                        .search(
                                new DeviceSettings(
                                        "discover", search.address(), search.patience(), List.of(), search.options()),
                                found::add);
            } catch (Exception failed) {
                failures.add(failed.getMessage());
            }
            return CompletableFuture.completedFuture(new Discoveries(found, failures));
        }

        @Override
        public CompletionStage<Row> read(String device, List<String> channels) {
            throw new IllegalStateException();
        }

        @Override
        public List<EffectiveSetting> settings(String device) {
            throw new IllegalStateException();
        }

        @Override
        public CompletionStage<Trial> test(String device) {
            throw new IllegalStateException();
        }
    }

    @Test
    void showsTheRegistersInEveryOrderAndMarksWhatLooksRight() throws Exception {
        String shown = console.run(command, BUS, "units=1-3", "wait=1s", "registers=holding/0-5");
        assertThat(shown).isEqualTo("""
            NAME              ADDRESS                             STATE  WHAT
            modbus-ttyusb0-2  rtu:/dev/ttyUSB0,115200-8N2,unit=2  new    answers; 6 registers could be read

            unit 2, holding registers:
            REGISTER   NUMBER   INT16  UINT16   INT32 ABCD        CDAB        BADC        DCBA
            holding/0  40001   -32768   32768  -2147466394  1130790912    8414787*  1715667072
            holding/1  40002    17254   17254   1130758144       17254  1715666944       26179
            holding/3  40004     -10*   65526      -655360       65526  -151060480       63231
            holding/5  40006       17     17*            -           -           -           -

            REGISTER   FLOAT32 ABCD     CDAB      BADC     DCBA  TAKEN AS
            holding/0      -2.4e-41   230.5*   1.2e-38  2.3e+23  float32 order=CDAB: 230.5
            holding/1        230.0*  2.4e-41   2.3e+23  3.7e-41
            holding/3           NaN  9.2e-41  -2.6e+33  8.9e-41  int16: -10
            holding/5             -        -         -        -  uint16: 17
            with --add devices are made of what is new
            """);
        assertThat(console.status()).isZero();
    }

    @Test
    void addingMakesADeviceOfEachUnitAndNeverTwice() throws Exception {
        assertThat(console.run(command, BUS, "units=1-4", "wait=1s", "registers=holding/0-5", "--add"))
                .contains("added: modbus-ttyusb0-2, modbus-ttyusb0-4; device:list shows them (revision 1)");
        assertThat(files.values("headgate.device-modbus-ttyusb0-2.cfg"))
                .containsEntry("driver", "modbus")
                .containsEntry("address", BUS + ",unit=2")
                .containsEntry("channel.h0", "holding/0 float32 order=CDAB")
                .containsEntry("channel.h3", "holding/3 int16")
                .containsEntry("channel.h5", "holding/5 uint16")
                .hasSize(5);
        assertThat(console.run(command, BUS, "units=1-4", "wait=1s", "registers=holding/0-5", "--add"))
                .containsPattern("modbus-ttyusb0-2 +" + BUS + ",unit=2 +configured")
                .endsWith("nothing to add: there is nothing new\n");
    }

    @Test
    void aProgramGetsTheRegistersAsNumbers() throws Exception {
        JsonNode json = console.json(command, BUS, "units=2", "wait=1s", "registers=holding/0-5", "--json");
        JsonNode unit = json.get("units").get(0);
        assertThat(unit.get("registers").get("holding").get("3").asInt()).isEqualTo(0xFFF6);
        assertThat(unit.get("channels").get("h0").asText()).isEqualTo("holding/0 float32 order=CDAB");
        assertThat(json.get("failures")).isEmpty();
    }

    @Test
    void whereNobodyAnswersThatIsSaid() throws Exception {
        assertThat(console.run(command, BUS, "units=9")).isEqualTo("nobody has answered\n");
        assertThat(console.status()).isZero();
    }

    @Test
    void whatMakesNoSenseIsSaidBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> console.run(command, "usb:1"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("rtu:/dev/serial");
        assertThatThrownBy(() -> console.run(command, BUS, "unit=1"))
                .hasMessage("unit: 1 (expected: one of units, baud, frame, wait, registers); did you mean units?");
        assertThatThrownBy(() -> console.run(command, BUS, "--for", "2h")).hasMessageContaining("at most 1h");
        assertThatThrownBy(() -> console.run(command)).hasMessageContaining("missing BUS");
        assertThat(bus.units().asked()).isEmpty();
    }
}
