package org.headgate.driver.uart;

import java.io.IOException;
import java.nio.file.Path;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.ReportedRows;
import org.headgate.host.Machine;
import org.headgate.serial.kit.Pty;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A driver and a real tty under the name of an adapter. */
abstract class PluggedIn {
    @TempDir
    Path folder;

    final SimulatedSystem system = new SimulatedSystem(1);
    final ReportedRows rows = new ReportedRows();
    UartDriver driver;
    Pty pty;

    @BeforeEach
    void plugIn() throws IOException {
        driver = new UartDriver(new Machine(folder, folder), new Threads(), system);
        pty = new Pty(folder.resolve("dev/serial/by-id/usb-gps"));
    }

    @AfterEach
    void pull() throws IOException {
        pty.close();
    }

    Connection subscribed(DeviceSettings settings) throws Exception {
        Connection connection = driver.open(settings);
        connection.subscribe(settings.channels(), rows);
        return connection;
    }
}
