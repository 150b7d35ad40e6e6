package org.headgate.bench;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfigBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.headgate.linux.EdgeListener;
import org.headgate.linux.EdgePump;
import org.headgate.linux.GpioPin;
import org.headgate.linux.I2cDevice;
import org.headgate.linux.LineSettings;
import org.headgate.pi4j.Pins;
import org.headgate.pi4j.PinsContext;

/** The other side of the pins, inside the test kernel: presses a button and looks at a lamp, or counts calls. A line a result: name, value, unit. */
public final class PinsLoad {
    private static final int BUTTON = 10;
    private static final int LAMP = 11;
    private static final int SPARE = 20;
    private static final int CHIP = 0x76;
    private static final int CALLS = 20_000;
    private static final long LOOK_NANOS = 100_000;
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private PinsLoad() {}

    /** {@code latency NAME COUNT}, {@code rates}, or {@code floor}. */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "latency" -> latency(args[1], Integer.parseInt(args[2]));
            case "floor" -> floor();
            default -> rates();
        }
    }

    /** What no gateway can be faster than: the thread that takes the edge writes the output. Until the process is ended. */
    private static void floor() throws IOException {
        String chip = pins().getFileName().toString();
        try (GpioPin button = GpioPin.open(chip, BUTTON, LineSettings.input(), "floor");
                GpioPin lamp = GpioPin.open(chip, LAMP, LineSettings.level(), "floor");
                EdgePump pump = new EdgePump()) {
            pump.add(button, new EdgeListener() {
                @Override
                public void edge(boolean rising, long nanos, long sequence) {
                    try {
                        lamp.set(rising);
                    } catch (IOException gone) {
                        throw new UncheckedIOException(gone);
                    }
                }

                @Override
                public void failed(IOException why) {
                    pump.close();
                }
            });
            System.out.println("taking edges");
            pump.call();
        }
    }

    private static Path pins() throws IOException {
        try (DirectoryStream<Path> chips =
                Files.newDirectoryStream(Path.of("/sys/devices/platform/gpio-sim.0"), "gpiochip*")) {
            return chips.iterator().next();
        }
    }

    private static void print(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "RESULT\t%s\t%.4f\t%s%n", name, value, unit);
    }

    /** From the edge on the input to the edge on the output; what looks is no faster than {@link #LOOK_NANOS}. */
    private static void latency(String name, int count) throws IOException {
        Random random = new Random(7);
        double[] millis = new double[count];
        int lost = 0;
        try (RandomAccessFile button = new RandomAccessFile(
                        pins().resolve("sim_gpio" + BUTTON + "/pull").toFile(), "rw");
                RandomAccessFile lamp = new RandomAccessFile(
                        pins().resolve("sim_gpio" + LAMP + "/value").toFile(), "r")) {
            for (int i = 0; i < count; i++) {
                LockSupport.parkNanos(5_000_000L + random.nextInt(10_000_000));
                boolean on = i % 2 == 0;
                long pressed = System.nanoTime();
                button.seek(0);
                button.write((on ? "pull-up" : "pull-down").getBytes(StandardCharsets.US_ASCII));
                while (lit(lamp) != on && System.nanoTime() - pressed < LOST_NANOS) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                long took = System.nanoTime() - pressed;
                lost += took >= LOST_NANOS ? 1 : 0;
                millis[i] = took / 1e6;
            }
        }
        Arrays.sort(millis);
        print(name + " p50", millis[count / 2], "ms");
        print(name + " p99", millis[count * 99 / 100], "ms");
        print(name + " max", millis[count - 1], "ms");
        print(name + " lost", lost, "edges");
    }

    private static boolean lit(RandomAccessFile lamp) throws IOException {
        lamp.seek(0);
        return lamp.read() == '1';
    }

    private interface Call {
        void run(int i) throws Exception;
    }

    private static double rate(Call call) throws Exception {
        for (int i = 0; i < CALLS; i++) {
            call.run(i);
        }
        long began = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            call.run(i);
        }
        return CALLS * 1e9 / (System.nanoTime() - began);
    }

    private static void rates() throws Exception {
        byte[] register = {(byte) 0xD0};
        byte[] value = new byte[1];
        String chip = pins().getFileName().toString();
        double direct;
        try (I2cDevice device = I2cDevice.open(1, CHIP)) {
            direct = rate(i -> device.transfer(register, 0, 1, value, 0, 1));
            print("I2C register reads, direct", direct, "1/s");
        }
        double toggles;
        try (GpioPin pin = GpioPin.open(chip, SPARE, LineSettings.level(), "bench")) {
            toggles = rate(i -> pin.set((i & 1) == 0));
            print("GPIO toggles, direct", toggles, "1/s");
        }
        try (EdgePump pump = new EdgePump()) {
            Context context = PinsContext.context("linux", pump);
            I2C i2c = context.create(I2CConfigBuilder.newInstance(context)
                    .id("a")
                    .bus(1)
                    .device(CHIP)
                    .build());
            ratio("I2C register reads, Pi4J on our providers", rate(i -> i2c.readRegister(0xD0)), direct);
            Pins.close(context, i2c);
            DigitalOutput output = context.create(DigitalOutputConfigBuilder.newInstance(context)
                    .id("b")
                    .address(SPARE)
                    .load(java.util.Map.of(Pins.CHIP, chip))
                    .build());
            ratio(
                    "GPIO toggles, Pi4J on our providers",
                    rate(i -> output.state((i & 1) == 0 ? DigitalState.HIGH : DigitalState.LOW)),
                    toggles);
            Pins.close(context, output);
            context.shutdown();
            peer(pump, direct);
        }
    }

    /** Pi4J's own provider beside ours, where its natives load: on ARM. */
    private static void peer(EdgePump pump, double direct) throws Exception {
        Context own = PinsContext.context("pi4j", pump);
        try {
            I2C i2c = own.create(I2CConfigBuilder.newInstance(own)
                    .id("c")
                    .bus(1)
                    .device(CHIP)
                    .build());
            ratio("I2C register reads, Pi4J's own linuxfs", rate(i -> i2c.readRegister(0xD0)), direct);
        } catch (LinkageError noNatives) {
            System.out.println("Pi4J's own linuxfs: " + noNatives.getCause());
        }
        own.shutdown();
    }

    private static void ratio(String name, double rate, double direct) {
        print(name, rate, "1/s");
        print(name + " / direct", rate / direct, "");
    }
}
