package org.headgate.driver.opcua;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The threads of all connections: two that move bytes and run Milo's callbacks, which never block, and one for its time-outs. They begin
 * with the first connection and end with the driver. Public for Declarative Services only; the package is not exported.
 */
@Component(service = Reactor.class)
public final class Reactor {
    private static final int THREADS = 2;
    private static final long LIFETIME_MILLIS = Duration.ofHours(1).toMillis();

    private NioEventLoopGroup group;
    private HashedWheelTimer timer;
    private boolean stopped;

    /** Begins nothing yet. */
    public Reactor() {}

    /** What a connection needs to know of them. */
    synchronized OpcTcpClientTransportConfig config(Duration timeout) {
        if (stopped) {
            throw new IllegalStateException("the driver is stopped");
        }
        if (group == null) {
            group = new NioEventLoopGroup(THREADS, new DefaultThreadFactory("opcua", true));
            timer = new HashedWheelTimer(new DefaultThreadFactory("opcua-timer", true));
        }
        UInteger millis = UInteger.valueOf(Math.min(Integer.MAX_VALUE, timeout.toMillis()));
        return OpcTcpClientTransportConfig.newBuilder()
                .setEventLoop(group)
                .setExecutor(group)
                .setScheduledExecutor(group)
                .setWheelTimer(timer)
                .setConnectTimeout(millis)
                .setAcknowledgeTimeout(millis)
                .setChannelLifetime(UInteger.valueOf(LIFETIME_MILLIS))
                .build();
    }

    @Deactivate
    synchronized void stop() {
        stopped = true;
        if (group != null) {
            timer.stop();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
