package org.headgate.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.DigitalStateChangeListener;
import java.io.IOException;
import org.headgate.linux.EdgeListener;
import org.headgate.linux.EdgePump;
import org.headgate.linux.GpioPin;
import org.headgate.linux.KernelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An input line of a GPIO chip. The kernel is asked for edges as soon as somebody listens. */
final class LinuxDigitalInput extends DigitalInputBase implements EdgeSource {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxDigitalInput.class);

    private final GpioPin pin;
    private final EdgePump pump;
    private EdgePump.Registration edges = () -> {};
    private boolean listened;

    LinuxDigitalInput(DigitalInputProvider provider, DigitalInputConfig config, GpioPin pin, EdgePump pump) {
        super(provider, config);
        this.pin = pin;
        this.pump = pump;
    }

    @Override
    public DigitalState state() {
        return state(Refused.ask(pin::get));
    }

    private static DigitalState state(boolean active) {
        return active ? DigitalState.HIGH : DigitalState.LOW;
    }

    @Override
    public synchronized void edges(EdgeListener listener) throws KernelException {
        if (listened) {
            throw new IllegalStateException(id() + " is listened to already");
        }
        edges = pump.add(pin, listener);
        listened = true;
    }

    @Override
    public synchronized DigitalInput addListener(DigitalStateChangeListener... listeners) {
        if (!listened) {
            try {
                edges(new Dispatch());
            } catch (KernelException refused) {
                throw Refused.of(refused);
            }
        }
        return super.addListener(listeners);
    }

    /** Tells Pi4J's own listeners. */
    private final class Dispatch implements EdgeListener {
        @Override
        public void edge(boolean rising, long nanos, long sequence) {
            dispatch(new DigitalStateChangeEvent<>(LinuxDigitalInput.this, state(rising)));
        }

        @Override
        public void failed(IOException why) {
            LOG.warn("{}", why.getMessage());
        }
    }

    @Override
    public synchronized DigitalInput shutdown(Context context) {
        edges.close();
        pin.close();
        return super.shutdown(context);
    }
}
