package org.headgate.driver.opcua;

import io.netty.channel.nio.NioEventLoopGroup;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** Milo's own server on loopback, without security, with the variables of {@link Press}; may be stopped and started again. */
final class MiloServer implements Closeable {
    private final int port;
    private final String hostname;
    private OpcUaServer server;
    private NioEventLoopGroup loops;
    private ScheduledThreadPoolExecutor threads;
    private Press press;

    MiloServer() throws IOException {
        this("127.0.0.1");
    }

    /** A server that believes to have this name. */
    MiloServer(String hostname) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        this.hostname = hostname;
        start();
    }

    int port() {
        return port;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    String url() {
        return "opc.tcp://127.0.0.1:" + port;
    }

    Press press() {
        return press;
    }

    OpcUaServer milo() {
        return server;
    }

    int sessions() {
        return server.getSessionManager().getAllSessions().size();
    }

    /** Starts it; namespaces that are named come before that of the press. */
    void start(String... others) throws IOException {
        loops = new NioEventLoopGroup(1);
        threads = new ScheduledThreadPoolExecutor(3);
        threads.prestartAllCoreThreads();
        EndpointConfig endpoint = EndpointConfig.newBuilder()
                .setBindAddress("127.0.0.1")
                .setBindPort(port)
                .setHostname(hostname)
                .setPath("")
                .setSecurityPolicy(SecurityPolicy.None)
                .setSecurityMode(MessageSecurityMode.None)
                .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
                .build();
        OpcUaServerConfig config = OpcUaServerConfig.builder()
                .setApplicationName(LocalizedText.english("press"))
                .setApplicationUri("urn:headgate:test:server")
                .setProductUri("urn:headgate:test")
                .setEndpoints(Set.of(endpoint))
                .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine(), List.of()))
                .setExecutor(threads)
                .setScheduledExecutor(threads)
                .build();
        server = new OpcUaServer(
                config,
                profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder()
                        .setEventLoop(loops)
                        .setExecutor(threads)
                        .build()));
        for (String other : others) {
            server.getNamespaceTable().add(other);
        }
        press = new Press(server);
        press.startup();
        try {
            server.startup().get(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }

    /** Ends it as a crash does: connections break, nobody says goodbye. */
    void stop() {
        if (server != null) {
            press.shutdown();
            server.shutdown();
            server = null;
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5000);
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
