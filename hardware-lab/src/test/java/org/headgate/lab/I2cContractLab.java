package org.headgate.lab;

import static org.headgate.lab.LabDevice.number;
import static org.headgate.lab.LabDevice.reading;
import static org.headgate.lab.LabDevice.settings;

import java.util.List;
import java.util.Map;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.headgate.device.api.kit.DriverContract;
import org.headgate.driver.i2c.I2cDriver;
import org.headgate.pi4j.LabContext;
import org.junit.jupiter.api.AfterEach;

/** What every driver must do, by the driver i2c on a real bus of a kernel. */
class I2cContractLab implements DriverContract {
    private final LabContext pi4j = new LabContext();
    private final Driver driver = new I2cDriver(pi4j.context());

    @AfterEach
    void end() {
        pi4j.close();
    }

    @Override
    public Driver driver() {
        return driver;
    }

    @Override
    public DeviceSettings reachable() {
        return settings(
                "i2c-1/0x48",
                Map.of("auto-increment", "true"),
                reading("0x02 uint16 bits=15..3"),
                number("0x05 uint8"),
                number("0x06 uint8 bits=6..5"));
    }

    /** Whatever else is found may have a profile, which only the runtime understands. */
    @Override
    public List<String> places() {
        return List.of("i2c-1/0x48");
    }
}
