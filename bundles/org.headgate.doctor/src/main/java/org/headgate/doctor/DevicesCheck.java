package org.headgate.doctor;

import java.util.ArrayList;
import java.util.List;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where the devices stand, and whether any is simulated. */
@Component
public final class DevicesCheck implements HealthCheck {
    private final Devices devices;

    @Activate
    public DevicesCheck(@Reference Devices devices) {
        this.devices = devices;
    }

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public List<Finding> check() {
        List<DeviceStatus> all = devices.list();
        if (all.isEmpty()) {
            return List.of(Finding.unknown("", "there is none yet (device:add NAME DRIVER ADDRESS makes one)"));
        }
        List<Finding> findings = new ArrayList<>();
        long well = 0;
        for (DeviceStatus device : all) {
            Finding finding = judge(device);
            if (finding.level() == Finding.Level.OK) {
                well++;
            } else {
                findings.add(finding);
            }
        }
        if (well > 0) {
            findings.add(Finding.ok("", well + " of " + all.size() + " are online, or switched off"));
        }
        long simulated = all.stream().filter(DeviceStatus::simulated).count();
        if (simulated > 0) {
            findings.add(Finding.warn(
                    "",
                    simulated + " of " + all.size() + " are SIMULATED: their values are not the field's",
                    "gateway:simulate off"));
        }
        return findings;
    }

    private static Finding judge(DeviceStatus device) {
        String name = device.name();
        String subject = "device " + name;
        DeviceState state = device.state();
        String text = state.label() + (state.detail().isEmpty() ? "" : ": " + state.detail());
        if (state instanceof DeviceState.Invalid invalid) {
            return Finding.fail(subject, text, Mending.of("device", name, invalid.why()));
        }
        if (state instanceof DeviceState.ActionNeeded action) {
            return Finding.fail(subject, "ACTION_NEEDED: " + action.what(), action.command());
        }
        if (state instanceof DeviceState.WaitingForDriver waiting) {
            return Finding.fail(
                    subject,
                    text,
                    "driver:install " + waiting.driver() + "; driver:list shows which there are, device:set " + name
                            + " driver=... takes another");
        }
        if (state instanceof DeviceState.Offline || state instanceof DeviceState.Degraded) {
            return Finding.warn(subject, text, "device:test " + name + " tries it and says where it fails");
        }
        return Finding.ok(subject, text);
    }
}
