package org.headgate.mqtt.client;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** A session of MQTT 5. */
final class Mqtt5Session implements MqttSession, MqttCallback, MqttActionListener {
    private static final long CLOSE_MILLIS = 400;
    /** Paho looks its server up; ours is known to the {@link Sockets} only. */
    private static final String NOWHERE = "tcp://127.0.0.1:1";

    private final MqttSettings settings;
    private final Fate fate;
    private final Sockets sockets;
    private final MqttAsyncClient client;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile BrokerLimits limits;

    private Mqtt5Session(MqttSettings settings, MqttEvents events) throws MqttException {
        this.settings = settings;
        limits = BrokerLimits.of(settings.window(), null);
        Excess excess = new Excess(events::longest);
        fate = new Fate(events, excess);
        sockets = new Sockets(settings, excess, why -> fate.lost(why, ""));
        client = new MqttAsyncClient(NOWHERE, settings.clientId(), new MemoryPersistence());
        client.setCallback(this);
    }

    static Mqtt5Session connect(MqttSettings settings, MqttEvents events) throws IOException {
        Mqtt5Session session = null;
        try {
            session = new Mqtt5Session(settings, events);
            IMqttToken answer = session.client.connect(session.options());
            answer.waitForCompletion(settings.timeout().toMillis());
            session.limits = BrokerLimits.of(settings.window(), answer.getResponseProperties());
            session.sockets.connected();
            return session;
        } catch (Told | MqttException | IllegalArgumentException failure) {
            String line = session == null ? Causes.line(failure) : session.sockets.line(failure);
            if (session != null) {
                session.abandon();
            }
            throw new IOException(settings.address() + ": " + line, failure);
        }
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout((int) Math.max(1, settings.timeout().toSeconds()));
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setSocketFactory(sockets);
        if (!settings.user().isEmpty()) {
            options.setUserName(settings.user());
        }
        if (!settings.user().isEmpty() || settings.password().length > 0) {
            // A token may come without a name (3.1.2.9).
            options.setPassword(settings.passwordBytes());
        }
        settings.will().ifPresent(will -> {
            options.setWill(will.topic(), message(will));
            options.setWillMessageProperties(properties(will));
        });
        return options;
    }

    private static MqttMessage message(Publication from) {
        MqttMessage message = new MqttMessage(from.payload(), from.qos(), from.retain(), properties(from));
        message.setMutable(false);
        return message;
    }

    private static MqttProperties properties(Publication from) {
        MqttProperties properties = new MqttProperties();
        if (!from.contentType().isEmpty()) {
            properties.setContentType(from.contentType());
        }
        if (!from.responseTopic().isEmpty()) {
            properties.setResponseTopic(from.responseTopic());
        }
        if (from.correlation().length > 0) {
            properties.setCorrelationData(from.correlation());
        }
        return properties;
    }

    @Override
    public void publish(long token, Publication meant) {
        BrokerLimits now = limits;
        Publication message = now.fitting(meant, fate);
        if (!now.refusal(message).isEmpty()) {
            fate.refused(token, now.refusal(message));
            return;
        }
        // Paho counts what its other thread has written: what is handed over before that would wait, and not be lost.
        if (fate.sent() > now.most()) {
            fate.lost(null, "more is on its way than the broker takes at a time");
            return;
        }
        try {
            client.publish(message.topic(), message(message), token, this);
        } catch (IllegalArgumentException badTopic) {
            fate.answered();
            fate.refused(token, Causes.line(badTopic));
        } catch (MqttException failure) {
            fate.lost(failure, "");
        }
    }

    @Override
    public void subscribe(List<String> filters) throws IOException {
        try {
            IMqttToken answer = client.subscribe(filters.toArray(String[]::new), allOf(filters, 1));
            answer.waitForCompletion(settings.timeout().toMillis());
            Optional<String> refusal = refusal(answer, filters);
            if (refusal.isPresent()) {
                throw new IOException(refusal.get());
            }
        } catch (MqttException | IllegalArgumentException failure) {
            throw new IOException(filters.get(0) + ": " + Causes.line(failure), failure);
        }
    }

    @Override
    public void subscribe(long token, List<String> filters, int qos) {
        MqttActionListener answers = new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken answer) {
                refusal(answer, filters)
                        .ifPresentOrElse(why -> fate.refused(token, why), () -> fate.acknowledged(token));
            }

            @Override
            public void onFailure(IMqttToken answer, Throwable cause) {
                refusal(answer, filters).ifPresentOrElse(why -> fate.refused(token, why), () -> fate.lost(cause, ""));
            }
        };
        try {
            client.subscribe(filters.toArray(String[]::new), allOf(filters, qos), token, answers);
        } catch (IllegalArgumentException badFilter) {
            fate.refused(token, Causes.line(badFilter));
        } catch (MqttException failure) {
            fate.lost(failure, "");
        }
    }

    @Override
    public void unsubscribe(long token, List<String> filters) {
        fate.sent();
        try {
            client.unsubscribe(filters.toArray(String[]::new), token, this, new MqttProperties());
        } catch (IllegalArgumentException badFilter) {
            fate.answered();
            fate.refused(token, Causes.line(badFilter));
        } catch (MqttException failure) {
            fate.lost(failure, "");
        }
    }

    private int[] allOf(List<String> filters, int qos) {
        int[] all = new int[filters.size()];
        Arrays.fill(all, Math.min(qos, limits.qos()));
        return all;
    }

    /** Which filter the broker refuses; empty when it takes all. */
    private static Optional<String> refusal(IMqttToken answer, List<String> filters) {
        int[] codes = answer.getReasonCodes();
        for (int i = 0; codes != null && i < Math.min(codes.length, filters.size()); i++) {
            if (codes[i] >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
                return Optional.of(filters.get(i) + ": the broker does not allow it");
            }
        }
        return Optional.empty();
    }

    @Override
    public int window() {
        return limits.window();
    }

    @Override
    public long messageLimit() {
        return Math.max(0, limits.packetBytes() - OVERHEAD);
    }

    @Override
    public void close() {
        boolean inOrder = fate.end();
        if (closed.getAndSet(true)) {
            return;
        }
        sockets.sayGoodbye();
        try {
            if (inOrder) {
                client.disconnect(0).waitForCompletion(CLOSE_MILLIS);
            }
        } catch (MqttException goneAlready) {
            // What follows ends it in any case: without a DISCONNECT the will speaks (3.14.4).
        }
        abandon();
    }

    /** Takes the socket away from the client and lets its threads end. */
    private void abandon() {
        fate.end();
        sockets.close();
        sockets.settle();
        try {
            client.disconnectForcibly(1, 1, false);
        } catch (MqttException goneAlready) {
            // Not connected: nothing to disconnect.
        }
        try {
            client.close(true);
        } catch (MqttException stillEnding) {
            // Its threads end by themselves, now that the socket is closed.
        }
    }

    @Override
    public void onSuccess(IMqttToken answer) {
        int[] codes = answer.getReasonCodes();
        fate.answered((Long) answer.getUserContext(), codes == null || codes.length == 0 ? 0 : codes[0]);
    }

    @Override
    public void onFailure(IMqttToken answer, Throwable cause) {
        fate.lost(cause, "not acknowledged");
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        fate.lost(response.getException(), "the connection was lost");
    }

    @Override
    public void mqttErrorOccurred(MqttException failure) {
        fate.lost(failure, "");
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        MqttProperties properties = message.getProperties() == null ? new MqttProperties() : message.getProperties();
        byte[] correlation = properties.getCorrelationData();
        fate.message(new Publication(
                topic,
                message.getPayload(),
                message.getQos(),
                message.isRetained(),
                text(properties.getContentType()),
                text(properties.getResponseTopic()),
                correlation == null ? new byte[0] : correlation));
    }

    private static String text(String orNull) {
        return orNull == null ? "" : orNull;
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // Told by onSuccess.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // connect() has returned.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // No extended authentication was offered.
    }
}
