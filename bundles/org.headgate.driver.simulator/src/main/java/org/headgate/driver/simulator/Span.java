package org.headgate.driver.simulator;

import java.util.Map;
import java.util.Optional;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/**
 * Between what a simulated number moves.
 *
 * @param least the least value
 * @param most the greatest value
 */
record Span(double least, double most) {
    /** What a number without a known unit and without limits does. */
    static final Span ANY = new Span(0, 100);

    private static final Map<String, Span> BY_UNIT = Map.ofEntries(
            Map.entry("Cel", new Span(15, 80)),
            Map.entry("K", new Span(288, 353)),
            Map.entry("[degF]", new Span(59, 176)),
            Map.entry("bar", new Span(0, 10)),
            Map.entry("mbar", new Span(950, 1050)),
            Map.entry("hPa", new Span(950, 1050)),
            Map.entry("kPa", new Span(0, 1000)),
            Map.entry("%", new Span(0, 100)),
            Map.entry("V", new Span(0, 230)),
            Map.entry("A", new Span(0, 16)),
            Map.entry("Hz", new Span(49.8, 50.2)),
            Map.entry("W", new Span(0, 5000)),
            Map.entry("kW", new Span(0, 50)),
            Map.entry("W.h", new Span(0, 1e9)),
            Map.entry("kW.h", new Span(0, 1e6)),
            Map.entry("MW.h", new Span(0, 1e3)),
            Map.entry("m3", new Span(0, 1e5)),
            Map.entry("m3/h", new Span(0, 40)),
            Map.entry("l/min", new Span(0, 200)),
            Map.entry("m/s", new Span(0, 20)),
            Map.entry("{rpm}", new Span(0, 3000)),
            Map.entry("lx", new Span(0, 2000)),
            Map.entry("deg", new Span(0, 360)),
            Map.entry("mm", new Span(0, 1000)),
            Map.entry("[ppm]", new Span(400, 2000)));

    /** What a channel says with {@code min} and {@code max}, else what is natural for its unit. */
    static Span of(Channel channel) throws InvalidSettingException {
        Span natural = BY_UNIT.getOrDefault(channel.unit(), ANY);
        Optional<Double> min = number(channel, "min");
        Optional<Double> max = number(channel, "max");
        double width = natural.most - natural.least;
        double least = min.orElseGet(() -> max.filter(most -> most <= natural.least)
                .map(most -> most - width)
                .orElse(natural.least));
        double most = max.orElse(least < natural.most ? natural.most : least + width);
        if (least > most) {
            throw new InvalidSettingException(
                    "channel." + channel.name(), "min=" + least + " max=" + most, "a min below the max");
        }
        return new Span(least, most);
    }

    double width() {
        return most - least;
    }

    double middle() {
        return least + width() / 2;
    }

    double limit(double value) {
        return Math.min(most, Math.max(least, value));
    }

    private static Optional<Double> number(Channel channel, String option) throws InvalidSettingException {
        String text = channel.options().get(option);
        try {
            return Optional.ofNullable(text).map(Double::valueOf);
        } catch (NumberFormatException wrong) {
            throw new InvalidSettingException("channel." + channel.name(), option + "=" + text, "a number");
        }
    }
}
