package org.headgate.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.Interfaces;
import org.headgate.host.Machine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** I2C, SPI, 1-wire and the serial line of a Raspberry Pi, which are switched off when it is new. */
@Component
public final class InterfacesCheck implements HealthCheck {
    private static final int UNDER_VOLTAGE_NOW = 1;
    private static final int UNDER_VOLTAGE_ONCE = 1 << 16;

    private final Configurations configurations;
    private final Machine machine;

    @Activate
    public InterfacesCheck(@Reference Configurations configurations, @Reference Gateway gateway) {
        this(configurations, Machine.of(gateway.home()));
    }

    InterfacesCheck(Configurations configurations, Machine machine) {
        this.configurations = configurations;
        this.machine = machine;
    }

    @Override
    public String name() {
        return "interfaces";
    }

    @Override
    public List<Finding> check() {
        Optional<String> pi = Interfaces.raspberryPi(machine);
        List<String> wanted =
                List.copyOf(DeviceFilesCheck.wanted(configurations).keySet());
        List<Finding> findings = new ArrayList<>();
        for (Interfaces each : Interfaces.values()) {
            boolean needed =
                    wanted.stream().anyMatch(path -> Interfaces.of(path).equals(Optional.of(each)));
            if (each.isOn(machine)) {
                findings.add(Finding.ok(each.name(), "is switched on: " + each.sample()));
            } else if (needed) {
                findings.add(Finding.fail(
                        each.name(), each.sample() + " is missing, and a device needs it", each.remedy(machine)));
            } else if (pi.isPresent()) {
                findings.add(Finding.unknown(
                        each.name(), "is switched off; no device needs it (on: " + each.remedy(machine) + ")"));
            }
        }
        pi.ifPresent(model -> findings.add(supply(model)));
        return findings.isEmpty() ? List.of(Finding.unknown("", "this machine is no Raspberry Pi")) : findings;
    }

    /** The commonest fault of all on a Raspberry Pi: bits of the firmware's get_throttled. */
    private Finding supply(String model) {
        int bits = machine.text("sys/devices/platform/soc/soc:firmware/get_throttled")
                .flatMap(InterfacesCheck::hex)
                .orElse(-1);
        if (bits < 0) {
            return Finding.unknown("power", model + " does not say whether its supply is good");
        }
        if ((bits & (UNDER_VOLTAGE_NOW | UNDER_VOLTAGE_ONCE)) == 0) {
            return Finding.ok("power", model + " had enough voltage since it started");
        }
        String when = (bits & UNDER_VOLTAGE_NOW) != 0 ? "now" : "since it started";
        return Finding.warn(
                "power",
                model + " has too little voltage " + when + ", which damages cards and stops USB devices",
                "use the supply that is made for it, and a short cable");
    }

    private static Optional<Integer> hex(String text) {
        try {
            return Optional.of(Integer.parseUnsignedInt(text.replaceFirst("^0x", ""), 16));
        } catch (NumberFormatException garbage) {
            return Optional.empty();
        }
    }
}
