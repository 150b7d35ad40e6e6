package org.headgate.driver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.ReportedRows;
import org.headgate.host.Machine;
import org.headgate.system.api.Loop;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;

/** Shell scripts of tests as the driver's programs, and what was said by and of them. */
final class Programs implements AutoCloseable {
    static final Channel VALUE = Channel.readable("v", "/v", Type.LONG, "");

    private static final SharedLoops LOOPS = new SharedLoops();
    private static final ThreadCalls CALLS = new ThreadCalls(LOOPS);
    private static final SystemClock CLOCK = new SystemClock(LOOPS, CALLS);

    final ProcessDriver driver;
    final ReportedRows said = new ReportedRows();

    private final Path folder;
    private final Loop loop = LOOPS.loop("test");
    private final List<Connection> open = new ArrayList<>();

    /** Programs in a folder. */
    Programs(Path folder) {
        this.folder = folder;
        Machine machine = Machine.of(folder);
        driver = new ProcessDriver(
                machine, new Launcher(machine, Map.of(), false, 7), Programs::secret, CALLS, CLOCK, loop);
    }

    /** There is one. */
    static Optional<char[]> secret(String value) {
        return value.equals("@site-token") ? Optional.of("s3 cret".toCharArray()) : Optional.empty();
    }

    /** Runs a shell script with these keys ({@code key=value}), and subscribes to its value. */
    Connection run(String text, String... keys) throws Exception {
        return subscribed(settings(text, keys));
    }

    Connection subscribed(DeviceSettings settings) throws Exception {
        Connection connection = driver.open(settings);
        open.add(connection);
        connection.subscribe(settings.channels(), said);
        Files.writeString(folder.resolve("heard"), "");
        return connection;
    }

    /** The beginning of a script whose end is to be a report: one that has ended before cannot be subscribed to. */
    String whenHeard() {
        return "until [ -e '" + folder + "/heard' ]; do sleep 0.05; done; ";
    }

    DeviceSettings settings(String text, String... keys) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (String key : keys) {
            options.put(key.substring(0, key.indexOf('=')), key.substring(key.indexOf('=') + 1));
        }
        return Script.settings(Script.write(folder.resolve("program"), "#!/bin/sh\n" + text), options, VALUE);
    }

    void awaitFailure(String why) {
        said.awaitFailure();
        assertThat(said.failures()).containsExactly(why);
    }

    /** Whether the process runs whose id is in a file. */
    static boolean alive(Path pid) throws IOException {
        return isAlive(Files.readString(pid).strip());
    }

    static boolean isAlive(String pid) {
        String stat = Machine.of(Path.of("/")).text("proc/" + pid + "/stat").orElse(") Z");
        return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    }

    @Override
    public void close() {
        open.forEach(Connection::close);
        loop.close();
    }
}
