package org.headgate.mqtt.client.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real mosquitto as a process on a free loopback port: started, killed and started again at the same port. */
public final class Mosquitto implements AutoCloseable {
    private static final List<String> PLACES = List.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto");

    private final Path folder;
    private final int port;
    private final StringBuilder configuration = new StringBuilder();
    private final List<Integer> ports = new ArrayList<>();
    private Process process;

    /** A broker in a folder of its own, not yet started. */
    public Mosquitto(Path folder, String... lines) throws IOException {
        this.folder = folder;
        port = freePort();
        configuration
                .append("listener " + port + " 127.0.0.1\nallow_anonymous true\n")
                .append(String.join("\n", lines))
                .append('\n');
    }

    /** Another port of the same broker, with settings of its own; before the start. Web sockets: {@code protocol websockets}. */
    public int listener(String... lines) throws IOException {
        int another = freePort();
        configuration
                .append("listener " + another + " 127.0.0.1\n")
                .append(String.join("\n", lines))
                .append('\n');
        return another;
    }

    /** Another port, with TLS: {@code name.pem} and {@code name.key} of a folder. */
    public int tlsListener(Path certificates, String name, String... lines) throws IOException {
        return listener("certfile " + certificates.resolve(name + ".pem") + "\nkeyfile "
                + certificates.resolve(name + ".key") + "\n" + String.join("\n", lines));
    }

    /** One that is not given away yet: the kernel may offer the same one twice. */
    private int freePort() throws IOException {
        while (true) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (!ports.contains(free.getLocalPort())) {
                    ports.add(free.getLocalPort());
                    return free.getLocalPort();
                }
            }
        }
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        return PLACES.stream().anyMatch(place -> Files.isExecutable(Path.of(place)));
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its address, {@code mqtt://127.0.0.1:port}. */
    public String address() {
        return "mqtt://127.0.0.1:" + port;
    }

    /** What it has logged so far. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("mosquitto.log"));
    }

    /** Starts it; returns when it accepts connections on each of its ports: it opens one after the other. */
    public Mosquitto start() throws IOException, InterruptedException {
        String program = PLACES.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElseThrow();
        Files.writeString(folder.resolve("mosquitto.conf"), configuration);
        process = new ProcessBuilder(
                        program, "-c", folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!ports.stream().allMatch(Mosquitto::accepts)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("mosquitto: " + Files.readString(folder.resolve("mosquitto.log")));
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    /** It answers nothing, and keeps its connections, until {@link #thaw}. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** It goes on where it was frozen. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Ends it as a power cut does. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
