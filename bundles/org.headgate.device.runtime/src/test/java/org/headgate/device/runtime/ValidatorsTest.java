package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.junit.jupiter.api.Test;

/** Files are judged as they will be read, before they are written. */
class ValidatorsTest {
    private final Hall hall = new Hall();
    private final FakeDriver driver = new FakeDriver();
    private final Inline calls = new Inline();
    private final Validator devices = new DeviceValidator(hall.registry, calls);
    private final Validator profiles = new ProfileValidator(hall.registry, calls);
    private final TreeMap<String, SetUp.Contents> files = new TreeMap<>();

    @Test
    void aDeviceThatWillRunHasNoProblems() {
        hall.bind(driver);
        put("profile", "meter", "channel.flow", "f int16");
        put("device", "x", "driver", "fake", "profile", "meter", "channel.level", "scale=0.1");
        assertThat(problems(devices, "x")).isEmpty();
    }

    @Test
    void eachProblemIsALineOfItsOwn() {
        hall.bind(driver);
        put("device", "x", "driver", "fake", "poll", "0s", "profile", "metre", "channel.a", "s nonsense");
        assertThat(problems(devices, "x"))
                .containsExactlyInAnyOrder(
                        "poll: 0s (expected: a duration such as 500ms, 10s, 5m or 2h, from 10ms to 366d)",
                        "profile: metre (expected: a profile, that is a file headgate.profile-metre.cfg, or one that the driver fake has)",
                        "channel.a: s nonsense (expected: a type (bool, int8 to int64, uint8 to uint64, bcd16, bcd32, float, double,"
                                + " float32, float64, string or bytes) or key=value, not nonsense)");
    }

    /** They are not the driver's: rules see them in tables of devices. */
    @Test
    void attributesAreTheUsersAndHaveNamesOfTheirOwn() {
        hall.bind(driver);
        driver.own = List.of();
        put(
                "device",
                "x",
                "driver",
                "fake",
                "channel.a",
                "temperature",
                "attribute.site",
                "north",
                "attribute.limit",
                "90");
        assertThat(problems(devices, "x")).isEmpty();
        put("device", "x", "driver", "fake", "channel.a", "temperature", "attribute.driver", "north");
        assertThat(problems(devices, "x"))
                .containsExactly("attribute.driver: north (expected: another name, a-z first, and none of"
                        + " name, driver, address, simulated)");
    }

    @Test
    void aNameThatATableHasIsRefused() {
        put("table", "x", "file", "x.csv");
        put("device", "x", "driver", "fake", "channel.a", "temperature");
        assertThat(problems(devices, "x")).containsExactly("name: x (expected: a name that no table has)");
    }

    @Test
    void theDriverJudgesWhereItIsThere() {
        put("device", "x", "driver", "fake", "channel.a", "nowhere");
        driver.sources = List.of("temperature", "pump", "level");
        assertThat(problems(devices, "x")).as("nobody can know yet").isEmpty();
        hall.bind(driver);
        assertThat(problems(devices, "x"))
                .containsExactly("channel.a: nowhere (expected: one of [temperature, pump, level])");
        assertThat(driver.log).as("nothing was opened").isEmpty();
    }

    @Test
    void aDeviceWithoutAnyChannelIsRefusedWhereTheDriverHasNone() {
        driver.own = List.of();
        hall.bind(driver);
        put("device", "x", "driver", "fake");
        assertThat(problems(devices, "x").get(0)).startsWith("channel.NAME: missing (expected: at least one channel");
    }

    @Test
    void aDriverThatFailsAtJudgingLetsItPass() {
        hall.bind(driver);
        driver.own = null;
        put("device", "x", "driver", "fake");
        assertThat(problems(devices, "x")).isEmpty();
    }

    @Test
    void aDriverWithoutAllOfItsClassesLetsItPass() {
        hall.bind(driver);
        driver.judges = () -> {
            throw new NoClassDefFoundError("com/example/Serial");
        };
        put("device", "x", "driver", "fake");
        assertThat(problems(devices, "x")).isEmpty();
        assertThat(calls.asked).isEqualTo(1);
    }

    @Test
    void aDriverThatHangsInJudgingIsNotAskedAgain() {
        hall.bind(driver);
        calls.hang = true;
        put("device", "x", "driver", "fake");
        assertThat(problems(devices, "x")).isEmpty();
        assertThat(problems(devices, "x")).isEmpty();
        assertThat(calls.asked).isEqualTo(1);
    }

    @Test
    void aProfileMustNotStopADeviceThatRuns() {
        driver.sources = List.of("temperature", "pump", "level");
        hall.bind(driver);
        hall.registry.add(Hall.profile("meter"));
        hall.add("runs", "profile", "meter");
        hall.add("wrong", "profile", "meter", "poll", "often");
        put("device", "runs", "driver", "fake", "profile", "meter");
        put("device", "wrong", "driver", "fake", "profile", "meter", "poll", "often");
        put("device", "other", "driver", "fake", "profile", "other");
        put("profile", "meter", "poll", "2s");
        assertThat(profileProblems()).isEmpty();
        put("profile", "meter", "channel.flow", "nowhere");
        assertThat(profileProblems())
                .containsExactly("device runs: channel.flow: nowhere (expected: one of [temperature, pump, level])");
        put("profile", "meter", "driver", "modbus");
        assertThat(profileProblems()).hasSize(1).allMatch(line -> line.startsWith("device runs: profile: meter"));
    }

    @Test
    void aStreamHasOneProducer() {
        put("device", "x", "driver", "fake");
        put("rule", "x", "sql", "SELECT * FROM y");
        assertThat(problems(devices, "x"))
                .containsExactly("name: x (expected: a name that no other device or rule has)");
    }

    @Test
    void aNameThatNoStreamCouldHaveIsRefused() {
        put("device", "9x", "driver", "fake");
        assertThat(problems(devices, "9x").get(0)).startsWith("name: 9x (expected: a-z first");
    }

    @Test
    void aProfileIsJudgedByItself() {
        put("profile", "meter", "poll", "often", "pol", "1s", "channel.flow", "f min=5 max=1");
        assertThat(profiles.problems(setUp().instance("profile", "meter").orElseThrow(), setUp()))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("pol: 1s (expected: did you mean poll?"))
                .anyMatch(line -> line.equals("channel.flow: f min=5 max=1 (expected: min below max)"));
        put("profile", "meter", "channel.flow", "f");
        assertThat(profiles.problems(setUp().instance("profile", "meter").orElseThrow(), setUp()))
                .isEmpty();
    }

    private List<String> problems(Validator validator, String name) {
        return validator.problems(setUp().instance("device", name).orElseThrow(), setUp());
    }

    private List<String> profileProblems() {
        return profiles.problems(setUp().instance("profile", "meter").orElseThrow(), setUp());
    }

    private void put(String kind, String name, String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        files.put("headgate." + kind + "-" + name + ".cfg", new SetUp.Contents(values, Optional.empty()));
    }

    private SetUp setUp() {
        return new SetUp(files);
    }
}
