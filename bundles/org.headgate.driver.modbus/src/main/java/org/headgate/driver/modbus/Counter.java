package org.headgate.driver.modbus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/** What a line counts, as a channel: {@code count/late}. */
enum Counter {
    /** Requests that were sent. */
    REQUESTS(counts -> counts.requests),
    /** Answers that were right. */
    ANSWERS(counts -> counts.answers),
    /** Requests without any answer. */
    SILENT(counts -> counts.silent),
    /** Answers with a bad checksum. */
    DAMAGED(counts -> counts.damaged),
    /** Answers that were skipped. */
    LATE(counts -> counts.late);

    private static final String PREFIX = "count/";

    private final Function<LineCounts, LongAdder> adder;

    Counter(Function<LineCounts, LongAdder> adder) {
        this.adder = adder;
    }

    /**
     * The counter that a channel's source names; empty where it names none.
     *
     * @throws InvalidSettingException when there is no such counter, or it shall be written
     */
    static Optional<Counter> parse(Channel channel) throws InvalidSettingException {
        if (!channel.source().startsWith(PREFIX)) {
            return Optional.empty();
        }
        Optional<Counter> counter = Arrays.stream(values())
                .filter(one -> channel.source().equals(PREFIX + one.name().toLowerCase(Locale.ROOT)))
                .findFirst();
        if (counter.isEmpty() || channel.access().canWrite()) {
            throw new InvalidSettingException(
                    "channel." + channel.name(),
                    channel.source(),
                    "count/requests, answers, silent, damaged or late, to be read");
        }
        return counter;
    }

    long of(LineCounts counts) {
        return adder.apply(counts).sum();
    }
}
