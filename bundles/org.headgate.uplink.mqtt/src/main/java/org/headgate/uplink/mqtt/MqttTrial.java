package org.headgate.uplink.mqtt;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.headgate.mqtt.client.Mqtt;
import org.headgate.mqtt.client.MqttAddress;
import org.headgate.mqtt.client.MqttEvents;
import org.headgate.mqtt.client.MqttSession;
import org.headgate.mqtt.client.MqttSettings;
import org.headgate.mqtt.client.ProxySettings;
import org.headgate.mqtt.client.Publication;
import org.headgate.tls.ServerCertificate;
import org.headgate.uplink.api.LinkTrial;

/**
 * Tries a broker step by step: its name, its port, the log-in, the proxy, TLS, a message there and back. The way back is tried since a broker
 * of MQTT 3.1.1 may acknowledge what its access list denies (MQTT 3.1.1, 3.3.5).
 */
final class MqttTrial implements MqttEvents {
    private static final long TOKEN = 1;
    private static final long SOON_DAYS = 14;

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

    /** A message goes there and back. */
    void run(LinkTrial trial) throws IOException {
        arrive(trial);
        try (MqttSession session = logIn()) {
            trial.begins("subscribe " + topic);
            boolean subscribed = subscribe(session, trial);
            trial.begins("publish " + topic);
            session.publish(TOKEN, new Publication(topic, payload));
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

    /** Nothing is said. */
    void listen(List<String> topics, LinkTrial trial) throws IOException {
        arrive(trial);
        try (MqttSession session = logIn()) {
            String all = String.join(", ", topics);
            trial.begins("subscribe " + all);
            try {
                session.subscribe(topics);
            } catch (IOException refused) {
                throw new IOException(
                        refused.getMessage() + ": let the broker's access list (ACL) allow reading " + all, refused);
            }
        }
    }

    /** All the way up to the log-in, which is the next step. */
    private void arrive(LinkTrial trial) throws IOException {
        MqttAddress server = settings.server();
        Optional<ProxySettings> proxy = settings.proxy();
        String host = proxy.map(ProxySettings::host).orElse(server.host());
        int port = proxy.map(ProxySettings::port).orElse(server.port());
        trial.begins("find " + host);
        reach(find(host), port, trial);
        if (proxy.isPresent() || server.tls() || server.webSocket()) {
            trial.begins(way(server, proxy));
            Mqtt.reach(settings).ifPresent(certificate -> note(certificate, trial));
        }
        trial.begins("log in" + (settings.user().isEmpty() ? "" : " as " + settings.user()));
    }

    /** What comes between TCP and MQTT: {@code TLS}, {@code proxy, TLS, web socket}. */
    private static String way(MqttAddress server, Optional<ProxySettings> proxy) {
        String tls = server.tls() ? "TLS" : "";
        return Stream.of(
                        proxy.isPresent() ? "proxy to " + server.place() : "",
                        tls,
                        server.webSocket() ? "web socket " + server.path() : "")
                .filter(stretch -> !stretch.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static void note(ServerCertificate certificate, LinkTrial trial) {
        trial.note(certificate.protocol() + ", certificate of " + String.join(", ", certificate.names()) + " by "
                + certificate.issuer() + ", " + certificate.daysLeft() + " days left"
                + (certificate.daysLeft() < SOON_DAYS ? ": renew it soon" : ""));
    }

    private static InetAddress find(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new IOException(
                    "unknown host " + host + ": is the name right, and does a name server answer?", unknown);
        }
    }

    private void reach(InetAddress address, int port, LinkTrial trial) throws IOException {
        String place = address.getHostAddress() + ":" + port;
        trial.begins("reach " + place);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int)
                    settings.timeout().toMillis());
        } catch (ConnectException refused) {
            throw new IOException(
                    "connection refused at " + place + ": does "
                            + (settings.proxy().isPresent() ? "the proxy" : "the broker")
                            + " run, and listen on this port?",
                    refused);
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
            String hint = identity
                    ? ": check user and password (uplink:set, secret:set)"
                    : ": is it a broker of MQTT " + settings.version() + "?";
            // Some say already what to do.
            throw new IOException(why.contains("?") || why.contains(": set ") ? why : why + hint, refused);
        }
    }

    private boolean subscribe(MqttSession session, LinkTrial trial) throws IOException {
        try {
            session.subscribe(List.of(topic));
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
    public void received(Publication message) {
        if (message.topic().equals(topic) && Arrays.equals(message.payload(), payload)) {
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
