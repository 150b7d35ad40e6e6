package org.headgate.driver.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.DeviceFile;
import org.headgate.config.api.Gateway;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.DeviceNodes;
import org.headgate.host.Interfaces;
import org.headgate.host.Machine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The SPI buses: whether there are any, whether we may use them, and whether each device's chip select is there. */
@Component
public final class SpiCheck implements HealthCheck {
    private final Configurations configurations;
    private final DeviceNodes nodes;

    /** The check of this machine. */
    @Activate
    public SpiCheck(@Reference Configurations configurations, @Reference Gateway gateway) {
        this(configurations, DeviceNodes.of(Machine.of(gateway.home())));
    }

    SpiCheck(Configurations configurations, DeviceNodes nodes) {
        this.configurations = configurations;
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "spi";
    }

    @Override
    public List<Finding> check() {
        return nodes.check(Interfaces.SPI, "SPI", wanted(), "spiB.C");
    }

    /** The chip selects that devices name, with the devices. */
    private Map<String, String> wanted() {
        Map<String, String> wanted = new HashMap<>();
        for (DeviceFile device : DeviceFile.enabled(configurations)) {
            if (device.isOf("spi")) {
                try {
                    String path = "/dev/" + SpiAddress.parse(device.address()).nodeName();
                    wanted.merge(path, device.name(), (one, other) -> one + ", " + other);
                } catch (InvalidSettingException itsDeviceIsInvalid) {
                    // And says so itself.
                    continue;
                }
            }
        }
        return wanted;
    }
}
