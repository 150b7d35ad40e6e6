package org.headgate.command.router;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Settings;

/**
 * How many commands may come: {@code command.rate} and {@code command.burst} of {@code headgate.gateway.cfg}.
 *
 * @param count how many commands, at least 1
 * @param per in which time they come back
 * @param burst how many may come at once after a pause, at least 1
 */
record CommandLimits(long count, Duration per, long burst) {
    static final String RATE = "command.rate";
    static final String BURST = "command.burst";
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,5})\\s*/\\s*(s|m|h)");
    private static final String EXPECTED = "a rate such as 10/s, 30/m or 100/h";

    /** Reads both keys; what is wrong is noted in the settings, and the default stands in. */
    static CommandLimits of(Settings settings) {
        String text = settings.text(RATE).orElse("10/s").strip();
        Matcher parts = TEXT.matcher(text);
        boolean valid = parts.matches();
        if (!valid) {
            settings.wrong(RATE, EXPECTED);
        }
        return new CommandLimits(
                valid ? Long.parseLong(parts.group(1)) : 10,
                per(valid ? parts.group(2) : "s"),
                settings.number(BURST, 1, 100_000, 20));
    }

    private static Duration per(String unit) {
        return switch (unit) {
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofSeconds(1);
        };
    }

    /** How much of a command's allowance comes back in a time. */
    double regained(long nanos) {
        return (double) nanos * count / per.toNanos();
    }

    /** As it would be written: {@code 10/s}. */
    @Override
    public String toString() {
        return count + "/" + (per.toHours() > 0 ? "h" : per.toMinutes() > 0 ? "m" : "s");
    }

    /** What is wrong with the two keys; what else is wrong in that file is for others to say. */
    static Optional<String> problems(Settings settings) {
        return settings.problems().stream()
                .filter(problem -> problem.key().equals(RATE) || problem.key().equals(BURST))
                .map(Object::toString)
                .reduce((one, other) -> one + "; " + other);
    }
}
