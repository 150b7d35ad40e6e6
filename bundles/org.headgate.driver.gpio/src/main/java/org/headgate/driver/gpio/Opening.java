package org.headgate.driver.gpio;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.pwm.Pwm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.linux.GpioChip;
import org.headgate.linux.GpioLine;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the lines of one device, all or none. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(GpioDriver.class);
    private static final Duration LOSS_PAUSE = Duration.ofSeconds(10);
    /** Before 6.6 the kernel wakes nobody who waits for edges of a chip that is unplugged. */
    private static final Duration PROBE = Duration.ofSeconds(5);

    private static final Duration ALARM_PAUSE = Duration.ofSeconds(1);

    private final World world;
    private final DeviceSettings settings;
    private final String device;
    private final Loop loop;
    private final GpioConnection connection;

    /** What lines need, and whom they tell. */
    record World(Board board, Chips chips, Clock clock, Scheduler scheduler, Calls calls, Events events) {}

    Opening(World world, DeviceSettings settings) {
        this.world = world;
        this.settings = settings;
        this.device = settings.device();
        this.loop = world.scheduler().loop("gpio:" + device);
        this.connection = new GpioConnection(loop::close);
    }

    /** What the channels of a device do with which lines, as far as that can be said without looking at the chip. */
    static List<LineUse> parse(DeviceSettings settings) throws InvalidSettingException {
        List<LineUse> uses = new ArrayList<>();
        for (var channel : settings.channels()) {
            uses.add(LineOptions.parse(channel));
        }
        Wiring.of(
                uses,
                use -> use instanceof LineUse.Pulses pulses
                        ? place(pulses)
                        : use.channel().source());
        return uses;
    }

    private static String place(LineUse.Pulses use) {
        return "PWM " + use.chip() + "/" + use.number();
    }

    GpioConnection open() throws InvalidSettingException, IOException {
        boolean opened = false;
        try {
            List<LineUse> uses = parse(settings);
            boolean onlyPulses = !uses.isEmpty() && uses.stream().allMatch(LineUse.Pulses.class::isInstance);
            Optional<GpioChip> chip =
                    onlyPulses ? Optional.empty() : Optional.of(world.chips().find(settings.address()));
            // The same line by its name and by its offset is known only now.
            for (Wiring wiring : Wiring.of(uses, use -> line(chip, use)).values()) {
                open(chip, wiring);
            }
            opened = true;
            if (connection.hasInputs()) {
                probeLater();
            }
            return connection;
        } finally {
            if (!opened) {
                connection.close();
            }
        }
    }

    private void probeLater() {
        loop.schedule(PROBE, () -> call(connection::probe, this::probed));
    }

    /** One failure is enough: a chip that hangs would take another thread with each probe, and the device is opened again anyway. */
    private void probed(Outcome<Void> outcome) {
        if (outcome.failure().isEmpty()) {
            probeLater();
        } else {
            Exception why = outcome.failure().get();
            connection.failed(
                    why instanceof IOException gone
                            ? gone
                            : new IOException("the chip of " + settings.address() + ": " + why.getMessage(), why));
        }
    }

    private void call(Callable<Void> body, Consumer<Outcome<Void>> then) {
        world.calls().submit("device:" + device, body, settings.timeout(), loop, then);
    }

    private static Object line(Optional<GpioChip> chip, LineUse use) throws InvalidSettingException {
        return use instanceof LineUse.Pulses pulses
                ? place(pulses)
                : Chips.line(chip.orElseThrow(), use.channel()).offset();
    }

    private void open(Optional<GpioChip> chip, Wiring wiring) throws InvalidSettingException, IOException {
        LineUse first = wiring.uses().get(0);
        if (first instanceof LineUse.Pulses pulses) {
            Pwm pwm = world.board().pwm(device, pulses);
            connection.add(
                    new PwmLine(
                            pulses.channel().source(), pwm, () -> world.board().release(pwm)),
                    wiring.uses());
            return;
        }
        GpioLine line = Chips.line(chip.orElseThrow(), first.channel());
        if (line.used()) {
            throw new IOException(Chips.busy(chip.get(), line));
        }
        if (first instanceof LineUse.Output use) {
            output(chip.get(), line, wiring, use);
        } else {
            input(chip.get(), line, wiring);
        }
    }

    private void output(GpioChip chip, GpioLine line, Wiring wiring, LineUse.Output use) throws IOException {
        DigitalOutput output = world.board().output(device, chip, line, wiring, use);
        OutputLine.Aside aside =
                (body, failed) -> call(body, outcome -> outcome.failure().ifPresent(failed));
        OutputLine.Outside outside = new OutputLine.Outside(
                loop, aside, this::notEnded, () -> world.board().release(output));
        connection.add(new OutputLine(Chips.called(chip, line), output, use.pulse(), outside), wiring.uses());
    }

    private void notEnded(IOException why) {
        LOG.warn("device {}: {}", device, why.getMessage());
        connection.failed(why);
    }

    private void input(GpioChip chip, GpioLine line, Wiring wiring) throws IOException {
        String called = Chips.called(chip, line);
        List<LineUse.Input> uses =
                wiring.uses().stream().map(LineUse.Input.class::cast).toList();
        DigitalInput input = world.board().input(device, chip, line, wiring);
        InputLine opened = new InputLine(
                called,
                input,
                uses,
                new InputLine.Outside(
                        world.clock(),
                        connection::failed,
                        new Repeats(loop, LOSS_PAUSE, edges -> lost(called, edges)),
                        () -> world.board().release(input)));
        connection.add(opened, wiring.uses());
        for (LineUse.Input use : uses) {
            if (!use.event().isEmpty()) {
                opened.alarm(new Repeats(loop, ALARM_PAUSE, times -> alarm(use, called, times)));
            }
        }
        opened.listen();
    }

    private void lost(String called, long edges) {
        LOG.warn(
                "device {}: {} edges of {} were lost, they came faster than they were taken (debounce=5ms where a contact bounces)",
                device,
                edges,
                called);
        world.events()
                .raise(new Event(
                        Event.Kind.DROP,
                        device,
                        "kernel-buffer",
                        "edges of " + called + " came faster than they were taken",
                        edges));
    }

    private void alarm(LineUse.Input use, String called, long times) {
        world.events()
                .raise(new Event(
                        Event.Kind.TAMPER,
                        device,
                        use.event(),
                        "channel " + use.channel().name() + ": " + called + " became active",
                        times));
    }
}
