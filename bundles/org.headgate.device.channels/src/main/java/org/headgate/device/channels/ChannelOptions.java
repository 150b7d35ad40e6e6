package org.headgate.device.channels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Type;
import org.headgate.data.api.Units;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;

/** Understands the options of a channel that are the gateway's own, and finds everything that is wrong with them. */
final class ChannelOptions {
    /** Every option that is not the driver's, in the order in which tables show them. */
    static final List<String> OWN = List.of(
            "unit",
            "access",
            "scale",
            "offset",
            "mask",
            "shift",
            "min",
            "max",
            "report",
            "deadband",
            "every",
            "poll",
            "safe");

    private static final String NOT_WRITABLE = "safe on a channel that can be written: access=rw or access=w";
    private static final Duration LEAST_POLL = Duration.ofMillis(10);
    /** Nanoseconds are counted in 64 bits: what is longer than this is a slip. */
    static final Duration MOST = Duration.ofDays(366);

    private final ChannelText text;
    private final Optional<TypeWord> word;
    private final Optional<Type> known;
    private final List<String> wrong = new ArrayList<>();
    private final Optional<Access> access;
    private final Conversion conversion;
    private final Range range;
    private final Report report;
    private final Optional<Duration> poll;
    private Optional<Object> safe = Optional.empty();

    /** What one file says, with what can be judged without the profile and the driver. */
    static ChannelOptions written(ChannelText text) {
        ChannelOptions options =
                new ChannelOptions(text, Optional.empty(), !text.source().isEmpty());
        options.checkType(options.known);
        options.safeWithout();
        return options;
    }

    /** What a channel is in the end: nobody else will say more. */
    static ChannelOptions joined(ChannelText text, Optional<Channel> own) {
        ChannelText all = own.map(channel -> text.over(ChannelText.of(channel))).orElse(text);
        ChannelOptions options = new ChannelOptions(all, own.map(Channel::type), true);
        if (all.source().isEmpty() && own.isEmpty()) {
            options.wrong.add("a source first, since neither the profile nor the driver has a channel " + all.name());
        }
        options.checkType(Optional.of(options.type()));
        options.safeOf();
        return options;
    }

    private ChannelOptions(ChannelText text, Optional<Type> own, boolean whole) {
        this.text = text;
        word = text.type().flatMap(TypeWord::of);
        known = word.map(TypeWord::type).or(() -> own);
        access = read("access", "r, w or rw", ChannelOptions::access);
        double scale = number("scale", "a number other than 0", 1);
        double offset = number("offset", "a number", 0);
        long mask = read("mask", "bits such as 0x0F00", Numbers::bits).orElse(-1L);
        int shift = read("shift", "a whole number from 0 to 63", ChannelOptions::shift)
                .orElse(0);
        conversion = conversion(scale, offset, mask, shift);
        range = range(number("min", "a number", Range.ANY.least()), number("max", "a number", Range.ANY.most()));
        report = report(whole);
        poll = read(
                "poll",
                Texts.DURATION_EXPECTED + ", at least " + Texts.print(LEAST_POLL) + ", at most " + Texts.print(MOST),
                ChannelOptions::poll);
    }

    /** What should stand there instead; empty when all is right. */
    List<String> wrong() {
        return Collections.unmodifiableList(wrong);
    }

    /** The channel; only where nothing is wrong. */
    ChannelDefinition define() {
        Map<String, String> drivers = new LinkedHashMap<>(text.options());
        drivers.keySet().removeAll(OWN);
        if (!isBit()) {
            text.type().ifPresent(said -> drivers.put("type", said));
        }
        Type raw = isBit() ? Type.LONG : type();
        Type column = isBit() || !conversion.isScaled() ? type() : Type.DOUBLE;
        Channel channel = new Channel(
                text.name(),
                text.source(),
                raw,
                Units.ucum(text.options().getOrDefault("unit", "")),
                access.orElse(Access.READ),
                drivers);
        return new ChannelDefinition(channel, column, conversion, range, report, poll, safe);
    }

    /** The type as it was written, or else what the driver has, or else what the options want. */
    private Type type() {
        return known.orElse(conversion.needsOld() ? Type.LONG : Type.DOUBLE);
    }

    /** A truth value made of bits of a whole number: the driver is asked for the number. */
    private boolean isBit() {
        return word.equals(Optional.of(TypeWord.BOOL)) && conversion.needsOld();
    }

    private void checkType(Optional<Type> type) {
        if (type.isEmpty()) {
            return;
        }
        boolean number = type.get() == Type.LONG || type.get() == Type.DOUBLE;
        if (conversion.needsOld() && type.get() != Type.LONG && !isBit()) {
            wrong.add("mask and shift on whole numbers or bool");
        }
        if (conversion.isScaled() && !number) {
            wrong.add("scale and offset on numbers");
        }
        if (range.isBounded() && !number) {
            wrong.add("min and max on numbers");
        }
        if (report.deadband() > 0 && !number) {
            wrong.add("deadband on numbers");
        }
        word.filter(one -> one.type() == Type.LONG).ifPresent(this::checkBits);
    }

    private void checkBits(TypeWord whole) {
        long all = -1L >>> 64 - whole.bits();
        if (conversion.mask() != -1 && (conversion.mask() & ~all) != 0 || conversion.shift() >= whole.bits()) {
            wrong.add("mask and shift within the " + whole.bits() + " bits of " + whole.word());
        }
    }

    /** Whether the safe value can be right, as far as that can be said while scale and limits may come from elsewhere. */
    private void safeWithout() {
        String safeText = text.options().get("safe");
        if (safeText == null) {
            return;
        }
        Optional<Double> number = Numbers.number(safeText);
        boolean wantsNumber =
                known.filter(type -> type == Type.LONG || type == Type.DOUBLE).isPresent();
        if (access.equals(Optional.of(Access.READ))) {
            wrong.add(NOT_WRITABLE);
        } else if (known.equals(Optional.of(Type.BOOLEAN))
                && ChannelValues.truth(safeText).isEmpty()) {
            wrong.add("safe=true or false");
        } else if (wantsNumber && number.isEmpty()) {
            wrong.add("safe=a number");
        } else if (number.filter(value -> !range.contains(value)).isPresent()) {
            wrong.add("safe within min and max");
        }
    }

    private void safeOf() {
        String safeText = text.options().get("safe");
        if (safeText == null || !wrong.isEmpty()) {
            return;
        }
        if (!access.orElse(Access.READ).canWrite()) {
            wrong.add(NOT_WRITABLE);
        } else {
            parseSafe(safeText);
        }
    }

    private void parseSafe(String safeText) {
        try {
            ChannelDefinition channel = define();
            Object value = channel.parse(safeText);
            channel.raw(value);
            safe = Optional.of(value);
        } catch (IllegalArgumentException notOne) {
            wrong.add("a safe value that may be written; " + notOne.getMessage());
        }
    }

    private Conversion conversion(double scale, double offset, long mask, int shift) {
        if (scale == 0) {
            wrong.add("scale=a number other than 0");
        } else if ((mask & -1L << shift) == 0) {
            wrong.add("a shift that leaves something of the mask");
        } else {
            return new Conversion(scale, offset, mask, shift);
        }
        return Conversion.NONE;
    }

    private Range range(double least, double most) {
        if (least > most) {
            wrong.add("min below max");
            return Range.ANY;
        }
        return new Range(least, most);
    }

    private Report report(boolean whole) {
        Optional<Boolean> onChange = read("report", "always or change", ChannelOptions::onChange);
        double deadband = number("deadband", "a number, 0 or greater", 0);
        Optional<Duration> every =
                read("every", Texts.DURATION_EXPECTED + ", at most " + Texts.print(MOST), ChannelOptions::positive);
        if (deadband < 0) {
            wrong.add("deadband=a number, 0 or greater");
            return Report.ALWAYS;
        }
        boolean asks = text.options().containsKey("deadband") || every.isPresent();
        if (asks && !onChange.orElse(!whole)) {
            wrong.add("report=change beside " + (every.isPresent() ? "every" : "deadband"));
            return Report.ALWAYS;
        }
        return onChange.orElse(asks) ? new Report(true, deadband, every) : Report.ALWAYS;
    }

    private double number(String key, String expected, double fallback) {
        return read(key, expected, Numbers::number).orElse(fallback);
    }

    private <T> Optional<T> read(String key, String expected, Function<String, Optional<T>> parser) {
        Optional<String> value = Optional.ofNullable(text.options().get(key));
        Optional<T> parsed = value.flatMap(parser);
        if (value.isPresent() && parsed.isEmpty()) {
            wrong.add(key + "=" + expected);
        }
        return parsed;
    }

    private static Optional<Access> access(String label) {
        for (Access one : Access.values()) {
            if (one.label().equals(label)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> shift(String digits) {
        return Texts.number(digits).filter(bits -> bits >= 0 && bits <= 63).map(Long::intValue);
    }

    private static Optional<Boolean> onChange(String strategy) {
        return switch (strategy) {
            case "always" -> Optional.of(false);
            case "change" -> Optional.of(true);
            default -> Optional.empty();
        };
    }

    private static Optional<Duration> poll(String duration) {
        return Texts.duration(duration).filter(value -> value.compareTo(LEAST_POLL) >= 0 && value.compareTo(MOST) <= 0);
    }

    private static Optional<Duration> positive(String duration) {
        return Texts.duration(duration).filter(value -> !value.isZero() && value.compareTo(MOST) <= 0);
    }
}
