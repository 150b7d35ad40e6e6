package org.headgate.uplink.mqtt;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.uplink.api.LinkTrial;

/**
 * Tries a broker step by step: its name, its port, the log-in, a message there and back. The way back is tried since a broker
 * of MQTT 3.1.1 may acknowledge what its access list denies (MQTT 3.1.1, 3.3.5).
 */
final class MqttTrial implements MqttEvents {
    private static final long TOKEN = 1;

    private final MqttSettings settings;
    private final String topic;
    private final byte[] payload;
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private final CompletableFuture<Void> back = new CompletableFuture<>();

    MqttTrial(MqttSettings settings, String topic, byte[] payload) {
        this.settings = settings;
        this.topic = topic;
        this.payload = payload.clone();
    }

    void run(LinkTrial trial) throws IOException {
        InetSocketAddress server = settings.server();
        trial.begins("find " + server.getHostString());
        reach(find(server), server, trial);
        trial.begins("log in" + (settings.user().isEmpty() ? "" : " as " + settings.user()));
        try (MqttSession session = logIn()) {
            trial.begins("subscribe " + topic);
            boolean subscribed = subscribe(session, trial);
            trial.begins("publish " + topic);
            session.publish(TOKEN, topic, payload);
            await(acknowledged, "the broker does not acknowledge it");
            if (subscribed) {
                trial.begins("read it back");
                await(
                        back,
                        "acknowledged, but it did not come back: let the broker's access list (ACL) allow writing and reading "
                                + topic);
            }
        }
    }

    private static InetAddress find(InetSocketAddress server) throws IOException {
        try {
            return InetAddress.getByName(server.getHostString());
        } catch (UnknownHostException unknown) {
            throw new IOException(
                    "unknown host " + server.getHostString() + ": is the name right, and does a name server answer?",
                    unknown);
        }
    }

    private void reach(InetAddress address, InetSocketAddress server, LinkTrial trial) throws IOException {
        String place = address.getHostAddress() + ":" + server.getPort();
        trial.begins("reach " + place);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, server.getPort()), (int)
                    settings.timeout().toMillis());
        } catch (ConnectException refused) {
            throw new IOException(
                    "connection refused at " + place + ": does the broker run, and listen on this port?", refused);
        } catch (SocketTimeoutException silent) {
            throw new IOException(
                    "no answer from " + place + ": is the address right, and does a firewall let it through?", silent);
        }
    }

    private MqttSession logIn() throws IOException {
        try {
            return Mqtt.connect(settings, this);
        } catch (IOException refused) {
            String why = String.valueOf(refused.getMessage());
            boolean identity =
                    why.toLowerCase(Locale.ROOT).matches(".*(authori[sz]ed|user ?name|password|identifier).*");
            throw new IOException(
                    why
                            + (identity
                                    ? ": check user and password (uplink:set, secret:set)"
                                    : ": is it a broker of MQTT " + settings.version() + " without TLS?"),
                    refused);
        }
    }

    private boolean subscribe(MqttSession session, LinkTrial trial) throws IOException {
        try {
            session.subscribe(topic);
            return true;
        } catch (IOException refused) {
            if (acknowledged.isCompletedExceptionally()) {
                throw refused;
            }
            trial.note("not allowed: whether the broker takes what it acknowledges cannot be seen");
            return false;
        }
    }

    private void await(CompletableFuture<Void> event, String otherwise) throws IOException {
        try {
            event.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause().getMessage(), failed);
        } catch (TimeoutException silent) {
            throw new IOException(otherwise, silent);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("ended", ended);
        }
    }

    @Override
    public void acknowledged(long token) {
        acknowledged.complete(null);
    }

    @Override
    public void refused(long token, String why) {
        acknowledged.completeExceptionally(
                new IOException("refused, " + why + ": let the broker's access list (ACL) allow writing " + topic));
    }

    @Override
    public void message(String on, byte[] received) {
        if (on.equals(topic) && Arrays.equals(received, payload)) {
            back.complete(null);
        }
    }

    @Override
    public void lost(String why) {
        IOException lost =
                new IOException("the connection is gone: " + why + " (does another client have the same id?)");
        acknowledged.completeExceptionally(lost);
        back.completeExceptionally(lost);
    }
}
