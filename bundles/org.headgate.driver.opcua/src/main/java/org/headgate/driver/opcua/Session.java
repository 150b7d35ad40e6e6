package org.headgate.driver.opcua;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** An activated session, with what the server says about itself. Ends once, and is not mended: the runtime opens another. */
final class Session implements AutoCloseable {
    /** Bounds what a hostile server makes us hold: a message, and an array that claims to be as long, in each of eight levels. */
    static final EncodingLimits LIMITS = new EncodingLimits(65_535, 24, 1 << 20, 8);

    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(15);
    private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(2);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Dial dial;
    private final Wire wire;
    private final OpcUaClient client;
    private final AtomicReference<Throwable> ended = new AtomicReference<>();
    private final CompletableFuture<IOException> end = new CompletableFuture<>();
    private ServerFacts facts = ServerFacts.UNKNOWN;

    private Session(Dial dial, EndpointDescription endpoint, Deadline deadline) throws IOException {
        this.dial = dial;
        this.wire = dial.wire(
                deadline, created -> dial.security().confirm(endpoint, created.getServerEndpoints()), this::failed);
        OpcUaClientConfigBuilder builder = OpcUaClientConfig.builder()
                .setEndpoint(endpoint)
                .setApplicationName(LocalizedText.english("Headgate"))
                .setApplicationUri("urn:headgate")
                .setProductUri("urn:headgate")
                .setEncodingLimits(LIMITS)
                .setMaxResponseMessageSize(UInteger.valueOf(LIMITS.getMaxMessageSize()))
                .setRequestTimeout(millis(dial.timeout()))
                .setSessionTimeout(millis(longer(dial.timeout().multipliedBy(4), SHORTEST_LIFE)))
                .setKeepAliveInterval(millis(longer(dial.timeout(), SHORTEST_KEEP_ALIVE)))
                .setKeepAliveTimeout(millis(dial.timeout()))
                .setKeepAliveFailuresAllowed(UInteger.MIN);
        dial.security().configure(builder);
        OpcUaClientConfig config = builder.build();
        this.client = create(config);
    }

    private OpcUaClient create(OpcUaClientConfig config) {
        OpcUaClient created = new OpcUaClient(config, wire);
        created.addSessionActivityListener(new SessionActivityListener() {
            @Override
            public void onSessionInactive(UaSession session) {
                failed(new IOException("the server does not answer any more, or has ended the session"));
            }
        });
        return created;
    }

    /**
     * Asks for the endpoints, chooses one, and opens a session with it.
     *
     * @throws IOException with one line, when the server does not answer, refuses us, or somebody must decide first
     */
    static Session open(Dial dial) throws IOException {
        Deadline deadline = dial.deadline();
        dial.ready(deadline);
        List<EndpointDescription> offered = Endpoints.ask(dial, deadline);
        try {
            return activated(new Session(dial, dial.security().choose(offered), deadline), deadline);
        } finally {
            dial.security().forget();
        }
    }

    private static Session activated(Session session, Deadline deadline) throws IOException {
        try {
            session.dial.await(session.client.connectAsync(), deadline);
            session.facts = ServerFacts.read(session, deadline);
            return session;
        } catch (IOException | RuntimeException failed) {
            session.close();
            throw failed;
        }
    }

    OpcUaClient client() {
        return client;
    }

    /** What structures of the server's are read with. */
    EncodingContext context() {
        return Bounds.of(client.getStaticEncodingContext());
    }

    ServerFacts facts() {
        return facts;
    }

    Clock clock() {
        return dial.clock();
    }

    Deadline deadline() {
        return dial.deadline();
    }

    Duration timeout() {
        return dial.timeout();
    }

    /** What the server answers; a session that has ended answers nothing. */
    <T> T await(CompletableFuture<T> answer, Deadline deadline) throws IOException {
        check();
        try {
            return dial.await(answer, deadline);
        } catch (IOException failure) {
            check();
            throw failure;
        }
    }

    /** Completed with the reason once the session has ended, by itself or by being closed. */
    CompletableFuture<IOException> end() {
        return end;
    }

    /** Ends the session; on any thread, also on one of all connections, which must not wait for the disk. */
    void failed(Throwable why) {
        if (ended.compareAndSet(null, why)) {
            end.complete(Faults.explain(why));
        }
    }

    /** What the end has to do with our certificate is looked up here, on the thread of who asks: that may read files. */
    void check() throws IOException {
        Throwable why = ended.get();
        if (why != null) {
            throw new IOException(dial.security().explain(why).getMessage());
        }
    }

    /** Closes the session on the server where that still goes, and the connection always. */
    @Override
    public void close() {
        IOException closed = new IOException("closed");
        ended.compareAndSet(null, closed);
        end.complete(closed);
        // Also where we have had enough of it: the server may well be there, and would keep the session until its
        // time-out.
        boolean alive = wire.isOpen();
        CompletableFuture<OpcUaClient> goodbye = client.disconnectAsync();
        if (alive) {
            try {
                dial.await(goodbye, Deadline.within(GOODBYE, dial.clock()));
            } catch (IOException silent) {
                // It did not answer: the session ends by its own time-out.
            }
        }
        wire.abort();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static UInteger millis(Duration duration) {
        return UInteger.valueOf(Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }
}
