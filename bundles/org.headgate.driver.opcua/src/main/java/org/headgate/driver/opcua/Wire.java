package org.headgate.driver.opcua;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSecureChannelRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.util.Unit;
import org.eclipse.milo.opcua.stack.transport.client.AbstractUascClientTransport;
import org.eclipse.milo.opcua.stack.transport.client.ClientApplicationContext;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.eclipse.milo.opcua.stack.transport.client.uasc.ClientSecureChannel;
import org.eclipse.milo.opcua.stack.transport.client.uasc.InboundUascResponseHandler.DelegatingUascResponseHandler;
import org.eclipse.milo.opcua.stack.transport.client.uasc.UascClientAcknowledgeHandler;

/**
 * One TCP connection with one secure channel, from its opening to its end. Milo's own transport connects again by itself for ever; here
 * the runtime decides when, so what has ended stays so, and Milo's session, which goes on trying, meets nothing but that until it is
 * closed. All work is done on the connection's event loop, so that no thread of others keeps anything of Netty's.
 */
final class Wire extends AbstractUascClientTransport {
    private final OpcTcpClientTransportConfig config;
    private final InetSocketAddress address;
    private final EventLoop loop;
    private final CompletableFuture<Channel> secure = new CompletableFuture<>();
    private final CompletableFuture<Unit> ended = new CompletableFuture<>();
    private final AtomicReference<Channel> socket = new AtomicReference<>();
    private final Consumer<Throwable> onEnd;
    private final Created created;
    private volatile boolean aborted;

    /**
     * A connection that is not yet open.
     *
     * @param address resolved, since that may block
     * @param judge refuses a session that the server has created
     * @param onEnd is told once why an open connection has ended, on the event loop
     */
    Wire(
            OpcTcpClientTransportConfig config,
            InetSocketAddress address,
            Created.Judge judge,
            Consumer<Throwable> onEnd) {
        super(config);
        this.config = config;
        this.address = address;
        this.loop = config.getEventLoop().next();
        this.created = new Created(judge);
        this.onEnd = onEnd;
    }

    @Override
    public OpcTcpClientTransportConfig getConfig() {
        return config;
    }

    @Override
    public CompletableFuture<Unit> connect(ClientApplicationContext application) {
        loop.execute(() -> dial(application));
        return secure.thenApply(channel -> Unit.VALUE);
    }

    private void dial(ClientApplicationContext application) {
        if (aborted) {
            end(new IOException("closed"));
            return;
        }
        CompletableFuture<ClientSecureChannel> handshake = new CompletableFuture<>();
        handshake.whenComplete((channel, failure) -> {
            if (failure == null) {
                secure.complete(channel.getChannel());
            } else {
                end(failure);
            }
        });
        Channel channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        config.getConnectTimeout().intValue())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel created) {
                        created.pipeline()
                                .addLast(new DelegatingUascResponseHandler(Wire.this))
                                .addLast(new UascClientAcknowledgeHandler(
                                        config, Bounds.of(application), requestId::getAndIncrement, handshake));
                    }
                })
                .connect(address)
                .addListener(dialled -> {
                    if (!dialled.isSuccess()) {
                        handshake.completeExceptionally(dialled.cause());
                    }
                })
                .channel();
        socket.set(channel);
        channel.closeFuture().addListener(closed -> end(new IOException("the server has closed the connection")));
        if (aborted) {
            channel.close();
        }
    }

    /** Whether it was opened and has not ended. */
    boolean isOpen() {
        return secure.isDone() && !ended.isDone();
    }

    private void end(Throwable why) {
        boolean opened = !secure.completeExceptionally(why) && !secure.isCompletedExceptionally();
        if (ended.complete(Unit.VALUE) && opened) {
            onEnd.accept(why);
        }
        Channel channel = socket.get();
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    protected CompletableFuture<Channel> getChannel() {
        // Milo opens a session also where connecting has failed, and only says how that fails: so it is told why once
        // more.
        return ended.isDone() && !secure.isCompletedExceptionally()
                ? CompletableFuture.failedFuture(new IOException("the connection has ended"))
                : secure;
    }

    @Override
    public CompletableFuture<UaResponseMessageType> sendRequestMessage(UaRequestMessageType request) {
        CompletableFuture<UaResponseMessageType> answer = new CompletableFuture<>();
        loop.execute(() -> super.sendRequestMessage(request).whenComplete((response, failure) -> {
            if (failure == null) {
                pass(response, answer);
            } else {
                answer.completeExceptionally(failure);
            }
        }));
        return answer;
    }

    private void pass(UaResponseMessageType response, CompletableFuture<UaResponseMessageType> answer) {
        try {
            created.sees(response);
            answer.complete(response);
        } catch (IOException refused) {
            answer.completeExceptionally(refused);
        }
    }

    @Override
    public void handleChannelError(UaException why) {
        super.handleChannelError(why);
        end(why);
    }

    /** Says goodbye to the server, first for a session that was not let in. */
    @Override
    public CompletableFuture<Unit> disconnect() {
        loop.execute(() -> {
            Optional<CloseSessionRequest> undo = isOpen() ? created.undo() : Optional.empty();
            if (undo.isPresent()) {
                sendRequestMessage(undo.get()).whenComplete((closed, failure) -> loop.execute(this::goodbye));
            } else {
                goodbye();
            }
        });
        return ended;
    }

    /** There is no answer to it (OPC 10000-6, 7.1.4). */
    private void goodbye() {
        Channel channel = socket.get();
        if (channel == null || !isOpen()) {
            abort();
        } else {
            RequestHeader header = new RequestHeader(
                    NodeId.NULL_VALUE, DateTime.now(), UInteger.MIN, UInteger.MIN, null, UInteger.MIN, null);
            channel.pipeline().fireUserEventTriggered(new CloseSecureChannelRequest(header));
        }
    }

    /** Ends it at once, whatever is under way. */
    void abort() {
        aborted = true;
        loop.execute(() -> end(new IOException("closed")));
    }
}
