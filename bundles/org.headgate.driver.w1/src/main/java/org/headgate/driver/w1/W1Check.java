package org.headgate.driver.w1;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.Machine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether 1-Wire is switched on, which it is not on a new Raspberry Pi, and the sensors are there. */
@Component
public final class W1Check implements HealthCheck {
    private final Devices devices;
    private final OneWire buses;

    /** A check of the machine that we run on. */
    @Activate
    public W1Check(@Reference Devices devices) {
        this(devices, Machine.of(Path.of("/")));
    }

    W1Check(Devices devices, Machine machine) {
        this.devices = devices;
        this.buses = new OneWire(machine);
    }

    @Override
    public String name() {
        return W1Driver.NAME;
    }

    @Override
    public List<Finding> check() {
        List<DeviceStatus> wanted = devices.list().stream()
                .filter(device -> device.driver().equals(W1Driver.NAME))
                .filter(device -> !(device.state() instanceof DeviceState.Disabled))
                .toList();
        List<String> masters = buses.masters();
        if (wanted.isEmpty()) {
            return List.of(Finding.unknown("", "no device is on 1-Wire"));
        }
        if (masters.isEmpty()) {
            String names = wanted.stream().map(DeviceStatus::name).collect(Collectors.joining(", "));
            return List.of(
                    Finding.fail("/sys/bus/w1", "no 1-Wire bus, and a device needs it: " + names, buses.remedy()));
        }
        List<Finding> findings = new ArrayList<>();
        int there = 0;
        for (DeviceStatus device : wanted) {
            Optional<Boolean> seen = sees(device);
            there += seen.orElse(false) ? 1 : 0;
            if (!seen.orElse(true)) {
                findings.add(missing(device));
            }
        }
        if (there > 0) {
            findings.add(
                    Finding.ok("", there + " of " + wanted.size() + " sensors are on " + String.join(", ", masters)));
        }
        return findings;
    }

    /** Whether its sensor is there; empty for an address that is wrong, of which the device itself complains. */
    private Optional<Boolean> sees(DeviceStatus device) {
        try {
            return Optional.of(buses.has(SensorAddress.parse(device.address())));
        } catch (InvalidSettingException wrong) {
            return Optional.empty();
        }
    }

    private static Finding missing(DeviceStatus device) {
        return Finding.warn(
                "device " + device.name(),
                device.address() + " is not on 1-Wire",
                "check its wiring and the pull-up of 4.7 kOhm; device:discover w1 lists what is there");
    }
}
