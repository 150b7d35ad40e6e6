package org.headgate.mqtt.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
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
    /** Fixed header, packet identifier, properties: what a PUBLISH has beside topic and payload, at most. */
    private static final int PUBLISH_OVERHEAD = 16;

    private final MqttSettings settings;
    private final Fate fate;
    private final Sockets sockets = new Sockets();
    private final MqttAsyncClient client;
    private int window;
    private long packetLimit = Long.MAX_VALUE;

    private Mqtt5Session(MqttSettings settings, MqttEvents events) throws MqttException {
        this.settings = settings;
        window = settings.window();
        fate = new Fate(events);
        client = new MqttAsyncClient(settings.serverUri(), settings.clientId(), new MemoryPersistence());
        client.setCallback(this);
    }

    static Mqtt5Session connect(MqttSettings settings, MqttEvents events) throws IOException {
        Mqtt5Session session = null;
        try {
            session = new Mqtt5Session(settings, events);
            IMqttToken answer = session.client.connect(session.options());
            answer.waitForCompletion(settings.timeout().toMillis());
            session.limits(answer.getResponseProperties());
            return session;
        } catch (MqttException | IllegalArgumentException failure) {
            if (session != null) {
                session.abandon();
            }
            throw new IOException(settings.address() + ": " + Causes.line(failure), failure);
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
            ByteBuffer password = StandardCharsets.UTF_8.encode(CharBuffer.wrap(settings.password()));
            byte[] exactly = new byte[password.remaining()];
            password.get(exactly);
            options.setPassword(exactly);
        }
        return options;
    }

    /** What the broker allows (MQTT 5, 3.2.2.3.3 and 3.2.2.3.6). */
    private void limits(MqttProperties properties) {
        if (properties != null && properties.getReceiveMaximum() != null) {
            window = Math.max(1, Math.min(window, properties.getReceiveMaximum()));
        }
        if (properties != null && properties.getMaximumPacketSize() != null) {
            packetLimit = properties.getMaximumPacketSize();
        }
    }

    @Override
    public void publish(long token, String topic, byte[] payload) {
        if (payload.length + 3L * topic.length() + PUBLISH_OVERHEAD > packetLimit) {
            fate.refused(token, payload.length + " bytes, but the broker takes packets of " + packetLimit + " at most");
            return;
        }
        try {
            client.publish(topic, payload, 1, false, token, this);
        } catch (IllegalArgumentException badTopic) {
            fate.refused(token, Causes.line(badTopic));
        } catch (MqttException failure) {
            fate.lost(failure, "");
        }
    }

    @Override
    public void subscribe(String filter) throws IOException {
        try {
            IMqttToken answer = client.subscribe(filter, 1);
            answer.waitForCompletion(settings.timeout().toMillis());
            int[] codes = answer.getReasonCodes();
            if (codes != null && codes.length > 0 && codes[0] >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
                throw new IOException(filter + ": the broker does not allow it");
            }
        } catch (MqttException failure) {
            throw new IOException(filter + ": " + Causes.line(failure), failure);
        }
    }

    @Override
    public int window() {
        return window;
    }

    @Override
    public void close() {
        fate.end();
        try {
            client.disconnect(0).waitForCompletion(CLOSE_MILLIS);
        } catch (MqttException goneAlready) {
            // What follows ends it in any case.
        }
        abandon();
    }

    /** Takes the socket away from the client and lets its threads end. */
    private void abandon() {
        fate.end();
        sockets.close();
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
        long token = (Long) answer.getUserContext();
        int[] codes = answer.getReasonCodes();
        int code = codes == null || codes.length == 0 ? 0 : codes[0];
        if (code < MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
            fate.acknowledged(token);
            return;
        }
        String why = "reason code 0x" + Integer.toHexString(code) + " of the PUBACK";
        switch (code) {
            case MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
                    MqttReturnCode.RETURN_CODE_TOPIC_NAME_INVALID,
                    MqttReturnCode.RETURN_CODE_PACKET_TOO_LARGE,
                    MqttReturnCode.RETURN_CODE_PAYLOAD_FORMAT_INVALID -> fate.refused(token, why);
            // A quota or an unspecified error may pass: try again after a pause.
            default -> fate.lost(null, why);
        }
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
        fate.message(topic, message.getPayload());
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
