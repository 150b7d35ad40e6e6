package org.headgate.driver.uart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.host.Machine;
import org.headgate.serial.kit.Pty;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.kit.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A port that several devices use, falls silent, hangs or is pulled, as a real tty. */
@Timeout(60)
class SharedPortTest extends PluggedIn {
    /** No storm: the end is told once, and the same name works again when the adapter is back. */
    @Test
    void anAdapterThatIsPulledIsToldOnceAndWorksWhenItIsBack() throws Exception {
        DeviceSettings settings = Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)));
        Connection connection = subscribed(settings);
        pty.pull();
        rows.awaitFailure();
        assertThatThrownBy(() -> connection.read(settings.channels(), new RecordedReadings()))
                .hasMessageContaining("usb-gps is gone");
        assertThatThrownBy(() -> driver.open(settings)).hasMessageStartingWith("no port /dev/serial/by-id/usb-gps");
        pty.plugIn();
        try (Connection again = subscribed(settings)) {
            pty.send("back\n".getBytes(StandardCharsets.US_ASCII));
            rows.awaitCount(1);
        }
        connection.close();
        assertThat(rows.failures()).hasSize(1).first().asString().contains("is gone");
    }

    /** The thread that reads may be about to tell a frame while another one closes. */
    @Test
    void aFrameThatComesWhileItIsClosedIsNoReport() throws Exception {
        DeviceSettings settings = Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)));
        UartConnection connection = (UartConnection) subscribed(settings);
        connection.frame(new byte[] {'a'}, 1);
        connection.close();
        connection.frame(new byte[] {'b'}, 2);
        connection.failed(new IOException("late"));
        assertThat(rows.all()).hasSize(1);
        assertThat(rows.failures()).isEmpty();
    }

    @Test
    void aLineThatFallsSilentIsGivenUp() throws Exception {
        DeviceSettings settings =
                Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)), "silence=5s");
        try (Connection connection = subscribed(settings)) {
            pty.send("one\n".getBytes(StandardCharsets.US_ASCII));
            rows.awaitCount(1);
            system.advance(Duration.ofSeconds(6));
            rows.awaitFailure();
        }
        assertThat(rows.failures()).hasSize(1).first().asString().startsWith("nothing came for 5s");
    }

    /** The first device does not mind, and keeps the line; the second one wants it opened anew. */
    @Test
    void theMostImpatientDeviceOfALineCounts() throws Exception {
        Channel all = Scale.channel("all", "text", Type.STRING);
        try (Connection calm = driver.open(Scale.settings("usb-gps", List.of(all)));
                Connection patient = driver.open(Scale.settings("usb-gps", List.of(all), "silence=1h"));
                Connection impatient = subscribed(Scale.settings("usb-gps", List.of(all), "silence=5s"))) {
            pty.send("one\n".getBytes(StandardCharsets.US_ASCII));
            rows.awaitCount(1);
            system.advance(Duration.ofSeconds(6));
            rows.awaitFailure();
        }
        assertThat(rows.failures()).hasSize(1).first().asString().startsWith("nothing came for 5s");
    }

    /** An adapter that hangs in the kernel must not keep the devices of others from being opened. */
    @Test
    void aPortThatHangsKeepsNoOtherFromBeingOpened() throws Exception {
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Calls hangs = new Calls() {
            @Override
            public <T> Call<T> submit(
                    String owner, Callable<T> call, Duration timeout, Executor replyOn, Consumer<Outcome<T>> reply) {
                if (owner.endsWith("usb-gps")) {
                    within.countDown();
                    try {
                        free.await();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                }
                return new Threads().submit(owner, call, timeout, replyOn, reply);
            }

            @Override
            public int stuck() {
                return 0;
            }

            @Override
            public int stuck(String owner) {
                return 0;
            }
        };
        UartDriver slow = new UartDriver(new Machine(folder, folder), hangs, system);
        Pty second = new Pty(folder.resolve("dev/serial/by-id/usb-other"));
        CompletableFuture<Connection> first = CompletableFuture.supplyAsync(() -> open(slow, "usb-gps"));
        try {
            within.await();
            CompletableFuture.supplyAsync(() -> open(slow, "usb-other"))
                    .get(20, TimeUnit.SECONDS)
                    .close();
        } finally {
            free.countDown();
            first.get(20, TimeUnit.SECONDS).close();
            second.close();
        }
    }

    private static Connection open(UartDriver driver, String port) {
        try {
            return driver.open(Scale.settings(port, List.of(Scale.channel("all", "text", Type.STRING))));
        } catch (IOException | InvalidSettingException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Nobody has read yet that the adapter is gone: who opens a device on the same port must find out. */
    @Test
    void openingFindsOutThatASharedPortIsGone() throws Exception {
        // Calls of the simulated system wait until it runs: the thread that reads never does.
        UartDriver blind = new UartDriver(new Machine(folder, folder), system, system);
        DeviceSettings settings = Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)));
        Connection connection = blind.open(settings);
        connection.subscribe(settings.channels(), rows);
        pty.pull();
        assertThatThrownBy(() -> blind.open(settings)).hasMessageStartingWith("no port /dev/serial/by-id/usb-gps");
        assertThat(rows.failures()).hasSize(1);
        connection.close();
    }

    @Test
    void devicesOnOnePortShareIt() throws Exception {
        DeviceSettings settings = Scale.settings("usb-gps", List.of(Scale.channel("all", "text", Type.STRING)));
        DeviceSettings other = Scale.settings("usb-gps", List.of(), "frame=idle");
        Connection first = subscribed(settings);
        try (Connection second = subscribed(settings)) {
            assertThatThrownBy(() -> driver.open(other)).hasMessageContaining("with other settings");
            first.close();
            pty.send("one\n".getBytes(StandardCharsets.US_ASCII));
            rows.awaitCount(1);
        }
        driver.open(other).close();
    }
}
