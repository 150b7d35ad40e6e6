package org.headgate.driver.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.DeviceFile;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.Machine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The programs that devices name: whether they are there and may be run, and whether their limits can be kept on this machine. */
@Component
public final class ProcessCheck implements HealthCheck {
    private final Configurations configurations;
    private final Launcher launcher;

    @Activate
    public ProcessCheck(@Reference Configurations configurations) {
        this(configurations, Launcher.here(Machine.of(Path.of("/"))));
    }

    ProcessCheck(Configurations configurations, Launcher launcher) {
        this.configurations = configurations;
        this.launcher = launcher;
    }

    @Override
    public String name() {
        return "programs";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        for (DeviceFile device : DeviceFile.enabled(configurations)) {
            if (device.isOf("process")) {
                judge(device).ifPresent(findings::add);
            }
        }
        findings.sort(Comparator.comparing(Finding::level).reversed());
        return findings.isEmpty() ? List.of(Finding.ok("", "no device names a program")) : findings;
    }

    /** Empty where the profile names the program, or where the device is INVALID and says why. */
    private Optional<Finding> judge(DeviceFile device) {
        Map<String, String> keys = new LinkedHashMap<>(device.values());
        keys.keySet().removeIf(key -> !Setup.DEFAULTS.containsKey(key));
        DeviceSettings settings = new DeviceSettings(device.name(), "", Duration.ofSeconds(1), List.of(), keys);
        try {
            Setup setup = Setup.parse(settings);
            launcher.check(setup);
            String missing = launcher.missing(setup.limits());
            return Optional.of(
                    missing.isEmpty()
                            ? Finding.ok(
                                    setup.command().get(0),
                                    String.join(", ", "can be run for " + device.name(), launcher.kept(setup.limits()))
                                            .replaceFirst(", $", ""))
                            : Finding.warn(
                                    setup.command().get(0),
                                    device.name() + ": " + missing,
                                    "sudo systemctl edit headgate: [Service] Delegate=yes ProtectControlGroups=no; or run it where its user has a systemd of its own:"
                                            + " sudo loginctl enable-linger, systemctl --user"));
        } catch (InvalidSettingException itsOwnBusiness) {
            return Optional.empty();
        } catch (IOException cannot) {
            return Optional.of(Finding.fail(
                    keys.getOrDefault("command", ""),
                    device.name() + ": " + cannot.getMessage(),
                    "mend it, then device:test " + device.name()));
        }
    }
}
