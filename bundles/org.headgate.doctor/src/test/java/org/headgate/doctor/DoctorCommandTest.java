package org.headgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.headgate.console.api.kit.Console;
import org.headgate.doctor.Round.Diagnosis;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

class DoctorCommandTest {
    private final Checks checks = new Checks();
    private final List<HealthCheck> held = new ArrayList<>();
    private final Console console = new Console();
    private final DoctorCommand command = new DoctorCommand(checks, new Inline());

    private HealthCheck offer(String name, Callable<List<Finding>> work) {
        HealthCheck check = new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Finding> check() {
                try {
                    return work.call();
                } catch (RuntimeException defect) {
                    throw defect;
                } catch (Exception other) {
                    throw new AssertionError(other);
                }
            }
        };
        checks.bind(new ComponentServiceObjects<>() {
            @Override
            public HealthCheck getService() {
                held.add(check);
                return check;
            }

            @Override
            public void ungetService(HealthCheck service) {
                held.remove(service);
            }

            @Override
            public ServiceReference<HealthCheck> getServiceReference() {
                return null;
            }
        });
        return check;
    }

    @Test
    void theWorstComesFirstAndEachHasItsRemedyUnderIt() throws Exception {
        offer("clock", () -> List.of(Finding.ok("", "it is set")));
        offer(
                "uplinks",
                () -> List.of(
                        Finding.fail(
                                "uplink cloud",
                                "127.0.0.1:1884 refuses: nothing listens there",
                                "uplink:set cloud address=..."),
                        Finding.warn("uplink spare", "is slow", "wait")));
        offer("i2c", () -> List.of(Finding.unknown("", "this machine has none")));
        assertThat(console.run(command)).isEqualTo("""
                FAIL     uplinks  uplink cloud: 127.0.0.1:1884 refuses: nothing listens there
                                  -> uplink:set cloud address=...
                WARN     uplinks  uplink spare: is slow
                                  -> wait
                UNKNOWN  i2c      this machine has none
                OK       clock    it is set
                FAIL 1, WARN 1, UNKNOWN 1, OK 1
                """);
        assertThat(console.status()).isEqualTo(1);
        assertThat(held).isEmpty();
        JsonNode json = console.json(command, "--json");
        assertThat(json).hasSize(4);
        assertThat(json.get(0).toString())
                .isEqualTo(
                        "{\"check\":\"uplinks\",\"level\":\"FAIL\",\"subject\":\"uplink cloud\",\"text\":\"127.0.0.1:1884"
                                + " refuses: nothing listens there\",\"remedy\":\"uplink:set cloud address=...\"}");
    }

    @Test
    void onlyTheNamedChecksRunAndAWrongNameIsCorrected() throws Exception {
        offer("clock", () -> List.of(Finding.ok("", "it is set")));
        offer("disk", () -> List.of(Finding.fail("", "full", "clean")));
        assertThat(console.run(command, "clock"))
                .isEqualTo("OK       clock  it is set\nFAIL 0, WARN 0, UNKNOWN 0, OK 1\n");
        assertThat(console.status()).isZero();
        assertThat(console.run(command, "dsk"))
                .isEqualTo("error: no check dsk; did you mean disk? (expected: clock, disk)\n");
        assertThat(console.status()).isEqualTo(1);
        assertThat(command.complete(List.of("disk"))).containsExactly("clock");
        assertThat(held).isEmpty();
    }

    @Test
    void aCheckThatThrowsIsAFindingItself() throws Exception {
        offer("broken", () -> {
            throw new IllegalStateException("oops");
        });
        assertThat(console.run(command))
                .contains("FAIL     broken  the check itself failed", "oops", "gateway:support");
    }

    @Test
    void aCheckThatHangsIsReportedAfterTenSecondsAndTheOthersAreShown() {
        SimulatedSystem system = new SimulatedSystem(1);
        HealthCheck hangs = offer("hangs", () -> {
            throw new SimulatedSystem.Hang();
        });
        HealthCheck well = offer("well", () -> List.of(Finding.ok("", "yes")));
        var round = Round.start(List.of(hangs, well), system);
        system.advance(Duration.ofSeconds(9));
        assertThat(round).isNotDone();
        system.advance(Duration.ofSeconds(1));
        assertThat(round.join()).extracting(Diagnosis::check).containsExactly("hangs", "well");
        assertThat(round.join().get(0).finding().text()).isEqualTo("no answer within 10 s");
    }

    @Test
    void longTextsAreWrappedWithinAHundredColumns() throws Exception {
        offer(
                "uplinks",
                () -> List.of(Finding.fail("uplink cloud", "word ".repeat(60), "command-without-a-blank".repeat(20))));
        assertThat(console.run(command).lines()).hasSizeGreaterThan(8);
    }
}
