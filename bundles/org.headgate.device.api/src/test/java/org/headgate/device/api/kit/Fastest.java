package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The shortest time of each kind of call: a machine that stands still makes one of them late, a wrong time-out all. */
final class Fastest {
    private final Map<String, Duration> calls = new HashMap<>();

    /** Takes a call that has ended. */
    void note(Attempt<?> call) {
        calls.merge(call.what(), call.took(), (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    boolean isWithin(Duration limit) {
        return calls.values().stream().allMatch(took -> took.compareTo(limit) <= 0);
    }

    void assertWithin(Duration limit) {
        assertThat(calls)
                .allSatisfy((call, took) ->
                        assertThat(took).as("the fastest " + call).isLessThanOrEqualTo(limit));
    }
}
