package org.headgate.driver.uart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.Fault;
import org.headgate.device.api.kit.FaultyPeer;
import org.headgate.serial.kit.Pty;

/** A scale at the other end of a real tty: it is asked {@code READ}, and answers with a checksum. */
final class Scale implements FaultyPeer {
    private final String address;
    private final Pty pty;
    private final Random random = new Random(11);
    private volatile Fault fault;

    /** A scale on a machine's port of this name. */
    Scale(Path root, String name) throws IOException {
        address = name;
        pty = new Pty(root.resolve("dev/serial/by-id").resolve(name));
        serve();
    }

    private void serve() {
        BufferedReader requests = new BufferedReader(new InputStreamReader(pty.received(), StandardCharsets.US_ASCII));
        Thread thread = new Thread(
                () -> {
                    try {
                        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
                            if (line.equals("READ")) {
                                answer(sentence("$SCALE,12.5,kg,OK"));
                            }
                        }
                    } catch (IOException pulled) {
                        return; // The next thread serves the next tty.
                    }
                },
                "scale");
        thread.setDaemon(true);
        thread.start();
    }

    static byte[] sentence(String content) {
        int sum = content.substring(1).chars().reduce(0, (a, b) -> a ^ b);
        return String.format("%s*%02X\r\n", content, sum).getBytes(StandardCharsets.US_ASCII);
    }

    private void answer(byte[] bytes) throws IOException {
        Fault now = fault;
        if (now == null) {
            pty.send(bytes);
            return;
        }
        switch (now) {
            case HANG, REFUSE -> LockSupport.parkNanos(1);
            case DISCONNECT -> {
                pty.send(Arrays.copyOf(bytes, bytes.length / 2));
                pty.pull();
            }
            case GARBAGE -> {
                int at = random.nextInt(bytes.length - 2);
                bytes[at] ^= (byte) (1 << random.nextInt(7));
                pty.send(bytes);
            }
            case SLOW -> {
                for (byte each : bytes) {
                    pty.send(each);
                    LockSupport.parkNanos(2_000_000);
                }
            }
        }
    }

    static DeviceSettings settings(String address, List<Channel> channels, String... options) {
        Map<String, String> keys = new TreeMap<>();
        for (String option : options) {
            keys.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return new DeviceSettings("scale", address + ",115200-8N1", Duration.ofSeconds(2), channels, keys);
    }

    static Channel channel(String name, String source, Type type, String... options) {
        Map<String, String> keys = new TreeMap<>();
        for (String option : options) {
            keys.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return new Channel(name, source, type, "", source.startsWith("write:") ? Access.WRITE : Access.READ, keys);
    }

    @Override
    public DeviceSettings settings() {
        return settings(
                address,
                List.of(
                        channel("weight", "text/1", Type.DOUBLE, "match=$SCALE"),
                        channel("unit", "text/2", Type.STRING),
                        channel("state", "/,(\\w+)$/1", Type.STRING)),
                "request=READ\\r\\n",
                "checksum=nmea");
    }

    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.values());
    }

    @Override
    public void provoke(Fault what) throws IOException {
        fault = what;
        if (what == Fault.REFUSE) {
            pty.pull();
        }
    }

    @Override
    public void heal() throws IOException {
        fault = null;
        pty.pull();
        pty.plugIn();
        serve();
    }

    @Override
    public void close() throws IOException {
        pty.close();
    }
}
