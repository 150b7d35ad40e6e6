package org.headgate.driver.w1;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;

/** One thermometer. Each read is a conversion, which the kernel waits for. */
final class W1Connection implements Connection {
    private static final String SCRATCHPAD = "w1_slave";
    private static final String TEMPERATURE = "temperature";

    private final OneWire buses;
    private final SensorAddress sensor;
    private volatile boolean closed;

    W1Connection(OneWire buses, SensorAddress sensor) {
        this.buses = buses;
        this.sensor = sensor;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        Measurement measurement = measure();
        for (int i = 0; i < channels.size(); i++) {
            if (!channels.get(i).source().equals(W1Driver.TEMPERATURE.source())) {
                into.bad(i, "no such source");
            } else if (!measurement.bad().isEmpty()) {
                into.bad(i, measurement.bad());
            } else {
                into.set(i, measurement.millidegrees() / 1000.0);
                if (measurement.millidegrees() == Measurement.POWER_ON) {
                    into.uncertain(i, "85 Cel is also what a sensor has that lost its supply: check the wiring");
                }
            }
        }
    }

    /** The older file first: it shows the checksum, and what the sensor sent. Never both: each would be a conversion. */
    private Measurement measure() throws IOException {
        if (buses.has(sensor, SCRATCHPAD)) {
            return Measurement.ofScratchpad(answer(SCRATCHPAD));
        }
        if (buses.has(sensor, TEMPERATURE)) {
            return Measurement.ofTemperature(answer(TEMPERATURE));
        }
        buses.require(sensor);
        throw new IOException("the kernel has no driver for " + sensor.id() + ": sudo modprobe w1_therm");
    }

    private String answer(String file) throws IOException {
        String text = buses.text(sensor, file).orElse("");
        if (text.isEmpty()) {
            buses.require(sensor);
            throw new IOException(sensor.id() + " does not answer: check the wiring and the pull-up of 4.7 kOhm");
        }
        return text;
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        throw new IOException(channel.source() + " cannot be written");
    }

    @Override
    public void close() {
        closed = true;
    }
}
