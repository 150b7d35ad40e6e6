package org.headgate.driver.i2c;

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

/** The I2C buses: whether there are any, whether we may use them, and whether each device's bus is there. */
@Component
public final class I2cCheck implements HealthCheck {
    private final Configurations configurations;
    private final DeviceNodes nodes;

    /** The check of this machine. */
    @Activate
    public I2cCheck(@Reference Configurations configurations, @Reference Gateway gateway) {
        this(configurations, DeviceNodes.of(Machine.of(gateway.home())));
    }

    I2cCheck(Configurations configurations, DeviceNodes nodes) {
        this.configurations = configurations;
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "i2c";
    }

    @Override
    public List<Finding> check() {
        return nodes.check(Interfaces.I2C, "I2C", wanted(), "i2c-N/0xAA");
    }

    /** The buses that devices name, with the devices. */
    private Map<String, String> wanted() {
        Map<String, String> wanted = new HashMap<>();
        for (DeviceFile device : DeviceFile.enabled(configurations)) {
            if (device.isOf("i2c")) {
                try {
                    String path = "/dev/" + I2cAddress.parse(device.address()).busName();
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
