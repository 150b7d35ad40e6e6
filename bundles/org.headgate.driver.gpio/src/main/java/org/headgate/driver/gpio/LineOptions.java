package org.headgate.driver.gpio;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/** Understands what a channel's text says beside the source. */
final class LineOptions {
    private static final Pattern PWM = Pattern.compile("PWM(\\d{1,3})");
    private static final Pattern HERTZ = Pattern.compile("(\\d{1,9})(Hz|kHz|MHz)");
    private static final Duration LONGEST_DEBOUNCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PULSE = Duration.ofDays(1);
    private static final int STANDARD_HERTZ = 1000;
    /** The period of one cycle is whole nanoseconds, and ten of them are no resolution for a duty cycle. */
    private static final long MOST_HERTZ = 100_000_000;

    private final Channel channel;

    private LineOptions(Channel channel) {
        this.channel = channel;
    }

    /**
     * What a channel does.
     *
     * @throws InvalidSettingException when that is wrong, or makes no sense together
     */
    static LineUse parse(Channel channel) throws InvalidSettingException {
        LineOptions options = new LineOptions(channel);
        if (channel.source().isBlank()) {
            throw options.wrong(channel.source(), "the name of a line such as GPIO17, or its offset");
        }
        Matcher pwm = PWM.matcher(channel.source());
        if (pwm.matches()) {
            return options.pulses(Integer.parseInt(pwm.group(1)));
        }
        return channel.access().canWrite() ? options.output() : options.input();
    }

    /** Whether a source is a line of a GPIO chip. */
    static boolean isLine(String source) {
        return !PWM.matcher(source).matches();
    }

    private LineUse input() throws InvalidSettingException {
        known("mode", "edge", LineUse.BIAS, LineUse.ACTIVE, LineUse.DEBOUNCE, "event");
        Mode mode = option("mode", "state, count, frequency or lost", Mode::of).orElse(Mode.STATE);
        fits(mode.fits(channel.type()), mode.types() + " for mode=" + mode.word());
        Optional<Edges> edges = option("edge", "rising, falling or both", Edges::of);
        if (edges.isPresent() && mode != Mode.COUNT && mode != Mode.FREQUENCY) {
            throw wrong("edge=" + channel.options().get("edge"), "edge only beside mode=count or mode=frequency");
        }
        Optional<String> event = option(
                "event",
                "a name for the event: " + Texts.NAME_EXPECTED,
                text -> Optional.of(text).filter(Texts::isName));
        if (event.isPresent() && mode != Mode.STATE) {
            throw wrong("event=" + event.get(), "event only beside mode=state");
        }
        return new LineUse.Input(channel, wiring(), mode, edges.orElse(Edges.RISING), event.orElse(""));
    }

    private LineUse output() throws InvalidSettingException {
        known(LineUse.BIAS, LineUse.ACTIVE, "drive", "pulse");
        fits(Mode.STATE.fits(channel.type()), "bool for a line that is written");
        String drive = option(
                        "drive", "push-pull, open-drain or open-source", word("push-pull", "open-drain", "open-source"))
                .orElse("push-pull");
        Duration pulse = option(
                        "pulse",
                        Texts.DURATION_EXPECTED + ", at most " + Texts.print(LONGEST_PULSE),
                        text -> Texts.duration(text)
                                .filter(time -> !time.isZero() && time.compareTo(LONGEST_PULSE) <= 0))
                .orElse(Duration.ZERO);
        return new LineUse.Output(channel, wiring(), drive, pulse);
    }

    private LineUse pulses(int number) throws InvalidSettingException {
        known("frequency", "pwm-chip");
        fits(channel.type() == Type.DOUBLE || channel.type() == Type.LONG, "double for a duty cycle in percent");
        int hertz = option("frequency", "such as 50Hz or 1kHz, from 1Hz to 100MHz", LineOptions::hertz)
                .orElse(STANDARD_HERTZ);
        int chip = option("pwm-chip", "the N of /sys/class/pwm/pwmchipN", LineOptions::number)
                .orElse(0);
        return new LineUse.Pulses(channel, chip, number, hertz);
    }

    private Map<String, String> wiring() throws InvalidSettingException {
        Map<String, String> wiring = new TreeMap<>();
        option(LineUse.BIAS, "up, down or off", word("up", "down", "off"))
                .ifPresent(bias -> wiring.put(LineUse.BIAS, bias));
        option(LineUse.ACTIVE, "high or low", word("high", "low"))
                .ifPresent(level -> wiring.put(LineUse.ACTIVE, level));
        option(
                        LineUse.DEBOUNCE,
                        "a duration such as 5ms, at most " + Texts.print(LONGEST_DEBOUNCE),
                        text -> Texts.duration(text).filter(time -> time.compareTo(LONGEST_DEBOUNCE) <= 0))
                .ifPresent(time -> wiring.put(LineUse.DEBOUNCE, Texts.print(time)));
        return wiring;
    }

    private void known(String... keys) throws InvalidSettingException {
        String what = channel.access().canWrite() ? "a line that is written" : "a line that is read";
        channel.requireKnown(Arrays.asList(keys), "of " + what + " one of " + String.join(", ", keys));
    }

    private void fits(boolean fits, String expected) throws InvalidSettingException {
        if (!fits) {
            String said = channel.options().getOrDefault("type", channel.type().name());
            throw wrong(said, expected);
        }
    }

    private <T> Optional<T> option(String key, String expected, Function<String, Optional<T>> parser)
            throws InvalidSettingException {
        String text = channel.options().get(key);
        if (text == null) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(text);
        if (value.isEmpty()) {
            throw wrong(key + "=" + text, key + "=" + expected);
        }
        return value;
    }

    private InvalidSettingException wrong(String value, String expected) {
        return new InvalidSettingException("channel." + channel.name(), value, expected);
    }

    private static Function<String, Optional<String>> word(String... words) {
        return text -> Optional.of(text).filter(Arrays.asList(words)::contains);
    }

    private static Optional<Integer> number(String text) {
        return Texts.number(text).filter(number -> number >= 0 && number < 1000).map(Long::intValue);
    }

    private static Optional<Integer> hertz(String text) {
        Matcher matcher = HERTZ.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case "kHz" -> 1000;
            case "MHz" -> 1_000_000;
            default -> 1;
        };
        return Optional.of(Long.parseLong(matcher.group(1)) * unit)
                .filter(hertz -> hertz >= 1 && hertz <= MOST_HERTZ)
                .map(Long::intValue);
    }
}
