package org.headgate.driver.modbus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.host.Machine;
import org.headgate.serial.SerialPorts;
import org.headgate.system.api.kit.MovedClock;
import org.headgate.system.api.kit.SilentNameServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host's name, and a name server that does not answer. */
class HostNameTest {
    @TempDir
    private Path folder;

    private final MovedClock clock = new MovedClock();

    private ModbusDriver driver() {
        SerialPorts ports = SerialPorts.of(new Machine(folder, folder));
        return new ModbusDriver(new Lines(new Wires(ports, new SilentNameServer(), clock), clock), clock);
    }

    private static DeviceSettings at(String host) {
        return Units.within(Units.device("tcp:" + host + ",unit=1", "a: holding/5 uint16"), Duration.ofMillis(250));
    }

    @Test
    void aNameServerThatHangsTakesTheTimeOfTheDeviceOnly() throws Exception {
        assertThatThrownBy(() -> driver().open(at("plc.example")))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("no address for the host plc.example within 200 ms: does the name server (DNS) answer?");
    }

    @Test
    void anAddressNeedsNone() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer();
                Connection connection = driver().open(Units.within(at(peer.place()), Duration.ofSeconds(30)))) {
            Units.read(connection, at(peer.place()).channels());
        }
    }
}
