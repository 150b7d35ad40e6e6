package org.headgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.headgate.doctor.Findings.about;
import static org.headgate.doctor.Findings.assertFinding;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Secrets;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.Drivers;
import org.headgate.device.api.Supervision;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.host.Machine;
import org.headgate.rule.api.RuleStatus;
import org.headgate.rule.api.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What looks at the set-up and at what runs of it. */
class SetUpChecksTest {
    @TempDir
    Path home;

    private final MemoryConfigurations configurations = new MemoryConfigurations();

    /** A service that answers one question. */
    private static <T> T answering(Class<T> service, Map<String, Object> answers) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(),
                new Class<?>[] {service},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    private static DeviceStatus device(String name, DeviceState state, boolean simulated) {
        return new DeviceStatus(name, "modbus", "tcp:x", "", state, 0, List.of(), 0, Supervision.NONE, simulated);
    }

    private static List<Finding> devices(DeviceStatus... all) {
        return new DevicesCheck(answering(Devices.class, Map.of("list", List.of(all)))).check();
    }

    @Test
    void aDeviceThatDoesNotRunSaysWhyAndWhatToType() {
        List<Finding> findings = devices(
                device("a", new DeviceState.Online(), false),
                device("b", new DeviceState.Disabled(), false),
                device("c", new DeviceState.Invalid("poll: 0s (expected: a duration)"), false),
                device("d", new DeviceState.WaitingForDriver("modbus"), false),
                device("e", new DeviceState.Offline("no route", Duration.ofSeconds(2)), false),
                device("f", new DeviceState.ActionNeeded("certificate", "opcua:trust f"), false));
        assertFinding(about("device c", findings), Level.FAIL, "INVALID: poll: 0s", "device:set c poll=...");
        assertFinding(about("device d", findings), Level.FAIL, "modbus is not installed", "driver:install modbus");
        assertFinding(about("device e", findings), Level.WARN, "OFFLINE: no route", "device:test e");
        assertFinding(about("device f", findings), Level.FAIL, "certificate", "opcua:trust f");
        assertFinding(about("", findings), Level.OK, "2 of 6", "");
        assertThat(devices()).allMatch(finding -> finding.level() == Level.UNKNOWN);
    }

    @Test
    void whatIsSimulatedIsAWarning() {
        assertThat(devices(device("a", new DeviceState.Online(), true)))
                .anySatisfy(
                        finding -> assertFinding(finding, Level.WARN, "1 of 1 are SIMULATED", "gateway:simulate off"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "device | poll: 0s (expected: a duration) | device:set x poll=...",
                "device | pol: 1s (expected: did you mean poll?) | write poll in place of pol",
                "device | pol: 1s (expected: one of seed); did you mean poll? | write poll in place of pol",
                "device | channel.x: ofset=1 (expected: no option); did you mean offset? | write offset in place of ofset",
                "device | channel.power: hold/1 (expected: holding/N) | device:channel-set x power ...",
                "device | headgate.device-x.cfg line 3: no '=' | correct line 3 of etc/headgate.device-x.cfg",
                "device | something else | device:set x KEY=VALUE",
                "uplink | password: @mqtt (expected: @name of a file) | secret:set mqtt",
                "uplink | password: *** (expected: @name of a file) | uplink:set x password=@x-password",
                "uplink | address: mqtts://b:1 (expected: mqtt://; this version has no TLS yet) | uplink:set x address=...",
                "rule | line 1, column 8: expected an expression | rule:edit x",
                "rule | sql: missing (expected: a SELECT) | rule:edit x",
                "device | name: X (expected: a-z first) | give etc/headgate.device-x.cfg in the home another name"
            })
    void whatIsInvalidIsMendedByACommand(String kind, String why, String remedy) {
        assertThat(Mending.of(kind, "x", why)).contains(remedy);
    }

    @Test
    void rulesThatAreInvalidOrWaitAreNamed() {
        List<RuleStatus> rules = List.of(
                new RuleStatus("a", "", RuleStatus.State.RUNNING, "", 0, 0, 0),
                new RuleStatus("b", "", RuleStatus.State.INVALID, "line 1, column 8: expected an expression", 0, 0, 0),
                new RuleStatus("c", "", RuleStatus.State.WAITING_FOR_STREAM, "boiler", 0, 0, 0),
                new RuleStatus("d", "", RuleStatus.State.DEGRADED, "division by zero", 0, 0, 0));
        List<Finding> findings = new RulesCheck(answering(Rules.class, Map.of("list", rules))).check();
        assertFinding(about("rule b", findings), Level.FAIL, "column 8", "rule:edit b");
        assertFinding(about("rule c", findings), Level.WARN, "WAITING_FOR_STREAM: boiler", "stream:list");
        assertFinding(about("rule d", findings), Level.WARN, "division", "rule:edit d");
        assertFinding(about("", findings), Level.OK, "1 of 4", "");
    }

    @Test
    void driversThatAreMissingOrFailedAreNamedOnce() {
        List<DriverStatus> drivers = List.of(
                new DriverStatus("host", "1", "", "distribution", DriverStatus.State.RUNNING, ""),
                new DriverStatus("acme", "", "", "file", DriverStatus.State.MISSING, "no file"),
                new DriverStatus("old", "2", "1", "file", DriverStatus.State.FAILED, ""),
                new DriverStatus("other", "1", "", "distribution", DriverStatus.State.AVAILABLE, ""));
        assertThat(new DriversCheck(answering(
                                Drivers.class,
                                Map.of(
                                        "list",
                                        List.of(
                                                new DriverStatus(
                                                        "own", "1.2", "", "file", DriverStatus.State.MISSING, ""),
                                                new DriverStatus(
                                                        "ours",
                                                        "1",
                                                        "",
                                                        "distribution",
                                                        DriverStatus.State.MISSING,
                                                        "")),
                                        "warnings",
                                        List.of())))
                        .check())
                .extracting(Finding::remedy)
                .anyMatch(remedy -> remedy.contains("that has version 1.2 into HOME/files, then driver:install FILE"))
                .anyMatch(remedy -> remedy.startsWith("driver:install ours"));
        List<String> warnings = List.of("driver acme is wanted, but not there", "deploy/x.jar is no driver");
        List<Finding> findings =
                new DriversCheck(answering(Drivers.class, Map.of("list", drivers, "warnings", warnings))).check();
        assertFinding(about("driver acme", findings), Level.FAIL, "no file", "driver:install FILE");
        assertFinding(
                about("driver old", findings), Level.FAIL, "offers nothing", "driver:rollback old goes back to 1");
        assertThat(findings).hasSize(4).anyMatch(finding -> finding.text().contains("x.jar is no driver"));
    }

    @Test
    void filesThatNobodyReadsAreRenamedAndTwoProducersAreTold() {
        SetUpCheck check = new SetUpCheck(configurations);
        configurations.with("headgate.device-boiler.cfg", Map.of());
        assertFinding(check.check().get(0), Level.OK, "1 files", "");
        configurations.warn("headgate.device_pump.cfg: nobody reads it; did you mean headgate.device-pump.cfg?");
        configurations.warn("headgate.rule-x.cfg line 3: no '='");
        configurations.warn("something else");
        configurations.with("headgate.rule-boiler.cfg", Map.of());
        configurations.with("headgate.rule-gateway-events.cfg", Map.of());
        List<Finding> findings = check.check();
        assertFinding(about("boiler", findings), Level.FAIL, "one producer", "mv -n etc/headgate.rule-boiler.cfg");
        assertFinding(about("gateway-events", findings), Level.FAIL, "own events", "rule:remove gateway-events");
        assertThat(findings)
                .extracting(Finding::remedy)
                .contains(
                        "in the home: mv -n etc/headgate.device_pump.cfg etc/headgate.device-pump.cfg",
                        "correct line 3 of etc/headgate.rule-x.cfg in the home with an editor",
                        "correct it, or take it out of HOME/etc");
    }

    @Test
    void noRemedyReplacesAFileThatIsThere() {
        configurations.with("headgate.device-pump.cfg", Map.of());
        configurations.with("headgate.rule-pump.cfg", Map.of());
        configurations.with("headgate.rule-pump-2.cfg", Map.of());
        configurations.warn("headgate.device_pump.cfg: nobody reads it; did you mean headgate.device-pump.cfg?");
        List<Finding> findings = new SetUpCheck(configurations).check();
        assertThat(about("pump", findings).remedy())
                .endsWith("mv -n etc/headgate.rule-pump.cfg etc/headgate.rule-pump-3.cfg");
        assertThat(about("", findings).remedy())
                .contains("compares them, then remove one")
                .doesNotContain("mv ");
    }

    @Test
    void secretsThatAreUnsetOpenToOthersOrInClearTextAreNamedAndNotShown() throws Exception {
        Path folder = Files.createDirectories(home.resolve("secrets"));
        for (String name : List.of("good", "open", "known_hosts")) {
            Files.writeString(folder.resolve(name), "hunter2");
            Files.setPosixFilePermissions(
                    folder.resolve(name),
                    PosixFilePermissions.fromString(name.equals("good") ? "rw-------" : "rw-r-----"));
        }
        Secrets secrets = (Secrets) Proxy.newProxyInstance(
                Secrets.class.getClassLoader(),
                new Class<?>[] {Secrets.class},
                (proxy, method, arguments) ->
                        Optional.of("hunter2".toCharArray()).filter(text -> arguments[0].equals("@good")));
        SecretsCheck check = new SecretsCheck(configurations, secrets, new Machine(home, home));
        configurations.with("headgate.uplink-a.cfg", Map.of("password", "@good"));
        configurations.with("headgate.uplink-b.cfg", Map.of("password", "@open"));
        configurations.with("headgate.uplink-c.cfg", Map.of("password", "@unset"));
        configurations.with("headgate.uplink-d.cfg", Map.of("password", "hunter2", "user", "hunter2"));
        List<Finding> findings = check.check();
        assertFinding(about("@good", findings), Level.OK, "headgate.uplink-a.cfg", "");
        assertFinding(
                about("open", findings), Level.FAIL, "others than its owner", "chmod 600 " + folder.resolve("open"));
        assertFinding(about("@unset", findings), Level.FAIL, "not set", "secret:set unset");
        assertFinding(about("headgate.uplink-d.cfg", findings), Level.FAIL, "clear text", "secret:set NAME");
        assertThat(findings).hasSize(4);
        assertThat(findings.toString()).doesNotContain("hunter2");
    }

    @Test
    void aChangeThatWaitsIsAWarningWithTheTimeThatIsLeft() {
        Revisions waits = answering(
                Revisions.class,
                Map.of(
                        "waiting",
                        Optional.of(new Revisions.Waiting(
                                7, 6, Duration.ofSeconds(90).plusNanos(5)))));
        assertFinding(
                new RevisionsCheck(waits).check().get(0), Level.WARN, "undone in 90s", "gateway:confirm keeps it");
        Revisions quiet = answering(Revisions.class, Map.of("waiting", Optional.empty(), "list", List.of()));
        assertFinding(new RevisionsCheck(quiet).check().get(0), Level.OK, "none waits", "");
    }
}
