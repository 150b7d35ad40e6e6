package org.headgate.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.IO;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import com.pi4j.io.pwm.Pwm;
import com.pi4j.io.pwm.PwmConfig;
import com.pi4j.io.pwm.PwmProvider;
import com.pi4j.io.pwm.PwmProviderBase;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProvider;
import com.pi4j.io.spi.SpiProviderBase;
import com.pi4j.provider.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.headgate.linux.EdgePump;
import org.headgate.linux.GpioPin;
import org.headgate.linux.I2cDevice;
import org.headgate.linux.LineSettings;
import org.headgate.linux.PwmChannel;
import org.headgate.linux.SpiDevice;

/**
 * Pi4J's interfaces on the kernel's own. What they make is not in Pi4J's registry, which takes a line of one chip for that of another and
 * for a chip select of the same number: who opens closes.
 */
final class LinuxProviders {
    private static final String CONSUMER = "headgate ";

    private LinuxProviders() {}

    /** All of them; inputs hand their edges to this pump. */
    static Provider<?, ?, ?>[] all(EdgePump pump) {
        return new Provider<?, ?, ?>[] {new Inputs(pump), new Outputs(), new Buses(), new Selects(), new Waves()};
    }

    /** Makes what stands on an open resource; what fails at that leaves nothing open. */
    private static <R extends AutoCloseable, T extends IO<?, ?, ?>> T started(
            R resource, Function<R, T> make, Context context) {
        try {
            T io = make.apply(resource);
            io.initialize(context);
            return io;
        } catch (RuntimeException failure) {
            try (resource) {
                throw failure;
            } catch (RuntimeException same) {
                throw same;
            } catch (Exception never) {
                throw new IllegalStateException(never);
            }
        }
    }

    private static String chip(Map<String, String> properties) {
        return properties.getOrDefault(Pins.CHIP, "gpiochip0");
    }

    private static LineSettings.Bias bias(PullResistance pull) {
        return switch (pull) {
            case PULL_UP -> LineSettings.Bias.UP;
            case PULL_DOWN -> LineSettings.Bias.DOWN;
            case OFF -> LineSettings.Bias.AS_IS;
        };
    }

    private static LineSettings.Bias bias(String word) {
        return switch (word) {
            case "up" -> LineSettings.Bias.UP;
            case "down" -> LineSettings.Bias.DOWN;
            case "off" -> LineSettings.Bias.OFF;
            default -> LineSettings.Bias.AS_IS;
        };
    }

    private static LineSettings.Drive drive(String word) {
        return switch (word) {
            case "open-drain" -> LineSettings.Drive.OPEN_DRAIN;
            case "open-source" -> LineSettings.Drive.OPEN_SOURCE;
            default -> LineSettings.Drive.PUSH_PULL;
        };
    }

    private static final class Inputs extends DigitalInputProviderBase implements DigitalInputProvider {
        private final EdgePump pump;

        Inputs(EdgePump pump) {
            super("linux-digital-input", "GPIO inputs of the kernel");
            this.pump = pump;
        }

        @Override
        public DigitalInput create(DigitalInputConfig config) {
            Map<String, String> properties = config.properties();
            int debounce =
                    Math.toIntExact(Optional.ofNullable(config.debounce()).orElse(0L));
            LineSettings settings = new LineSettings(
                    false,
                    properties.containsKey(Pins.BIAS) ? bias(properties.get(Pins.BIAS)) : bias(config.pull()),
                    LineSettings.Drive.PUSH_PULL,
                    Boolean.parseBoolean(properties.get(Pins.ACTIVE_LOW)),
                    debounce,
                    Optional.empty());
            GpioPin pin = Refused.ask(
                    () -> GpioPin.open(chip(properties), config.address(), settings, CONSUMER + config.name()));
            return started(pin, open -> new LinuxDigitalInput(this, config, open, pump), context());
        }
    }

    private static final class Outputs extends DigitalOutputProviderBase implements DigitalOutputProvider {
        Outputs() {
            super("linux-digital-output", "GPIO outputs of the kernel");
        }

        @Override
        public DigitalOutput create(DigitalOutputConfig config) {
            Map<String, String> properties = config.properties();
            LineSettings settings = new LineSettings(
                    true,
                    bias(properties.getOrDefault(Pins.BIAS, "")),
                    drive(properties.getOrDefault(Pins.DRIVE, "")),
                    Boolean.parseBoolean(properties.get(Pins.ACTIVE_LOW)),
                    0,
                    Optional.ofNullable(config.initialState()).map(DigitalState::isHigh));
            GpioPin pin = Refused.ask(
                    () -> GpioPin.open(chip(properties), config.address(), settings, CONSUMER + config.name()));
            return started(pin, open -> new LinuxDigitalOutput(this, config, open), context());
        }
    }

    private static final class Buses extends I2CProviderBase implements I2CProvider {
        Buses() {
            super("linux-i2c", "I2C of the kernel");
        }

        @Override
        public I2C create(I2CConfig config) {
            I2cDevice device = Refused.ask(() -> I2cDevice.open(config.bus(), config.device()));
            return started(device, open -> new LinuxI2C(this, config, open), context());
        }
    }

    private static final class Selects extends SpiProviderBase implements SpiProvider {
        private static final String USUAL_BITS = "8";

        Selects() {
            super("linux-spi", "SPI of the kernel");
        }

        @Override
        public Spi create(SpiConfig config) {
            int bits = Integer.parseInt(config.properties().getOrDefault(Pins.BITS, USUAL_BITS));
            int select = config.chipSelect() == null
                    ? config.address()
                    : config.chipSelect().getChipSelect();
            boolean leastFirst = config.writeLsbFirstUserProvided() && config.writeLsbFirst() == 1;
            SpiDevice device = Refused.ask(() -> SpiDevice.open(
                    config.bus().getBus(), select, config.mode().getMode(), config.baud(), bits, leastFirst));
            return started(device, open -> new LinuxSpi(this, config, open), context());
        }
    }

    private static final class Waves extends PwmProviderBase implements PwmProvider {
        Waves() {
            super("linux-pwm", "PWM of the kernel");
        }

        @Override
        public Pwm create(PwmConfig config) {
            int chip = Integer.parseInt(config.properties().getOrDefault(Pins.PWM_CHIP, "0"));
            PwmChannel channel = Refused.ask(() -> PwmChannel.open(chip, config.address()));
            return started(channel, open -> new LinuxPwm(this, config, open), context());
        }
    }
}
