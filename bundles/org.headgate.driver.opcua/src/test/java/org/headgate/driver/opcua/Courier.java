package org.headgate.driver.opcua;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultSubscriptionServiceSet;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/** Carries the messages of a server's subscriptions, badly when told so. */
final class Courier extends DefaultSubscriptionServiceSet {
    private final OpcUaServer server;
    private final AtomicBoolean loses = new AtomicBoolean();
    private final AtomicBoolean repeats = new AtomicBoolean();
    private final AtomicBoolean ends = new AtomicBoolean();
    private volatile boolean forgets;
    private volatile PublishResponse last;

    /** The numbers of the messages that were acknowledged, as they came. */
    final List<Long> acknowledged = new CopyOnWriteArrayList<>();

    private Courier(OpcUaServer server) {
        super(server);
        this.server = server;
    }

    static Courier of(MiloServer server) {
        Courier courier = new Courier(server.milo());
        server.milo().addServiceSet(EndpointUtil.getPath(server.url()), courier);
        return courier;
    }

    /** The next message with values does not arrive. */
    void lose() {
        loses.set(true);
    }

    /** Whether that is still to come. */
    boolean isToLose() {
        return loses.get();
    }

    /** The message that came last comes once more. */
    void repeat() {
        repeats.set(true);
    }

    /** No message is there any more when it is asked for again. */
    void forget() {
        forgets = true;
    }

    /** Says that the subscription has ended. */
    void end() {
        ends.set(true);
    }

    @Override
    public CompletableFuture<PublishResponse> onPublish(ServiceRequestContext context, PublishRequest request) {
        for (SubscriptionAcknowledgement one : request.getSubscriptionAcknowledgements()) {
            acknowledged.add(one.getSequenceNumber().longValue());
        }
        if (last != null && repeats.compareAndSet(true, false)) {
            return CompletableFuture.completedFuture(last);
        }
        return super.onPublish(context, request).thenCompose(response -> {
            ExtensionObject[] data = response.getNotificationMessage().getNotificationData();
            if (data == null || data.length == 0) {
                return CompletableFuture.completedFuture(response);
            }
            if (loses.compareAndSet(true, false)) {
                return super.onPublish(context, request);
            }
            last = response;
            return CompletableFuture.completedFuture(ends.compareAndSet(true, false) ? ended(response) : response);
        });
    }

    private PublishResponse ended(PublishResponse response) {
        ExtensionObject change = ExtensionObject.encode(
                server.getStaticEncodingContext(),
                new StatusChangeNotification(new StatusCode(StatusCodes.Bad_Timeout), DiagnosticInfo.NULL_VALUE));
        return new PublishResponse(
                response.getResponseHeader(),
                response.getSubscriptionId(),
                response.getAvailableSequenceNumbers(),
                false,
                new NotificationMessage(
                        response.getNotificationMessage().getSequenceNumber(),
                        DateTime.now(),
                        new ExtensionObject[] {change}),
                response.getResults(),
                response.getDiagnosticInfos());
    }

    @Override
    public RepublishResponse onRepublish(ServiceRequestContext context, RepublishRequest request) throws UaException {
        if (forgets) {
            throw new UaException(StatusCodes.Bad_MessageNotAvailable);
        }
        return super.onRepublish(context, request);
    }
}
