package org.headgate.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import org.headgate.linux.GpioPin;

/** An output line of a GPIO chip. It keeps the level that it had unless an initial state is configured. */
final class LinuxDigitalOutput extends DigitalOutputBase {
    private final GpioPin pin;

    LinuxDigitalOutput(DigitalOutputProvider provider, DigitalOutputConfig config, GpioPin pin) {
        super(provider, config);
        this.pin = pin;
        this.state = level();
    }

    private DigitalState level() {
        return Refused.ask(pin::get) ? DigitalState.HIGH : DigitalState.LOW;
    }

    @Override
    public DigitalOutput state(DigitalState wanted) {
        Refused.tell(() -> pin.set(wanted == DigitalState.HIGH));
        return super.state(wanted);
    }

    /** What the line is, which an open drain or a short circuit makes another thing than what was written. */
    @Override
    public DigitalState state() {
        return level();
    }

    @Override
    public DigitalOutput shutdown(Context context) {
        try {
            return super.shutdown(context);
        } finally {
            pin.close();
        }
    }
}
