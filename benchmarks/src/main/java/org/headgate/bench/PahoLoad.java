package org.headgate.bench;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttClientPersistence;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;

/** What a program does that publishes each row with a bare client: QoS 1, as many on their way as an uplink has. */
final class PahoLoad implements AutoCloseable, IMqttActionListener {
    private static final int WINDOW = 20;

    private final MqttAsyncClient client;
    private final Semaphore window = new Semaphore(WINDOW);
    private volatile Throwable failure;
    private long sent;

    PahoLoad(String address, MqttClientPersistence persistence) throws MqttException {
        client = new MqttAsyncClient(address, "bench-paho", persistence);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(2 * WINDOW);
        client.connect(options).waitForCompletion();
    }

    /** Sends so many rows; returns when the broker has acknowledged all of them. */
    void send(int rows) throws MqttException, InterruptedException {
        for (int i = 0; i < rows; i++) {
            long number = sent++;
            // The text of a row with the head that one row alone has.
            String text = "{\"gateway\":\"bench\",\"stream\":\"bench\",\"log\":\"01JD6V0000000000000000000\",\"seq\":"
                    + number
                    + ",\"rows\":[{\"time\":" + System.currentTimeMillis() + ",\"device\":\"meter-" + number % 1000
                    + "\",\"n\":" + number
                    + ",\"temperature\":71.25}]}";
            window.acquire();
            client.publish("bench/meter-" + number % 1000, text.getBytes(StandardCharsets.UTF_8), 1, false, null, this);
        }
        if (!window.tryAcquire(WINDOW, 1, TimeUnit.MINUTES) || failure != null) {
            throw new IllegalStateException("the broker does not acknowledge", failure);
        }
        window.release(WINDOW);
    }

    @Override
    public void onSuccess(IMqttToken token) {
        window.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
        failure = cause;
        window.release();
    }

    @Override
    public void close() throws MqttException {
        client.disconnect().waitForCompletion();
        client.close();
    }
}
