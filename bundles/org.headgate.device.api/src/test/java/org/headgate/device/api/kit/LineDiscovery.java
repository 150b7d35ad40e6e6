package org.headgate.device.api.kit;

import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;

/** Finds the device of the {@link LineProtocol} behind a port. */
record LineDiscovery(Defect defect) implements Discovery {
    @Override
    public String where() {
        return "a port on this machine";
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) {
        if (defect != Defect.FINDS_NOTHING) {
            String address = defect == Defect.FINDS_WHAT_CANNOT_BE_OPENED ? "1" : place.address();
            found.accept(Discovered.device("line", address, "a temperature and a pump"));
        }
    }
}
