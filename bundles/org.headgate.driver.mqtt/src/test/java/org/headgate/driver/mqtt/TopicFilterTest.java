package org.headgate.driver.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    private static TopicFilter filter(String text) {
        return TopicFilter.parse(text).orElseThrow();
    }

    /** The examples of MQTT 3.1.1, 4.7.1.2, 4.7.1.3 and 4.7.2. */
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/#, sport, true",
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "#, $SYS/uptime, false",
        "+/monitor, $SYS/monitor, false",
        "$SYS/#, $SYS/uptime, true",
        "a/b, a/b, true",
        "a/b, a/bc, false"
    })
    void matchesAsTheStandardSays(String filter, String topic, boolean matches) {
        assertThat(filter(filter).matches(topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "a/#/b", "a+/b", "#/a", "a/b+"})
    void whatIsNoFilterIsNone(String text) {
        assertThat(TopicFilter.parse(text)).isEmpty();
    }

    /** Held against all topics of three levels of two words. */
    @Test
    void coversAndOverlapsAreWhatTheTopicsSay() {
        List<String> topics = new ArrayList<>();
        for (String a : List.of("x", "y")) {
            topics.add(a);
            for (String b : List.of("x", "y")) {
                topics.add(a + "/" + b);
                for (String c : List.of("x", "y")) {
                    topics.add(a + "/" + b + "/" + c);
                    topics.add(a + "/" + b + "/" + c + "/x");
                }
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            TopicFilter one = any(random);
            TopicFilter other = any(random);
            List<String> both = topics.stream()
                    .filter(topic -> one.matches(topic) && other.matches(topic))
                    .toList();
            assertThat(one.overlaps(other)).as(one + " and " + other).isEqualTo(!both.isEmpty());
            if (one.covers(other)) {
                assertThat(topics)
                        .as(one + " covers " + other)
                        .allMatch(topic -> !other.matches(topic) || one.matches(topic));
            } else {
                assertThat(one).isNotEqualTo(other);
            }
        }
        assertThat(filter("x/#").covers(filter("x"))).isTrue();
        assertThat(filter("x/+").covers(filter("x/#"))).isFalse();
    }

    private static TopicFilter any(Random random) {
        List<String> words = List.of("x", "y", "+", "x", "y", "#");
        StringBuilder text = new StringBuilder(words.get(random.nextInt(6)));
        for (int i = random.nextInt(3); i > 0 && !text.toString().endsWith("#"); i--) {
            text.append('/').append(words.get(random.nextInt(6)));
        }
        return filter(text.toString());
    }
}
