package org.headgate.uplink.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.junit.jupiter.api.Test;

class CommandsCheckTest {
    private final MemoryConfigurations files = new MemoryConfigurations();
    private final CommandsCheck check = new CommandsCheck(files, new Home());

    private void uplink(String name, String address, String commands) {
        String file = "headgate.uplink-" + name + ".cfg";
        files.put(file, "address", address);
        files.put(file, "commands", commands);
    }

    @Test
    void aListThatGivesAllRightsIsNamedWithWhatGivesThem() {
        assertThat(check.check()).containsExactly(Finding.ok("", "no uplink takes any"));
        uplink("good", "mqtts://one", "device:info, gateway:doctor, device:write");
        uplink("self", "mqtts://two", "device:info, uplink:s*");
        uplink("all", "mqtts://three", "*");
        uplink("off", "mqtts://four", "*");
        files.put("headgate.uplink-off.cfg", "enabled", "false");
        List<Finding> findings = check.check();
        assertThat(findings)
                .extracting(finding -> finding.level() + " " + finding.subject())
                .containsExactly("WARN uplink all", "OK uplink good", "WARN uplink self");
        assertThat(findings.get(0).text()).endsWith(String.join(", ", AllowList.POWERFUL));
        assertThat(findings.get(2).text()).endsWith("as good as an admin by uplink:set");
    }

    /** A file that is dropped into etc is not judged before. */
    @Test
    void twoUplinksThatHearTheSameAreNamed() {
        uplink("one", "mqtts://Broker", "device:info");
        uplink("other", "mqtts://broker:8883", "device:info");
        uplink("third", "mqtts://broker:8884", "device:info");
        List<Finding> findings = check.check();
        assertThat(findings.stream().filter(finding -> finding.level() == Level.WARN))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.subject()).isEqualTo("uplink other");
                    assertThat(finding.text()).contains("the uplink one");
                    assertThat(finding.remedy()).contains("command.topic=");
                });
        files.put("headgate.uplink-other.cfg", "command.topic", "headgate/{gateway}/{uplink}/command");
        assertThat(check.check()).allMatch(finding -> finding.level() == Level.OK);
        // The same in other words.
        files.put("headgate.uplink-other.cfg", "command.topic", "headgate/gw-1/command");
        assertThat(check.check()).anyMatch(finding -> finding.level() == Level.WARN);
        files.put("headgate.uplink-other.cfg", "command.topic", "headgate/gw-2/command");
        assertThat(check.check()).allMatch(finding -> finding.level() == Level.OK);
    }

    private record Home() implements Gateway {
        @Override
        public String id() {
            return "gw-1";
        }

        @Override
        public String version() {
            return "0";
        }

        @Override
        public Path home() {
            return Path.of("home");
        }
    }

    @Test
    void whatIsSaidToBePowerfulIsACommand() throws Exception {
        String page = Files.readString(Path.of("../../docs/console.md"));
        for (String name : AllowList.POWERFUL) {
            assertThat(page).contains("### " + name + "\n");
        }
    }
}
