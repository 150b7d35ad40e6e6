package org.headgate.uplink.runtime;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.PayloadSession;

/**
 * Hears one link, on whatever thread, and tells the uplink's loop. The tokens of the last messages are negative: whoever closes the link
 * waits for them.
 */
final class Ear implements LinkListener {
    private final Hearing uplink;
    private final String commandTopic;
    private volatile Optional<PayloadSession> payload = Optional.empty();
    private volatile CountDownLatch farewell = new CountDownLatch(0);
    private volatile boolean over;

    /**
     * Hears nothing yet.
     *
     * @param uplink runs what was heard on its loop, as long as this link is its own
     * @param commandTopic where commands come
     */
    Ear(Hearing uplink, String commandTopic) {
        this.uplink = uplink;
        this.commandTopic = commandTopic;
    }

    /** From now on messages are for this session, but commands. */
    void tells(PayloadSession session) {
        payload = Optional.of(session);
    }

    /** Whether the link is gone. */
    boolean isOver() {
        return over;
    }

    /** Counts down with each answer to one of the last messages. */
    CountDownLatch expect(int answers) {
        farewell = new CountDownLatch(answers);
        return farewell;
    }

    @Override
    public void acknowledged(long token) {
        if (token < 0) {
            farewell.countDown();
        } else {
            uplink.acknowledged(token);
        }
    }

    @Override
    public void refused(long token, String why) {
        if (token < 0) {
            farewell.countDown();
        } else {
            uplink.refused(token, why);
        }
    }

    @Override
    public void failed(long token, String why) {
        if (token < 0) {
            farewell.countDown();
        } else {
            uplink.failed(token, why);
        }
    }

    @Override
    public void received(Incoming message) {
        if (message.topic().equals(commandTopic)) {
            uplink.command(message);
        } else {
            Consumer<PayloadSession> tell = session -> uplink.hear(() -> session.received(message));
            payload.ifPresent(tell);
        }
    }

    @Override
    public void skipped(String topic, long bytes) {
        uplink.unheard();
    }

    @Override
    public void lost(String why) {
        end();
        uplink.lost(why);
    }

    @Override
    public void exhausted(String why) {
        end();
        uplink.exhausted(why);
    }

    private void end() {
        over = true;
        for (long left = farewell.getCount(); left > 0; left--) {
            farewell.countDown();
        }
    }
}
