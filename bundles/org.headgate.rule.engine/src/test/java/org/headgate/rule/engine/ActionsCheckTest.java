package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.junit.jupiter.api.Test;

class ActionsCheckTest {
    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private final OneDevice devices = new OneDevice();
    private final ActionsCheck check = new ActionsCheck(configurations, devices);

    private void rule(String name, String actions) {
        configurations.put("headgate.rule-" + name + ".cfg", "sql", "SELECT * FROM boiler");
        configurations.put("headgate.rule-" + name + ".cfg", "actions", actions);
    }

    @Test
    void whatWasEditedByHandOrHasLostItsDeviceIsNamed() {
        assertThat(check.check()).containsExactly(Finding.ok("", "no rule has any"));
        configurations.put("headgate.device-boiler.cfg", "driver", "simulator");
        devices.run("boiler", "setpoint");
        rule("right", "device:boiler/setpoint, log");
        rule("typo", "device:boiler/setpont");
        rule("gone", "device:lamp/light");
        rule("off", "device:lamp/light");
        configurations.put("headgate.rule-off.cfg", "enabled", "false");
        assertThat(check.check())
                .containsExactly(
                        Finding.fail(
                                "rule gone",
                                "actions: device:lamp/light (expected: a device: there are boiler)",
                                "rule:set gone actions=device:NAME/CHANNEL"),
                        Finding.fail(
                                "rule typo",
                                "actions: device:boiler/setpont (expected: a channel of boiler: did you mean setpoint?)",
                                "rule:set typo actions=device:NAME/CHANNEL"),
                        Finding.ok("", "2 have something to act on"));
    }
}
