package org.headgate.uplink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.headgate.mqtt.client.kit.Mosquitto;

/** Who a real broker lets in. */
final class Passwords {
    private Passwords() {}

    /** A file with the user {@code gw} and the password {@code right}. */
    static Path file(Path folder) throws IOException, InterruptedException {
        assumeTrue(Mosquitto.isInstalled(), "mosquitto is not installed");
        Path file = folder.resolve("passwords");
        Process made = new ProcessBuilder("mosquitto_passwd", "-b", "-c", file.toString(), "gw", "right")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("passwd.log").toFile())
                .start();
        try {
            assertThat(made.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            made.destroyForcibly().waitFor();
        }
        return file;
    }
}
