package org.headgate.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.headgate.linux.Kernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user is told who may not use a device, on a real kernel. */
class PermissionLab {
    private static final String NOBODY = "65534";

    private final Path chip = Path.of("/dev", new SimulatedPins().chip());

    /** What that user runs. */
    public static void main(String[] arguments) {
        String said;
        try {
            said = "may use " + Kernel.gpioChips().all().size();
        } catch (IOException refused) {
            said = refused.getMessage();
        }
        System.out.println(said);
    }

    @AfterEach
    void restore() throws Exception {
        permit("root", "600");
    }

    private void permit(String group, String mode) throws Exception {
        run("chgrp", group, chip.toString());
        run("chmod", mode, chip.toString());
    }

    @Test
    void whoMayNotUseAChipIsToldItsGroup() throws Exception {
        permit("dialout", "660");
        assertThat(asNobody()).startsWith("no permission for " + chip + ": sudo usermod -aG dialout nobody; ");
        permit("root", "600");
        assertThat(asNobody())
                .startsWith("no permission for " + chip + ": ")
                .contains("nobody")
                .doesNotContain("-aG root");
        permit("root", "666");
        assertThat(asNobody()).isEqualTo("may use 1");
    }

    /** As a user who may read whatever there is, since the classes may lie in somebody's home, but not write it. */
    private static String asNobody() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv (util-linux)");
        return run(
                "/usr/bin/setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search",
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-Djava.io.tmpdir=/dev/shm",
                "-Djna.tmpdir=/dev/shm",
                "-cp",
                System.getProperty("java.class.path"),
                PermissionLab.class.getName());
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            return printed.strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
