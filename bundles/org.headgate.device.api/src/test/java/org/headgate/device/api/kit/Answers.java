package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;

/** What drivers may say. */
final class Answers {
    private static final int LONGEST = 300;

    private Answers() {}

    /** Asserts that a reason is one line without a stack trace. */
    static void oneLine(String what, String reason) {
        assertThat(reason)
                .as("the reason of " + what)
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(LONGEST)
                .doesNotContain("\n", "\r", "\tat ", "Exception:", "Exception@");
    }

    /** Asserts that what was read belongs to the channels that were asked for, fits their types, and that failures are explained. */
    static void fit(List<Channel> channels, RecordedReadings readings) {
        assertThat(readings.values.keySet()).allMatch(i -> i >= 0 && i < channels.size());
        assertThat(readings.bad.keySet()).allMatch(i -> i >= 0 && i < channels.size());
        readings.values.forEach((index, value) -> {
            Channel channel = channels.get(index);
            assertThat(fits(channel.type(), value))
                    .as(channel.name() + " is " + channel.type() + ", read was " + value)
                    .isTrue();
        });
        readings.bad.forEach((index, why) -> oneLine(channels.get(index).name(), why));
        readings.uncertain.forEach((index, why) -> oneLine(channels.get(index).name(), why));
    }

    private static boolean fits(Type type, Object value) {
        return switch (type) {
            case BOOLEAN, LONG, DOUBLE -> value instanceof Number || value instanceof Boolean;
            case STRING -> value instanceof String;
            case BYTES -> value instanceof byte[];
            case ARRAY -> value instanceof List;
            case STRUCT -> value instanceof Map;
            case ANY -> true;
        };
    }

    /** What one read brings. */
    static RecordedReadings of(Connection connection, List<Channel> channels) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(channels, readings);
        return readings;
    }

    /** What a channel has, as it may be written into it again: nothing is moved by that. */
    static Object current(Connection connection, Channel channel) throws IOException {
        RecordedReadings readings = of(connection, List.of(channel));
        return switch (channel.type()) {
            case BOOLEAN -> readings.number(0) == 1;
            case LONG -> (long) readings.number(0);
            case DOUBLE -> readings.number(0);
            default -> readings.values.get(0);
        };
    }
}
