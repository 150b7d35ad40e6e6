package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Secrets;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.host.Machine;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.system.api.kit.Threads;

/** A gateway around the security of a device: a home folder with secrets in it, and a clock that shows the real time and can be set. */
final class Ground {
    /** Making a key takes a second: the tests that are not about that share one. */
    private static final OwnCertificate OWN = own();

    final Path home;
    final SimulatedSystem system = new SimulatedSystem(1);
    final Keyring keyring;
    private volatile CountDownLatch released = new CountDownLatch(0);
    private volatile Thread patient;

    Ground(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("files"));
        Files.createDirectories(home.resolve("secrets"));
        Files.createDirectories(home.resolve("proc/sys/kernel"));
        Files.writeString(home.resolve("proc/sys/kernel/hostname"), "gw-host\n");
        // A server of Milo's has the machine's clock.
        system.step(Duration.between(Instant.ofEpochSecond(0, system.epochNanos()), Instant.now()));
        keyring = new Keyring(
                new PrivateFiles(home.resolve("secrets"), this::disk),
                new Named(home),
                system,
                new Machine(home, home));
    }

    private static OwnCertificate own() {
        try {
            return OwnCertificate.make("gw-1", "gw-host", Instant.now());
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Gives the gateway its certificate. */
    OwnCertificate certified() throws IOException {
        keep(Keyring.NAME, OWN.pem());
        return OWN;
    }

    Path secret(String name) {
        return home.resolve("secrets").resolve(name);
    }

    static DeviceSettings device(String address, String... keysAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new DeviceSettings("press", address, Duration.ofSeconds(10), List.of(), options);
    }

    /** The threads of connections, when Milo is loaded: on a busy machine that takes longer than a device may take. */
    static Reactor loaded() {
        Reactor reactor = new Reactor(new Threads());
        reactor.loaded().join();
        return reactor;
    }

    /** Opens a session as the driver does, and says which endpoint it uses. */
    EndpointDescription visit(DeviceSettings settings) throws InvalidSettingException, IOException {
        Reactor reactor = loaded();
        try {
            Setup setup = Setup.parse(settings, keyring);
            Dial dial = new Dial(setup.address(), setup.timeout(), setup.security(), reactor, system);
            try (Session session = Session.open(dial)) {
                return session.client().getConfig().getEndpoint();
            }
        } finally {
            reactor.stop();
        }
    }

    /** Opens a session, which a person must decide first. */
    void needs(DeviceSettings settings, String what, String command) {
        assertThatThrownBy(() -> visit(settings))
                .isInstanceOfSatisfying(
                        ActionNeededException.class,
                        needed -> assertThat(needed.command()).isEqualTo(command))
                .hasMessage(what);
    }

    private record Named(Path home) implements Gateway {
        @Override
        public String id() {
            return "gw-1";
        }

        @Override
        public String version() {
            return "0";
        }
    }

    /** From now on a secret is read when this is released. */
    void waitsFor(CountDownLatch latch) {
        released = latch;
    }

    /** The same for all threads but this one, which may wait for a disk and does. */
    void waitsFor(CountDownLatch latch, Thread butNot) {
        patient = butNot;
        waitsFor(latch);
    }

    private void disk() {
        if (Thread.currentThread() == patient) {
            return;
        }
        try {
            released.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the gateway keeps them: a file that others can read is none. */
    private record PrivateFiles(Path folder, Runnable disk) implements Secrets {
        @Override
        public Optional<char[]> resolve(String value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<byte[]> content(String value) {
            disk.run();
            try {
                Path file = folder.resolve(value.substring(1));
                boolean mine = value.startsWith("@")
                        && Files.exists(file)
                        && PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                .equals("rw-------");
                return mine ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }

        @Override
        public List<String> names() throws IOException {
            List<String> names = new ArrayList<>();
            try (var files = Files.list(folder)) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            }
            return names;
        }

        @Override
        public void set(String name, char[] text) throws IOException {
            keep(name, new String(text).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public void keep(String name, byte[] content) throws IOException {
            Files.write(folder.resolve(name), content);
            Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
        }

        @Override
        public void remove(String name) throws IOException {
            Files.delete(folder.resolve(name));
        }
    }

    /** Keeps a secret. */
    void keep(String name, byte[] content) throws IOException {
        new PrivateFiles(home.resolve("secrets"), () -> {}).keep(name, content);
    }
}
