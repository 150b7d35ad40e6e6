package org.headgate.commands.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandsTest {
    private static final String METER = "headgate.profile-meter.cfg";
    private static final String BOILER = "headgate.device-boiler.cfg";

    @TempDir
    Path home;

    private final MemoryConfigurations files = new MemoryConfigurations();
    private ConsoleCommand list;
    private ConsoleCommand show;
    private ConsoleCommand export;
    private ConsoleCommand read;
    private int status;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(home.resolve("files"));
        Gateway gateway = new Gateway() {
            @Override
            public String id() {
                return "gw";
            }

            @Override
            public String version() {
                return "0";
            }

            @Override
            public Path home() {
                return home;
            }
        };
        ChannelFiles channels = new ChannelFiles(files, gateway);
        list = new ProfileListCommand(channels);
        show = new ProfileShowCommand(channels);
        export = new ProfileExportCommand(channels);
        read = new ProfileImportCommand(channels);
        files.put(METER, "driver", "modbus");
        files.put(METER, "channel.power", "holding/100  int16 scale=0.1 unit=kW");
        files.put(METER, "channel.energy", "holding/102 uint32");
        files.put(BOILER, "driver", "modbus");
        files.put(BOILER, "profile", "meter");
        files.put(BOILER, "channel.power", "scale=0.2");
    }

    private String run(ConsoleCommand command, String... words) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        status = command.run(new Invocation(command.signature(), List.of(words), out, out, "admin"));
        String text = bytes.toString(StandardCharsets.UTF_8);
        text.lines()
                .filter(line -> !line.startsWith("{") && !line.startsWith("[") && !line.startsWith("error"))
                .forEach(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        return text;
    }

    private void csv(String name, String text) throws IOException {
        Files.writeString(home.resolve("files").resolve(name), text);
    }

    @Test
    void listsProfilesAndWhoUsesThem() throws Exception {
        files.put("headgate.profile-bad.cfg", "channel.x", "a scale=0");
        files.with("headgate.profile-torn.cfg", Map.of());
        files.warn("headgate.profile-torn.cfg line 3: no '='");
        assertThat(run(list))
                .containsPattern("meter +modbus +2 +boiler")
                .containsPattern("bad +any +0 .*scale=")
                .containsPattern("torn +any +0 .*line 3");
        assertThat(run(list, "--json"))
                .contains(
                        "{\"name\":\"meter\",\"driver\":\"modbus\",\"channels\":2,\"devices\":[\"boiler\"],\"detail\":\"\"}");
    }

    @Test
    void showsOneProfile() throws Exception {
        assertThat(run(show, "meter")).containsPattern("power +holding/100 +int16 +scale=0.1 unit=kW");
        assertThat(run(show, "meter", "--json"))
                .contains("{\"name\":\"power\",\"source\":\"holding/100\",\"type\":\"int16\","
                        + "\"options\":{\"scale\":\"0.1\",\"unit\":\"kW\"}}");
        assertThat(run(show, "none")).isEqualTo("error: no profile none; profile:list shows them\n");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void whatIsExportedIsImportedUnchanged() throws Exception {
        Map<String, String> before = Map.copyOf(files.values(METER));
        assertThat(run(export, "meter", "m.csv")).isEqualTo("profile meter: 2 channels written to m.csv\n");
        assertThat(run(read, "meter", "m.csv")).isEqualTo("profile meter: 2 channels (0 new, 0 changed, 0 removed)\n");
        assertThat(files.values(METER)).isEqualTo(before);
        assertThat(run(read, "other", "m.csv")).isEqualTo("profile other: 2 channels (2 new, 0 changed, 0 removed)\n");
        assertThat(files.values("headgate.profile-other.cfg"))
                .isEqualTo(Map.of(
                        "channel.power",
                        "holding/100 int16 unit=kW scale=0.1",
                        "channel.energy",
                        "holding/102 uint32"));
    }

    @Test
    void anImportIsOneWriteAndLeavesOtherKeysAlone() throws Exception {
        csv("m.csv", "name;source;scale\r\npower;holding/7;0.5\r\nvolts;holding/8;\r\n");
        assertThat(run(read, "meter", "m.csv")).isEqualTo("profile meter: 2 channels (1 new, 1 changed, 1 removed)\n");
        assertThat(files.changes()).hasSize(1);
        assertThat(files.values(METER))
                .isEqualTo(Map.of(
                        "driver", "modbus", "channel.power", "holding/7 scale=0.5", "channel.volts", "holding/8"));
    }

    @Test
    void aWrongLineChangesNothingAndEachIsNamed() throws Exception {
        Map<String, String> before = Map.copyOf(files.values(METER));
        csv("m.csv", "name,source,scale\nok,a,1\nx,a,0\ny,b,\"0,1\"\n");
        assertThat(run(read, "meter", "m.csv").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("error: line 3: channel.x"),
                        line -> assertThat(line).startsWith("error: line 4: scale: 0,1"),
                        line -> assertThat(line).isEqualTo("error: nothing was changed"));
        assertThat(status).isEqualTo(1);
        csv("empty.csv", "name,source\n");
        assertThat(run(read, "meter", "empty.csv")).contains("has no channels");
        Files.write(home.resolve("files/latin.csv"), new byte[] {'n', 'a', 'm', 'e', '\n', (byte) 0xB0});
        assertThat(run(read, "meter", "latin.csv")).contains("not UTF-8");
        assertThat(files.values(METER)).isEqualTo(before);
        assertThat(files.changes()).isEmpty();
    }

    @Test
    void aDevicesFileIsATargetToo() throws Exception {
        assertThat(run(export, "--device", "boiler", "b.csv"))
                .isEqualTo("device boiler: 1 channels written to b.csv\n");
        csv("b2.csv", "name,scale\npower,0.3\n");
        assertThat(run(read, "b2.csv", "--device", "boiler"))
                .isEqualTo("device boiler: 1 channels (0 new, 1 changed, 0 removed)\n");
        assertThat(files.values(BOILER))
                .isEqualTo(Map.of("driver", "modbus", "profile", "meter", "channel.power", "scale=0.3"));
        assertThat(run(read, "--device", "none", "b2.csv")).isEqualTo("error: there is no device none\n");
        assertThat(run(export, "--device", "none", "c.csv")).isEqualTo("error: there is no device none\n");
        files.put("headgate.device-bare.cfg", "driver", "host");
        assertThat(run(export, "--device", "bare", "c.csv")).contains("names no channels of its own");
    }

    @Test
    void refusesWhatIsNoCsvFileOfTheHome() throws Exception {
        assertThat(run(export, "meter", "../m.csv")).contains("outside of");
        assertThat(run(read, "meter", "/etc/m.csv")).contains("outside of");
        assertThatThrownBy(() -> run(export, "meter", "driver.jar")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run(export, "meter")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run(read, "Bad/Name", "m.csv")).isInstanceOf(UsageException.class);
        run(export, "meter", "m.csv");
        assertThat(run(export, "meter", "m.csv")).contains("exists already");
        assertThat(home.resolve("m.csv")).doesNotExist();
    }

    @Test
    void aBrokenFileIsNotExported() throws Exception {
        files.put(METER, "channel.power", "a scale=0");
        assertThat(run(export, "meter", "m.csv")).contains("channel.power: a scale=0");
        files.warn(METER + " line 2: no '='");
        assertThat(run(export, "meter", "m.csv")).contains(METER + " line 2");
        assertThat(home.resolve("files/m.csv")).doesNotExist();
    }
}
