package org.headgate.driver.host;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.host.Machine;

/** Finds the machine that the gateway runs on, and says what can be seen of it. */
final class ThisMachine implements Discovery {
    private final Machine machine;

    ThisMachine(Machine machine) {
        this.machine = machine;
    }

    @Override
    public String where() {
        return "";
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        HostDriver.checkKeys(place);
        int disks = machine.disks().size();
        String description = "this machine, " + disks + (disks == 1 ? " disk" : " disks")
                + (machine.temperature().isPresent() ? ", a thermometer" : ", no thermometer");
        // Once a second is more than these values are worth.
        found.accept(new Discovered("host", "", description, "", Map.of("poll", "10s"), List.of()));
    }
}
