package org.headgate.driver.simulator;

import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;

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
    private static final List<Channel> CHANNELS = List.of(
            Channel.readable("temperature", "temperature", Type.DOUBLE, "Cel"),
            Channel.readable("pressure", "pressure", Type.DOUBLE, "bar"),
            Channel.readable("level", "level", Type.DOUBLE, "%"),
            new Channel("pump", "pump", Type.BOOLEAN, "", Access.READ_WRITE, Map.of()),
            new Channel("setpoint", "setpoint", Type.DOUBLE, "Cel", Access.READ_WRITE, Map.of()));

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
    public double value(String source) {
        double temperature = water + SWING * swing(1);
        return switch (source) {
            case "temperature" -> temperature + noise * gaussian(1);
            case "pressure" -> Math.max(0, 1 + (temperature - START) * 0.02 + noise * 0.02 * gaussian(2));
            case "level" -> Math.min(100, Math.max(0, 60 + 10 * swing(3) + noise * 0.1 * gaussian(3)));
            case "pump" -> pump ? 1 : 0;
            case "setpoint" -> setpoint;
            default -> Double.NaN;
        };
    }

    @Override
    public void write(String source, Object value) {
        if (source.equals("pump")) {
            pump = value instanceof Boolean flag ? flag : ((Number) value).doubleValue() != 0;
        } else {
            setpoint = ((Number) value).doubleValue();
        }
    }

    private double swing(int slower) {
        return Math.sin(2 * Math.PI * (now / 1e9) / (periodSeconds * slower));
    }

    /** Box and Muller (1958) on two hashes of seed, source and time. */
    private double gaussian(int source) {
        long key = seed * 31 + source;
        double u = 1 - uniform(mix(key ^ mix(now)));
        double v = uniform(mix(mix(key ^ mix(now)) + 1));
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    }

    private static double uniform(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
