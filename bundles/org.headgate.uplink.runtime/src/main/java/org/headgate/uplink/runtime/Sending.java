package org.headgate.uplink.runtime;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Settings;
import org.headgate.config.api.Texts;

/**
 * How an uplink sends.
 *
 * @param batchBytes how large a message may become before its batch goes in pieces
 * @param gzip whether payloads are compressed where that makes them smaller
 * @param backlogAfter how long an outage must be for what waits to become a backlog
 * @param backlogRate rows of the backlog in a second; 0 for no limit
 * @param backlogShare the part of the batches that the backlog gets while live ones wait, from 0 to 1
 * @param budget payload bytes in a month; 0 for no budget
 * @param maxHold how long rows from before the clock was set wait for that
 */
record Sending(
        int batchBytes,
        boolean gzip,
        Duration backlogAfter,
        long backlogRate,
        double backlogShare,
        long budget,
        Duration maxHold) {
    private static final Pattern BUDGET = Pattern.compile("(.+?)\\s*/\\s*month");
    private static final Duration MAX_HOLD = Duration.ofMinutes(10);
    private static final int LEAST_MESSAGE = 256;
    /** What MQTT can carry (MQTT 5, 1.5.5). */
    private static final long MOST_MESSAGE = 268_435_455;

    static Sending of(Settings keys) {
        long most = keys.bytes("batch.max-bytes", LEAST_MESSAGE, 256 << 10);
        return new Sending(
                (int) Math.min(most, MOST_MESSAGE),
                keys.flag("gzip", false),
                keys.duration("backlog.after", Duration.ZERO, Duration.ofSeconds(10)),
                keys.number("backlog.rate", 0, 1_000_000_000, 0),
                share(keys),
                budget(keys),
                keys.duration("max-hold", Duration.ZERO, MAX_HOLD));
    }

    private static double share(Settings keys) {
        String text = keys.text("backlog.share").orElse("25%");
        Matcher matcher = Pattern.compile("(\\d{1,3})\\s*%").matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 100) {
            keys.wrong("backlog.share", "0% to 100%");
            return 0;
        }
        return Integer.parseInt(matcher.group(1)) / 100.0;
    }

    private static long budget(Settings keys) {
        String text = keys.text("budget").orElse("");
        if (text.isEmpty()) {
            return 0;
        }
        Matcher matcher = BUDGET.matcher(text);
        long bytes = matcher.matches() ? Texts.bytes(matcher.group(1)).orElse(0L) : 0;
        if (bytes <= 0) {
            keys.wrong("budget", "a size a month, such as 50MB/month");
        }
        return bytes;
    }
}
