package org.headgate.mqtt.client;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A session of MQTT 3.1.1. */
final class Mqtt3Session implements MqttSession, MqttCallback, IMqttActionListener {
    private static final long CLOSE_MILLIS = 400;
    /** Paho looks its server up; ours is known to the {@link Sockets} only. */
    private static final String NOWHERE = "tcp://127.0.0.1:1";

    private static final int REFUSED = 0x80;

    private final MqttSettings settings;
    private final Fate fate;
    private final Sockets sockets;
    private final MqttAsyncClient client;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Mqtt3Session(MqttSettings settings, MqttEvents events) throws MqttException {
        this.settings = settings;
        Excess excess = new Excess(events::longest);
        fate = new Fate(events, excess);
        sockets = new Sockets(settings, excess, why -> fate.lost(why, ""));
        client = new MqttAsyncClient(NOWHERE, settings.clientId(), new MemoryPersistence());
        client.setCallback(this);
    }

    static Mqtt3Session connect(MqttSettings settings, MqttEvents events) throws IOException {
        Mqtt3Session session = null;
        try {
            session = new Mqtt3Session(settings, events);
            session.client
                    .connect(session.options())
                    .waitForCompletion(settings.timeout().toMillis());
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

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout((int) Math.max(1, settings.timeout().toSeconds()));
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setMaxInflight(settings.window() + 10);
        options.setSocketFactory(sockets);
        if (!settings.user().isEmpty()) {
            options.setUserName(settings.user());
            options.setPassword(settings.password());
        }
        settings.will().ifPresent(will -> options.setWill(will.topic(), will.payload(), will.qos(), will.retain()));
        return options;
    }

    @Override
    public void publish(long token, Publication message) {
        fate.sent();
        try {
            client.publish(message.topic(), message.payload(), message.qos(), message.retain(), token, this);
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
        IMqttActionListener answers = new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken answer) {
                refusal(answer, filters)
                        .ifPresentOrElse(why -> fate.refused(token, why), () -> fate.acknowledged(token));
            }

            @Override
            public void onFailure(IMqttToken answer, Throwable cause) {
                Mqtt3Session.this.onFailure(answer, cause);
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
            client.unsubscribe(filters.toArray(String[]::new), token, this);
        } catch (IllegalArgumentException badFilter) {
            fate.answered();
            fate.refused(token, Causes.line(badFilter));
        } catch (MqttException failure) {
            fate.lost(failure, "");
        }
    }

    private static int[] allOf(List<String> filters, int qos) {
        int[] all = new int[filters.size()];
        Arrays.fill(all, qos);
        return all;
    }

    /** Which filter the broker refuses; empty when it takes all. */
    private static Optional<String> refusal(IMqttToken answer, List<String> filters) {
        int[] granted = answer.getGrantedQos();
        for (int i = 0; i < granted.length; i++) {
            if (granted[i] >= REFUSED) {
                return Optional.of(filters.get(i) + ": the broker does not allow it");
            }
        }
        return Optional.empty();
    }

    @Override
    public int window() {
        return settings.window();
    }

    @Override
    public long messageLimit() {
        return LONGEST - OVERHEAD;
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
        fate.answered();
        fate.acknowledged((Long) answer.getUserContext());
    }

    @Override
    public void onFailure(IMqttToken answer, Throwable cause) {
        fate.lost(cause, "not acknowledged");
    }

    @Override
    public void connectionLost(Throwable cause) {
        fate.lost(cause, "the connection was lost");
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        fate.message(new Publication(
                topic, message.getPayload(), message.getQos(), message.isRetained(), "", "", new byte[0]));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Told by onSuccess.
    }
}
