package org.headgate.driver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;

class MachinesTest {
    private final SimulatedSystem system = new SimulatedSystem(1);
    private final Machines machines = new Machines(system);

    private static DeviceSettings named(String name) {
        return new DeviceSettings(name, "", Duration.ofSeconds(1), List.of(), Map.of());
    }

    private Machine acquire(String name) throws Exception {
        return machines.acquire(named(name), () -> new Machine(new Boiler(1, 0, 300), FaultScript.NONE, system));
    }

    @Test
    void keepsAMachineForAnHourAfterItsLastConnection() throws Exception {
        Machine machine = acquire("a");
        assertThat(acquire("a")).isSameAs(machine);
        machines.release(named("a"), machine);
        system.advance(Duration.ofHours(2));
        acquire("b");
        assertThat(acquire("a")).as("one connection is still open").isSameAs(machine);
        machines.release(named("a"), machine);
        machines.release(named("a"), machine);
        system.advance(Duration.ofMinutes(59));
        acquire("c");
        assertThat(machines.size()).isEqualTo(3);
        system.advance(Duration.ofMinutes(2));
        acquire("d");
        assertThat(acquire("a")).isNotSameAs(machine);
    }

    @Test
    void remembersNoMoreThanABoundedNumberThatNobodyUses() throws Exception {
        Machine used = acquire("used");
        for (int i = 0; i < 10_000; i++) {
            machines.release(named("x" + i), acquire("x" + i));
        }
        assertThat(machines.size()).isLessThanOrEqualTo(2001);
        assertThat(acquire("used")).isSameAs(used);
    }
}
