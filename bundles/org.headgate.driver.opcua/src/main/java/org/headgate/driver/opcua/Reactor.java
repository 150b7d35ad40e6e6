package org.headgate.driver.opcua;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.headgate.system.api.Calls;
import org.headgate.system.api.HostNames;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The threads of all connections: two that move bytes and run Milo's callbacks, which never block, and one for its time-outs. They end
 * with the driver. Public for Declarative Services only; the package is not exported.
 */
@Component(service = Reactor.class)
public final class Reactor {
    private static final int THREADS = 2;
    private static final UInteger LIFETIME_MILLIS =
            UInteger.valueOf(Duration.ofHours(1).toMillis());

    private final NioEventLoopGroup group = new NioEventLoopGroup(THREADS, new DefaultThreadFactory("opcua", true));
    private final HashedWheelTimer timer = new HashedWheelTimer(new DefaultThreadFactory("opcua-timer", true));
    private final HostNames names;
    private final CompletableFuture<Void> loaded;

    /** Begins to load Milo: thousands of classes, for which a small machine needs longer than a device may take to be opened. */
    @Activate
    public Reactor(@Reference Calls calls) {
        names = new HostNames(calls);
        loaded = CompletableFuture.runAsync(this::load, group);
    }

    private void load() {
        NonceUtil.isSecureRandomSeeded();
        Faults.text(new StatusCode(StatusCodes.Bad_Timeout));
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), Address.PORT);
        new OpcUaClient(
                OpcUaClientConfig.builder().build(),
                new Wire(config(Duration.ofSeconds(1)), nowhere, created -> {}, ended -> {}));
    }

    /** Completed when Milo can be used. */
    CompletableFuture<Void> loaded() {
        return loaded;
    }

    /** Finds servers. */
    HostNames names() {
        return names;
    }

    /** What a connection needs to know of the threads. */
    OpcTcpClientTransportConfig config(Duration timeout) {
        UInteger millis = UInteger.valueOf(Math.min(Integer.MAX_VALUE, timeout.toMillis()));
        return OpcTcpClientTransportConfig.newBuilder()
                .setEventLoop(group)
                .setExecutor(group)
                .setScheduledExecutor(group)
                .setWheelTimer(timer)
                .setConnectTimeout(millis)
                .setAcknowledgeTimeout(millis)
                .setChannelLifetime(LIFETIME_MILLIS)
                .build();
    }

    /** Ends them. */
    @Deactivate
    void stop() {
        timer.stop();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
