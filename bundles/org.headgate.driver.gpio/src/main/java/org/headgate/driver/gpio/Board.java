package org.headgate.driver.gpio;

import com.pi4j.context.Context;
import com.pi4j.io.IO;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmConfig;
import com.pi4j.io.pwm.PwmType;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.headgate.config.api.Texts;
import org.headgate.linux.GpioChip;
import org.headgate.linux.GpioLine;
import org.headgate.pi4j.Pins;

/** Makes inputs, outputs and PWM of Pi4J's context, as the channels of a line want it wired. Thread-safe. */
final class Board {
    private static final String ON = "true";

    private final Context context;
    /** Pi4J's registry wants another identifier for each that is open. */
    private final AtomicLong made = new AtomicLong();

    Board(Context context) {
        this.context = context;
    }

    DigitalInput input(String device, GpioChip chip, GpioLine line, Wiring wiring) throws IOException {
        Map<String, String> options = wiring.options();
        DigitalInputConfig config = DigitalInput.newConfigBuilder(context)
                .load(properties(chip, options))
                .id(identifier(device))
                .name(device)
                .address(line.offset())
                .pull(pull(options.getOrDefault(LineUse.BIAS, "")))
                .debounce(micros(options.getOrDefault(LineUse.DEBOUNCE, "")))
                .build();
        return Refusal.checked(Chips.called(chip, line), () -> context.create(config));
    }

    /**
     * An output. It keeps the level which its line has, unless it is to have pulses: nobody is left to end one that was going on
     * when the last process ended.
     */
    DigitalOutput output(String device, GpioChip chip, GpioLine line, Wiring wiring, LineUse.Output use)
            throws IOException {
        Map<String, String> properties = properties(chip, wiring.options());
        properties.put(Pins.DRIVE, use.drive());
        DigitalOutputConfigBuilder config = DigitalOutput.newConfigBuilder(context)
                .load(properties)
                .id(identifier(device))
                .name(device)
                .address(line.offset());
        if (!use.pulse().isZero()) {
            config.initial(DigitalState.LOW);
        }
        return Refusal.checked(Chips.called(chip, line), () -> context.create(config.build()));
    }

    Pwm pwm(String device, LineUse.Pulses use) throws IOException {
        PwmConfig config = Pwm.newConfigBuilder(context)
                .load(Map.of(Pins.PWM_CHIP, Integer.toString(use.chip())))
                .id(identifier(device))
                .name(device)
                .address(use.number())
                .pwmType(PwmType.HARDWARE)
                .frequency(use.hertz())
                .build();
        return Refusal.checked(use.channel().source(), () -> context.create(config));
    }

    /** Lets go what was made here. */
    void release(IO<?, ?, ?> io) {
        Pins.close(context, io);
    }

    private static Map<String, String> properties(GpioChip chip, Map<String, String> options) {
        Map<String, String> properties = new HashMap<>();
        properties.put(Pins.CHIP, chip.name());
        if (options.getOrDefault(LineUse.ACTIVE, "high").equals("low")) {
            properties.put(Pins.ACTIVE_LOW, ON);
        }
        String bias = options.get(LineUse.BIAS);
        if (bias != null) {
            properties.put(Pins.BIAS, bias);
        }
        return properties;
    }

    private String identifier(String device) {
        return "gpio-" + device + "-" + made.incrementAndGet();
    }

    private static PullResistance pull(String bias) {
        return switch (bias) {
            case "up" -> PullResistance.PULL_UP;
            case "down" -> PullResistance.PULL_DOWN;
            default -> PullResistance.OFF;
        };
    }

    private static long micros(String debounce) {
        return Texts.duration(debounce).orElse(Duration.ZERO).toNanos() / 1000;
    }
}
