package org.headgate.doctor;

import java.util.List;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Answer;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.doctor.Checks.Visit;
import org.headgate.doctor.Round.Diagnosis;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:doctor}: what usually goes wrong, and what to do about it. */
@Component(service = ConsoleCommand.class)
public final class DoctorCommand implements ConsoleCommand {
    private final Checks checks;
    private final Calls calls;

    @Activate
    public DoctorCommand(@Reference Checks checks, @Reference Calls calls) {
        this.checks = checks;
        this.calls = calls;
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:doctor", "Looks for what usually goes wrong and says what to do about it.")
                .words("[CHECK...]")
                .json()
                .more(
                        "The worst comes first. FAIL: something does not work; WARN: it will not for long, or not as it could;"
                                + " UNKNOWN: it does not apply here, or cannot be known; OK. After -> stands what to do.")
                .more("It changes nothing, and opens no device; it does connect to the servers of the uplinks. The exit"
                        + " status is 1 when anything is FAIL.")
                .example("gateway:doctor", "Everything.")
                .example("gateway:doctor disk clock", "The disk and the clock only.")
                .example("gateway:doctor --json", "For a program: an array, an object for each finding.");
    }

    @Override
    public List<String> complete(List<String> before) {
        try (Visit visit = checks.visit()) {
            return visit.names().stream().filter(name -> !before.contains(name)).toList();
        }
    }

    @Override
    public int run(Invocation invocation) throws InterruptedException {
        try (Visit visit = checks.visit()) {
            List<String> wanted = invocation.words();
            for (String name : wanted) {
                if (!visit.names().contains(name)) {
                    String meant = Texts.nearest(name, visit.names())
                            .map(near -> "; did you mean " + near + "?")
                            .orElse("");
                    return invocation.fail(
                            "no check " + name + meant + " (expected: " + String.join(", ", visit.names()) + ")");
                }
            }
            List<HealthCheck> asked = visit.checks().stream()
                    .filter(check -> wanted.isEmpty() || wanted.contains(check.name()))
                    .toList();
            Answer<List<Diagnosis>> answer =
                    invocation.await(Round.start(asked, calls), Round.PATIENCE.plusSeconds(2), "looking");
            if (answer.value().isEmpty()) {
                return invocation.fail(answer.failure().orElse("no answer"));
            }
            Report report = new Report(answer.value().get());
            if (invocation.json()) {
                invocation.out().println(Json.text(report.json()));
            } else {
                report.print(invocation.out());
            }
            return report.isWell() ? 0 : 1;
        }
    }
}
