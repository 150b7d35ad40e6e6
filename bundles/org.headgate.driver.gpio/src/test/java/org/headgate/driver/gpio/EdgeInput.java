package org.headgate.driver.gpio;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.linux.EdgeListener;
import org.headgate.pi4j.EdgeSource;

/** An input with the kernel's edges, made by hand. Unlike a real one it can be open twice. */
final class EdgeInput extends MockDigitalInput implements EdgeSource {
    private volatile EdgeListener listener;
    private final Provider maker;
    private long sequence;
    volatile boolean closed;

    /** Makes them. */
    static final class Provider extends DigitalInputProviderBase {
        final List<EdgeInput> made = new CopyOnWriteArrayList<>();
        volatile boolean high;
        /** Happens after the level was looked at and before whoever asked hears of it. */
        volatile Runnable meanwhile = () -> {};

        volatile String refusesEdges = "";
        volatile String refusesLines = "";

        @Override
        public DigitalInput create(DigitalInputConfig config) {
            if (!refusesLines.isEmpty()) {
                throw new com.pi4j.io.exception.IOException(refusesLines, new IOException(refusesLines));
            }
            EdgeInput input = new EdgeInput(this, config);
            made.add(input);
            return input;
        }

        EdgeInput last() {
            return made.get(made.size() - 1);
        }

        long open() {
            return made.stream().filter(input -> !input.closed).count();
        }
    }

    private EdgeInput(Provider maker, DigitalInputConfig config) {
        super(maker, config);
        this.maker = maker;
    }

    @Override
    public DigitalState state() {
        if (closed || !maker.refusesLines.isEmpty()) {
            throw new Pi4JException("gpiochip4 is gone");
        }
        boolean level = maker.high;
        maker.meanwhile.run();
        return DigitalState.getState(level);
    }

    @Override
    public void edges(EdgeListener to) throws IOException {
        if (!maker.refusesEdges.isEmpty()) {
            throw new IOException(maker.refusesEdges);
        }
        listener = to;
    }

    /** An edge as the kernel would tell of it, with the next number. */
    void edge(boolean rising, long nanos) {
        listener.edge(rising, nanos, ++sequence);
    }

    /** The kernel has no room for so many. */
    void lose(long count) {
        sequence += count;
    }

    void fail(IOException why) {
        listener.failed(why);
    }

    @Override
    public DigitalInput shutdown(Context context) {
        closed = true;
        return this;
    }
}
