package org.headgate.driver.simulator;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Readings;

/**
 * A plausible value for any channel at any time: numbers swing about the middle of their {@link Span} with noise, meters count up,
 * switches switch, texts change now and then. Each channel has a phase and a pace of its own.
 *
 * @param seed the same seed gives the same values
 * @param noise the standard deviation of a number's noise, in per cent of its span
 * @param periodSeconds about how long a swing takes
 */
record Signal(long seed, double noise, double periodSeconds) {
    private static final Set<String> METERS = Set.of("W.h", "kW.h", "MW.h", "m3");
    private static final List<String> WORDS = List.of("ready", "running", "idle", "service");
    private static final double SWING = 0.35;
    private static final double PERIODS_TO_FILL_A_METER = 10_000;
    private static final double SWITCHES_PER_PERIOD = 5;

    void show(Channel channel, Span span, long nanos, int index, Readings into) {
        long what = channel.name().hashCode();
        double phase = Chance.uniform(seed, what, -2);
        long slot = (long) (nanos / 1e9 * SWITCHES_PER_PERIOD / periodSeconds + phase);
        long bits = Chance.bits(seed, what, slot);
        switch (channel.type()) {
            case BOOLEAN -> into.set(index, (bits & 1) != 0);
            case LONG -> into.set(index, whole(span, number(channel, span, what, nanos)));
            case DOUBLE -> into.set(index, number(channel, span, what, nanos));
            case STRING -> into.set(index, (Object) WORDS.get((int) (bits >>> 62)));
            case BYTES ->
                into.set(index, (Object) ByteBuffer.allocate(8).putLong(bits).array());
            case ARRAY ->
                into.set(index, (Object)
                        List.of(number(channel, span, what, nanos), number(channel, span, what + 1, nanos)));
            case STRUCT -> into.set(index, (Object) Map.of("value", number(channel, span, what, nanos)));
        }
    }

    private double number(Channel channel, Span span, long what, long nanos) {
        double turns = nanos / 1e9 / periodSeconds;
        if (METERS.contains(channel.unit())) {
            return span.least() + span.width() * (turns / PERIODS_TO_FILL_A_METER % 1);
        }
        double pace = 0.5 + Chance.uniform(seed, what, -1);
        double phase = Chance.uniform(seed, what, -2);
        double swing = SWING * span.width() * Math.sin(2 * Math.PI * (turns * pace + phase));
        return span.limit(span.middle() + swing + noise / 100 * span.width() * Chance.gaussian(seed, what, nanos));
    }

    /** Rounded, and within the span where it has a whole number. */
    private static long whole(Span span, double value) {
        long rounded = Math.round(value);
        return rounded > span.most() && span.most() >= Math.ceil(span.least())
                ? (long) Math.floor(span.most())
                : rounded < span.least() && span.least() <= Math.floor(span.most())
                        ? (long) Math.ceil(span.least())
                        : rounded;
    }
}
