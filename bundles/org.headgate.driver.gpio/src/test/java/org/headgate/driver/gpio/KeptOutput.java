package org.headgate.driver.gpio;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An output on wires that keep their levels while nobody has them. Unlike a real one it can be open twice. */
final class KeptOutput extends MockDigitalOutput {
    private final Provider maker;

    /** Makes them. */
    static final class Provider extends DigitalOutputProviderBase {
        final Map<Integer, DigitalState> wires = new ConcurrentHashMap<>();
        final List<DigitalOutputConfig> made = new CopyOnWriteArrayList<>();
        /** Each level that was written, in order. */
        final List<String> written = new CopyOnWriteArrayList<>();

        volatile int open;
        volatile String refuses = "";

        @Override
        public DigitalOutput create(DigitalOutputConfig config) {
            made.add(config);
            open++;
            if (config.initialState() != null) {
                wires.put(config.address(), config.initialState());
            }
            return new KeptOutput(this, config);
        }
    }

    private KeptOutput(Provider maker, DigitalOutputConfig config) {
        super(maker, config);
        this.maker = maker;
    }

    @Override
    public DigitalState state() {
        return maker.wires.getOrDefault(config().address(), DigitalState.LOW);
    }

    @Override
    public DigitalOutput state(DigitalState level) {
        if (!maker.refuses.isEmpty()) {
            throw new com.pi4j.io.exception.IOException(maker.refuses);
        }
        maker.wires.put(config().address(), level);
        maker.written.add(config().address() + "=" + level);
        return this;
    }

    @Override
    public DigitalOutput shutdown(Context context) {
        maker.open--;
        return this;
    }
}
