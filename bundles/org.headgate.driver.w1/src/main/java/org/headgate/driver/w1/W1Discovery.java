package org.headgate.driver.w1;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovery;
import org.headgate.device.api.InvalidSettingException;

/** Lists what the kernel has found: it searches by itself, every ten seconds. Nothing is sent. */
final class W1Discovery implements Discovery {
    /** A conversion keeps the bus for most of a second, so that several sensors cannot be read each second. */
    private static final Map<String, String> SETTINGS = Map.of("poll", "10s");

    private final OneWire buses;

    W1Discovery(OneWire buses) {
        this.buses = buses;
    }

    @Override
    public String where() {
        return "a bus such as " + SensorAddress.FIRST_MASTER;
    }

    @Override
    public List<String> places() throws IOException {
        List<String> masters = buses.masters();
        if (masters.isEmpty()) {
            throw new IOException(buses.noBus());
        }
        return masters;
    }

    @Override
    public void search(DeviceSettings place, Consumer<Discovered> found) throws InvalidSettingException, IOException {
        place.requireKnown(List.of());
        List<String> masters = places();
        String address = place.address();
        if (!address.isEmpty() && !masters.contains(address)) {
            throw new InvalidSettingException("address", address, "one of " + String.join(", ", masters));
        }
        for (String master : address.isEmpty() ? masters : List.of(address)) {
            for (SensorAddress sensor : buses.thermometers(master)) {
                found.accept(new Discovered(
                        sensor.type().toLowerCase(Locale.ROOT),
                        sensor.toString(),
                        sensor.type() + " thermometer, found by the kernel on " + master,
                        "",
                        SETTINGS,
                        List.of()));
            }
        }
    }
}
