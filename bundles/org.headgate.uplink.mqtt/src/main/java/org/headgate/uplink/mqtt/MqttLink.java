package org.headgate.uplink.mqtt;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.Publication;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An MQTT session as an uplink sees it. */
record MqttLink(MqttSession session) implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);

    @Override
    public void send(long token, Message message) {
        session.publish(token, MqttOptions.publication(message));
    }

    @Override
    public void subscribe(List<String> filters) throws IOException {
        if (!filters.isEmpty()) {
            session.subscribe(filters);
        }
    }

    @Override
    public long messageLimit() {
        return session.messageLimit();
    }

    @Override
    public int window() {
        return session.window();
    }

    @Override
    public void close() {
        session.close();
    }

    /**
     * Passes on what the session tells; notes are lines of the log.
     *
     * @param skipped whether it was told of a message that is too long
     */
    record Events(String uplink, LinkListener listener, AtomicBoolean skipped) implements MqttEvents {
        Events(String uplink, LinkListener listener) {
            this(uplink, listener, new AtomicBoolean());
        }

        @Override
        public void skipped(Publication message, long bytes) {
            listener.skipped(message.topic(), bytes);
            // Whoever may write there could fill the log with it.
            if (skipped.compareAndSet(false, true)) {
                MqttEvents.super.skipped(message, bytes);
            }
        }

        @Override
        public void acknowledged(long token) {
            listener.acknowledged(token);
        }

        @Override
        public void refused(long token, String why) {
            listener.refused(token, why);
        }

        @Override
        public boolean failed(long token, String why) {
            listener.failed(token, why);
            return true;
        }

        @Override
        public void received(Publication message) {
            listener.received(new Incoming(
                    message.topic(),
                    message.payload(),
                    message.responseTopic(),
                    message.correlation(),
                    message.retain()));
        }

        @Override
        public void note(String line) {
            LOG.warn("uplink {}: {}", uplink, line);
        }

        @Override
        public void lost(String why) {
            listener.lost(why);
        }

        @Override
        public void exhausted(String why) {
            listener.exhausted(why);
        }
    }
}
