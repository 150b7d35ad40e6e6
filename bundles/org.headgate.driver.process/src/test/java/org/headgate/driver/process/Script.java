package org.headgate.driver.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.Fault;
import org.headgate.device.api.kit.FaultyPeer;

/** A program that prints a row again and again and takes another value on its standard input; what a file says makes it misbehave. */
final class Script implements FaultyPeer {
    private static final String TEXT = """
            #!/bin/bash
            v=12.5
            cd "${0%/*}"
            echo $$ > "pids/$$"
            while read -r mode < mode; do
              case $mode in
                good) printf '{"v":%s,"name":"scan","on":true}\\n' "$v" ;;
                GARBAGE) printf '{"v":%s,,\\001\\377}\\n' "$v" ;;
                SLOW) printf '{"v"'; read -r -t 0.02; printf ':1' ; read -r -t 0.02; printf '}\\n' ;;
                *) printf '{"v":'; echo "no more of this" >&2; exit 3 ;;
              esac
              line=
              read -r -t 0.02 line
              # 142 is the end of the time, 1 that of the input.
              [ $? -ne 1 ] || exit 0
              if [ -n "$line" ]; then v=${line#*:}; v=${v%\\}}; fi
            done
            """;

    private final Path folder;
    private final Path file;

    Script(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.createDirectories(folder.resolve("pids"));
        mode("good");
        this.file = write(folder.resolve("scan"), TEXT);
    }

    /** A program of this text. */
    static Path write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static DeviceSettings settings(Path program, Map<String, String> options, Channel... channels) {
        Map<String, String> all = new java.util.HashMap<>(options);
        all.putIfAbsent("command", program.toString());
        return new DeviceSettings("scan", "", Duration.ofSeconds(3), List.of(channels), all);
    }

    @Override
    public DeviceSettings settings() {
        return settings(
                file,
                Map.of(),
                new Channel("v", "/v", Type.DOUBLE, "", Access.READ_WRITE, Map.of()),
                Channel.readable("name", "/name", Type.STRING, ""),
                Channel.readable("on", "/on", Type.BOOLEAN, ""),
                Channel.readable("rows", "count/rows", Type.LONG, ""));
    }

    /** Those that hang are not there: what was said last is what counts. */
    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.REFUSE, Fault.DISCONNECT, Fault.GARBAGE, Fault.SLOW);
    }

    @Override
    public void provoke(Fault fault) throws IOException {
        if (fault == Fault.REFUSE) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
        mode(fault.name());
        if (fault == Fault.REFUSE || fault == Fault.DISCONNECT) {
            awaitNone();
        }
    }

    @Override
    public void heal() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        mode("good");
    }

    @Override
    public void close() throws IOException {
        mode("exit");
        awaitNone();
    }

    private void mode(String mode) throws IOException {
        Path next = folder.resolve("mode.next");
        Files.writeString(next, mode + "\n");
        Files.move(next, folder.resolve("mode"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The ids of those that run. */
    List<Long> running() throws IOException {
        try (Stream<Path> pids = Files.list(folder.resolve("pids"))) {
            return pids.map(pid -> Long.valueOf(pid.getFileName().toString()))
                    .filter(pid ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                    .toList();
        }
    }

    private void awaitNone() throws IOException {
        for (int i = 0; i < 1000 && !running().isEmpty(); i++) {
            LockSupport.parkNanos(5_000_000);
        }
        // The gateway hears of it from the kernel a moment later.
        LockSupport.parkNanos(200_000_000);
    }
}
