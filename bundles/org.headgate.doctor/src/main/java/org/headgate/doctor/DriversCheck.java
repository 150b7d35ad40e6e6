package org.headgate.doctor;

import java.util.ArrayList;
import java.util.List;
import org.headgate.device.api.DriverStatus;
import org.headgate.device.api.Drivers;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the wanted drivers are there and work. */
@Component
public final class DriversCheck implements HealthCheck {
    private final Drivers drivers;

    @Activate
    public DriversCheck(@Reference Drivers drivers) {
        this.drivers = drivers;
    }

    @Override
    public String name() {
        return "drivers";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        long running = 0;
        for (DriverStatus driver : drivers.list()) {
            String name = driver.name();
            String why = driver.detail().isEmpty() ? "" : ": " + driver.detail();
            switch (driver.state()) {
                case MISSING ->
                    findings.add(Finding.fail(
                            "driver " + name,
                            driver.detail().isEmpty() ? "wanted, but not installed" : driver.detail(),
                            install(driver) + "; not wanted any more: driver:remove " + name));
                case FAILED ->
                    findings.add(Finding.fail(
                            "driver " + name,
                            "is installed, but offers nothing" + why,
                            driver.previous().isEmpty()
                                    ? "log:display shows why; driver:remove " + name
                                    : "driver:rollback " + name + " goes back to " + driver.previous()));
                case RUNNING -> running++;
                case AVAILABLE -> {}
            }
        }
        for (String warning : drivers.warnings()) {
            if (findings.stream()
                    .noneMatch(known -> warning.contains(known.subject().replace("driver ", "")))) {
                findings.add(Finding.warn("", warning, "driver:list shows what is there and what is wanted"));
            }
        }
        findings.add(Finding.ok("", running + " installed"));
        return findings;
    }

    private static String install(DriverStatus driver) {
        if (driver.origin().equals("file")) {
            String version = driver.version().isEmpty() ? "" : " that has version " + driver.version();
            return "copy its file" + version + " into HOME/files, then driver:install FILE";
        }
        return "driver:install " + driver.name() + ", or copy its file into HOME/deploy";
    }
}
