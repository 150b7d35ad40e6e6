package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headgate.config.api.FileName;
import org.headgate.config.api.SetUp;
import org.junit.jupiter.api.Test;

class RuleValidatorTest {
    private final SortedMap<String, SetUp.Contents> files = new TreeMap<>();
    private final OneDevice devices = new OneDevice();

    RuleValidatorTest() {
        put("device", "boiler", "driver", "simulator");
        put("device", "host", "driver", "host");
    }

    @Test
    void aRuleThatReadsADeviceARuleOrTheEventsIsRight() {
        rule("hot", "SELECT * FROM boiler WHERE temperature > 90");
        rule("count", "SELECT count(*) AS n FROM hot GROUP BY TUMBLINGWINDOW(ss, 10)");
        rule("links", "SELECT * FROM `gateway-events` WHERE kind = 'UPLINK'");
        assertThat(problems("hot")).isEmpty();
        assertThat(problems("count")).isEmpty();
        assertThat(problems("links")).isEmpty();
    }

    @Test
    void aMistakeInTheTextIsNamedWithItsPlace() {
        rule("r", "SELECT temperature FORM boiler");
        assertThat(problems("r")).containsExactly("line 1, column 20: expected ',' or FROM, found FORM");
        put("rule", "r", "sql", "SELECT * FROM boiler", "enable", "no");
        assertThat(problems("r")).containsExactly("enable: no (expected: did you mean enabled?)");
    }

    @Test
    void aStreamThatNobodyWouldHaveIsNamedWithTheNearest() {
        rule("r", "SELECT * FROM boilr");
        assertThat(problems("r"))
                .containsExactly("line 1, column 15: expected a stream, that is a device's or a rule's name,"
                        + " found boilr: did you mean boiler?");
        rule("r", "SELECT * FROM turbine");
        assertThat(problems("r"))
                .first()
                .asString()
                .endsWith("found turbine (there are boiler, gateway-events, host, r)");
    }

    @Test
    void aRuleThatIsSwitchedOffMayBeWrittenBeforeItsDevice() {
        put("rule", "r", "sql", "SELECT * FROM turbine", "enabled", "false");
        assertThat(problems("r")).isEmpty();
    }

    /** The columns are not known, but the functions are, whatever the clause. */
    @Test
    void anUnknownFunctionAndAMissingWindowNeedNoColumnsToBeSeen() {
        rule("r", "SELECT CASE WHEN abs(-maxx(t)) > 1 THEN 1 ELSE 2 END AS x FROM boiler");
        assertThat(problems("r"))
                .first()
                .asString()
                .contains("column 23: expected a function, found maxx: did you mean max?");
        rule("r", "SELECT t FROM boiler WHERE NOT (t IN (1, nosuchfunction(t)))");
        assertThat(problems("r")).first().asString().contains("expected a function, found nosuchfunction");
        rule("r", "SELECT avg(t) AS a FROM boiler");
        assertThat(problems("r")).first().asString().contains("column 8: expected a window for this");
    }

    @Test
    void aRuleWithADevicesNameIsRefused() {
        rule("boiler", "SELECT * FROM host");
        assertThat(problems("boiler")).containsExactly("name: boiler (expected: a name that no device or rule has)");
        rule("gateway-events", "SELECT * FROM host");
        assertThat(problems("gateway-events")).hasSize(1);
    }

    @Test
    void aCycleIsNamedByEachRuleThatIsInItAndByNoOther() {
        rule("a", "SELECT * FROM b");
        rule("b", "SELECT * FROM c");
        rule("c", "SELECT * FROM a");
        rule("reader", "SELECT * FROM a");
        assertThat(problems("a"))
                .containsExactly("sql: reads b <- c <- a (expected: a rule that does not read its own results)");
        assertThat(problems("c")).hasSize(1);
        assertThat(problems("reader")).isEmpty();
        rule("a", "SELECT * FROM a");
        assertThat(problems("a")).hasSize(1);
        put("rule", "b", "sql", "SELECT * FROM c", "enabled", "no");
        rule("a", "SELECT * FROM b");
        assertThat(problems("a")).isEmpty();
    }

    @Test
    void anActionWritesToADeviceThatThereWouldBe() {
        put("rule", "r", "sql", "SELECT * FROM host", "actions", "log, device:boilr/setpoint");
        assertThat(problems("r"))
                .containsExactly("actions: device:boilr/setpoint (expected: a device: did you mean boiler?)");
        put("rule", "r", "sql", "SELECT * FROM host", "actions", "device:lamp/light");
        assertThat(problems("r"))
                .containsExactly("actions: device:lamp/light (expected: a device: there are boiler, host)");
        put("device", "lamp", "driver", "gpio");
        assertThat(problems("r")).isEmpty();
        put("rule", "r", "sql", "SELECT * FROM host", "actions", "device:nosuch/light", "enabled", "false");
        assertThat(problems("r")).isEmpty();
    }

    /** From the driver, the device's file or its profile; before the driver was there nobody knows. */
    @Test
    void anActionWritesToAChannelThatTheDeviceHas() {
        put("rule", "r", "sql", "SELECT * FROM host", "actions", "device:boiler/setpont, device:boiler/valve");
        assertThat(problems("r")).isEmpty();
        devices.run("boiler", "temperature", "setpoint");
        assertThat(problems("r"))
                .containsExactly(
                        "actions: device:boiler/setpont (expected: a channel of boiler: did you mean setpoint?)",
                        "actions: device:boiler/valve (expected: a channel of boiler: there are setpoint, temperature)");
        put("device", "boiler", "driver", "simulator", "profile", "big", "channel.valve", "7 bool access=rw");
        put("profile", "big", "driver", "simulator", "channel.setpont", "8 double access=rw");
        assertThat(problems("r")).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsWrong() {
        files.put(FileName.of("rule", "r").file(), new SetUp.Contents(Map.of(), Optional.of("line 3: no '='")));
        assertThat(problems("r")).containsExactly("headgate.rule-r.cfg line 3: no '='");
    }

    private List<String> problems(String rule) {
        SetUp whole = new SetUp(files);
        return new RuleValidator(devices, Recording.functions())
                .problems(whole.instance("rule", rule).orElseThrow(), whole);
    }

    private void rule(String name, String sql) {
        put("rule", name, "sql", sql);
    }

    private void put(String kind, String name, String... keysAndValues) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        files.put(FileName.of(kind, name).file(), new SetUp.Contents(values, Optional.empty()));
    }
}
