package org.headgate.driver.simulator;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/**
 * A boiler. Its burner holds the set point; the pump carries heat away, so with the pump on the water settles {@value
 * #PUMP_COOLING} K lower, by Newton's law of cooling with a time constant of {@value #TIME_CONSTANT} s. A slow swing of
 * the load is added, pressure follows the temperature, and each reading has Gaussian noise that depends on seed, source
 * and time only: the same readings at the same times give the same values, however often is read in between.
 */
final class Boiler implements Plant {
    static final double PUMP_COOLING = 15;
    static final double TIME_CONSTANT = 60;

    private static final double SWING = 4;
    private static final double START = 20;
    private static final double COLDEST = 20;
    private static final double HOTTEST = 95;
    private static final List<Channel> CHANNELS = List.of(
            Channel.readable("temperature", "temperature", Type.DOUBLE, "Cel"),
            Channel.readable("pressure", "pressure", Type.DOUBLE, "bar"),
            Channel.readable("level", "level", Type.DOUBLE, "%"),
            new Channel("pump", "pump", Type.BOOLEAN, "", Access.READ_WRITE, Map.of()),
            new Channel(
                    "setpoint",
                    "setpoint",
                    Type.DOUBLE,
                    "Cel",
                    Access.READ_WRITE,
                    Map.of("min", String.valueOf(COLDEST), "max", String.valueOf(HOTTEST))));

    /** What the type is written as, and between what may be written. */
    private static final List<String> OPTIONS = List.of("max", "min", "type");

    private static final List<String> SOURCES =
            CHANNELS.stream().map(Channel::source).toList();

    private final long seed;
    private final double noise;
    private final double periodSeconds;
    private long now;
    private double water = START;
    private double setpoint = 70;
    private boolean pump;

    /**
     * A boiler at room temperature.
     *
     * @param noise the standard deviation of a reading: in K, in 0.02 bar and in 0.1 %
     */
    Boiler(long seed, double noise, double periodSeconds) {
        this.seed = seed;
        this.noise = noise;
        this.periodSeconds = periodSeconds;
    }

    @Override
    public List<Channel> channels() {
        return CHANNELS;
    }

    @Override
    public void advance(long nanos) {
        double seconds = Math.max(0, nanos - now) / 1e9;
        double target = setpoint - (pump ? PUMP_COOLING : 0);
        water = target + (water - target) * Math.exp(-seconds / TIME_CONSTANT);
        now = Math.max(now, nanos);
    }

    @Override
    public void check(Channel channel) throws InvalidSettingException {
        if (!SOURCES.contains(channel.source())) {
            throw new InvalidSettingException(
                    "channel." + channel.name(), channel.source(), "one of " + String.join(", ", SOURCES));
        }
        // A mirror and a recording stand in for devices of any driver, whose options are none of their business.
        channel.requireKnown(OPTIONS, "no option but " + String.join(", ", OPTIONS));
    }

    @Override
    public void read(int index, Channel channel, Readings into) {
        double temperature = water + SWING * swing(1);
        switch (channel.source()) {
            case "temperature" -> into.set(index, temperature + noise * gaussian(1));
            case "pressure" ->
                into.set(index, Math.max(0, 1 + (temperature - START) * 0.02 + noise * 0.02 * gaussian(2)));
            case "level" -> into.set(index, Math.min(100, Math.max(0, 60 + 10 * swing(3) + noise * 0.1 * gaussian(3))));
            case "pump" -> into.set(index, pump);
            case "setpoint" -> into.set(index, setpoint);
            default -> into.bad(index, "no such source");
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        String source = channel.source();
        if (source.equals("pump") && value instanceof Boolean flag) {
            pump = flag;
        } else if (source.equals("pump") && value instanceof Number number) {
            pump = number.doubleValue() != 0;
        } else if (source.equals("setpoint") && value instanceof Number number && holds(number.doubleValue())) {
            setpoint = number.doubleValue();
        } else {
            throw new IOException(
                    source.equals("pump") || source.equals("setpoint")
                            ? source + " does not take " + value
                            : source + " cannot be written");
        }
    }

    private static boolean holds(double target) {
        return target >= COLDEST && target <= HOTTEST;
    }

    private double swing(int slower) {
        return Math.sin(2 * Math.PI * (now / 1e9) / (periodSeconds * slower));
    }

    private double gaussian(int source) {
        return Chance.gaussian(seed, source, now);
    }
}
