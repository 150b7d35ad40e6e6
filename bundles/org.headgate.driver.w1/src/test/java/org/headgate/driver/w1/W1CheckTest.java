package org.headgate.driver.w1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.data.api.Row;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Supervision;
import org.headgate.doctor.api.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class W1CheckTest {
    @TempDir
    Path root;

    private final List<DeviceStatus> devices = new ArrayList<>();

    private void device(String name, String driver, String address, DeviceState state) {
        devices.add(new DeviceStatus(name, driver, address, "", state, 0, List.of(), 0, Supervision.NONE, false));
    }

    private List<Finding> check() {
        Devices all = new Devices() {
            @Override
            public List<DeviceStatus> list() {
                return devices;
            }

            @Override
            public Optional<DeviceStatus> device(String name) {
                return Optional.empty();
            }

            @Override
            public CompletionStage<Row> read(String device) {
                return new CompletableFuture<>();
            }

            @Override
            public PollStatistics polls() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void resetPolls() {
                throw new UnsupportedOperationException();
            }
        };
        return new W1Check(all, new SimulatedOneWire(root).machine()).check();
    }

    @Test
    void sayHowToSwitchOneWireOnWhenADeviceNeedsIt() {
        device("cellar", "w1", "28-000005e2fdc3", new DeviceState.Invalid("x"));
        device("boiler", "modbus", "tcp:x", new DeviceState.Online());
        assertThat(check())
                .containsExactly(Finding.fail(
                        "/sys/bus/w1",
                        "no 1-Wire bus, and a device needs it: cellar",
                        "sudo modprobe w1-gpio; for good: echo w1-gpio | sudo tee"
                                + " /etc/modules-load.d/headgate-w1-gpio.conf"));
    }

    @Test
    void doesNotMindWhereNoDeviceNeedsIt() {
        device("cellar", "w1", "28-000005e2fdc3", new DeviceState.Disabled());
        device("boiler", "modbus", "tcp:x", new DeviceState.Online());
        assertThat(check()).containsExactly(Finding.unknown("", "no device is on 1-Wire"));
    }

    @Test
    void namesTheSensorsThatAreNotThere() {
        new SimulatedOneWire(root).bus(1, "28-000005e2fdc3");
        device("cellar", "w1", "28-000005e2fdc3", new DeviceState.Online());
        device("attic", "w1", "28-000000000001", new DeviceState.Online());
        device("wrong", "w1", "x", new DeviceState.Invalid("x"));
        assertThat(check())
                .hasSize(2)
                .satisfiesExactly(
                        missing -> {
                            assertThat(missing.level()).isEqualTo(Finding.Level.WARN);
                            assertThat(missing.subject()).isEqualTo("device attic");
                            assertThat(missing.text()).isEqualTo("28-000000000001 is not on 1-Wire");
                        },
                        there -> assertThat(there).isEqualTo(Finding.ok("", "1 of 3 sensors are on w1_bus_master1")));
    }
}
