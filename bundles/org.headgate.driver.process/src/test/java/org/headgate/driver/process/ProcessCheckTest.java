package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.host.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCheckTest {
    @TempDir
    private Path root;

    private final MemoryConfigurations files = new MemoryConfigurations();

    private List<Finding> check() {
        return new ProcessCheck(files, new Launcher(new Machine(root, root), Map.of(), false, 7)).check();
    }

    private void device(String name, String... keys) {
        Map<String, String> values = new java.util.HashMap<>(Map.of("driver", "process", "channel.v", "/v"));
        for (String key : keys) {
            values.put(key.substring(0, key.indexOf('=')), key.substring(key.indexOf('=') + 1));
        }
        files.with("headgate.device-" + name + ".cfg", values);
    }

    @Test
    void nothingIsWantedWithoutPrograms() {
        device("off", "command=/no/such", "enabled=false");
        device("profiled");
        assertThat(check()).containsExactly(Finding.ok("", "no device names a program"));
    }

    @Test
    void saysWhatIsNotThereAndWhichLimitIsNotKept() {
        device("a", "command=/bin/true", "poll=1s");
        device("b", "command=/bin/sh", "cpu=20%");
        device("c", "command=/no/such");
        assertThat(check()).extracting(Finding::level).containsExactly(Level.FAIL, Level.WARN, Level.OK);
        assertThat(check().get(0).text()).startsWith("c: /no/such is not there");
        assertThat(check().get(1).text()).startsWith("b: cpu = 20% is not kept");
        assertThat(check().get(2)).isEqualTo(Finding.ok("/bin/true", "can be run for a"));
    }

    @Test
    void saysWhatKeepsTheLimits() throws Exception {
        ControlGroupsTest.group(root, "unit", "cpu memory", "");
        ControlGroupsTest.in(root, "0::/unit");
        device("b", "command=/bin/sh", "cpu=20%");
        assertThat(check())
                .containsExactly(Finding.ok("/bin/sh", "can be run for b, its limits are kept by a control group"));
        assertThat(root.resolve("sys/fs/cgroup/unit/gateway"))
                .as("asking changes nothing")
                .doesNotExist();
    }
}
