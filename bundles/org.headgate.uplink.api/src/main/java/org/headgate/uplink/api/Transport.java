package org.headgate.uplink.api;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to a server: opens links. Stateless; used by several threads at once for different uplinks. */
@ConsumerType
public interface Transport {
    /** The transport's name as it stands in {@code transport = ...}, for example {@code mqtt}. */
    String name();

    /**
     * Checks the settings without connecting.
     *
     * @throws IllegalArgumentException with {@code key: value (expected: ...)} when they cannot work
     */
    void check(LinkSettings settings);

    /**
     * The same text for all addresses of one place: by default an address is a place of its own. Two names of a machine are two places.
     *
     * @param address what {@link #check} accepts
     */
    default String place(String address) {
        return address;
    }

    /**
     * Connects. Blocks no longer than the settings' time-out. The link is used once: after {@link LinkListener#lost} a new one
     * is opened.
     *
     * @throws IOException when the server does not accept, with one line for the user
     */
    Link open(LinkSettings settings, LinkListener listener) throws IOException;

    /**
     * Tries the way to the server and back, beside a link of the same settings that may be open. Blocks, no longer than three times
     * the settings' time-out. Opens and closes a link where the transport knows nothing better.
     *
     * @param topic where the test message may go
     * @param payload the test message, unlike any other
     * @param trial is told each step before it is taken
     * @throws IOException when a step fails, with one line for the user: why, and what to do
     */
    default void test(LinkSettings settings, String topic, byte[] payload, LinkTrial trial) throws IOException {
        test(settings, List.of(), trial);
    }

    /**
     * The same where no test message may be sent: only listens to some topics, as the uplink's format will.
     *
     * @param topics what to subscribe to; none for connecting only
     * @throws IOException when a step fails, with one line for the user: why, and what to do
     */
    default void test(LinkSettings settings, List<String> topics, LinkTrial trial) throws IOException {
        trial.begins("connect");
        LinkListener nobody = new LinkListener() {
            @Override
            public void acknowledged(long token) {}

            @Override
            public void refused(long token, String why) {}

            @Override
            public void received(Incoming message) {}

            @Override
            public void lost(String why) {}
        };
        try (Link link = open(settings, nobody)) {
            if (!topics.isEmpty()) {
                trial.begins("subscribe " + String.join(", ", topics));
                link.subscribe(topics);
            }
        }
    }
}
