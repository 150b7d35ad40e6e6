package org.headgate.driver.mqtt;

import java.util.Optional;
import org.headgate.messages.MessageDecoder;

/** What a channel's source means. */
sealed interface Source {
    String EXPECTED = "/a/b, csv/2, text, senml/NAME, topic/LEVEL, count/messages, count/refused, or sparkplug/METRIC";

    /** In a message; the library knows where. */
    record InMessage() implements Source {}

    /** A level of the topic, counted from 0. */
    record Level(int number) implements Source {
        /** The level of a topic; empty when it has fewer. */
        Optional<String> of(String topic) {
            String[] levels = topic.split("/", -1);
            return number < levels.length ? Optional.of(levels[number]) : Optional.empty();
        }
    }

    /** How many messages came, or how many of them could not be taken. */
    record Count(boolean refused) implements Source {}

    /** A metric of Sparkplug. */
    record Metric(String name) implements Source {}

    /** The source of a text; empty when it is none. */
    static Optional<Source> parse(String text) {
        if (MessageDecoder.isSource(text)) {
            return Optional.of(new InMessage());
        }
        if (text.matches("topic/\\d{1,2}")) {
            return Optional.of(new Level(Integer.parseInt(text.substring(6))));
        }
        if (text.equals("count/messages") || text.equals("count/refused")) {
            return Optional.of(new Count(text.endsWith("refused")));
        }
        if (text.startsWith("sparkplug/") && text.length() > 10) {
            return Optional.of(new Metric(text.substring(10).replace("~s", " ")));
        }
        return Optional.empty();
    }
}
