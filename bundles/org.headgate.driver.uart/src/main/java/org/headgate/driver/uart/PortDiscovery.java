package org.headgate.driver.uart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.serial.Port;
import org.headgate.serial.SerialPorts;

/** Finds serial ports. What is behind one only its documentation tells: nothing is opened or sent, since that would reset some and confuse others. */
final class PortDiscovery implements Discovery {
    private final SerialPorts ports;

    PortDiscovery(SerialPorts ports) {
        this.ports = ports;
    }

    @Override
    public String where() {
        return "";
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException {
        if (!place.address().isEmpty()) {
            throw new InvalidSettingException("address", place.address(), "no address: all ports of this machine");
        }
        place.requireKnown(List.of());
        for (Port port : ports.list()) {
            found.accept(new Discovered(
                    port.device().substring(port.device().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT),
                    port.path() + ",9600-8N1",
                    port.description() + " at " + port.device(),
                    port.obstacle(),
                    Map.of(),
                    List.of()));
        }
    }
}
