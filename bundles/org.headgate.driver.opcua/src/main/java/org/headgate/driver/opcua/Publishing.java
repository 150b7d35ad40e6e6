package org.headgate.driver.opcua;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RepublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;

/**
 * The notifications of one subscription (OPC 10000-4, 5.13.1): each message once and in the order of the sequence numbers. One that is
 * missing is asked for again; where the server does not have it any more, or is silent for longer than it promised, the session has
 * failed and is opened anew, for nobody could say what was lost. Milo's own loop would wait for that answer on a thread of all.
 */
final class Publishing {
    /** Requests that wait at the server: one is answered while the next is there already. */
    private static final int WAITING = 2;

    private static final long LAST_NUMBER = UInteger.MAX_VALUE;

    private final Session session;
    private final UInteger id;
    private final Duration longestSilence;
    private final Consumer<MonitoredItemNotification[]> into;
    private final List<SubscriptionAcknowledgement> acknowledged = new ArrayList<>();
    /** One message after the other: each waits for those before it, and for what was missing between them. */
    private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

    private long last;
    private volatile long heardNanos;

    /**
     * Notifications of a subscription that was created.
     *
     * @param into takes the values of a message, one message at a time
     */
    Publishing(Session session, CreateSubscriptionResponse created, Consumer<MonitoredItemNotification[]> into) {
        this.session = session;
        this.id = created.getSubscriptionId();
        this.into = into;
        double promised = created.getRevisedPublishingInterval()
                * Math.max(1, created.getRevisedMaxKeepAliveCount().longValue());
        this.longestSilence = Duration.ofMillis((long) Math.min(promised, TimeUnit.DAYS.toMillis(1)))
                .plus(session.timeout());
        this.heardNanos = session.clock().monotonicNanos();
    }

    /** Asks for notifications until the session ends. */
    void start() {
        long period = Math.max(1, longestSilence.toNanos() / 4);
        ScheduledFuture<?> watch = session.client()
                .getTransport()
                .getConfig()
                .getScheduledExecutor()
                .scheduleWithFixedDelay(this::watch, period, period, TimeUnit.NANOSECONDS);
        session.end().whenComplete((why, never) -> watch.cancel(false));
        for (int i = 0; i < WAITING; i++) {
            ask();
        }
    }

    private void watch() {
        if (session.clock().monotonicNanos() - heardNanos > longestSilence.toNanos()) {
            session.failed(
                    new IOException("the subscription was silent for more than " + longestSilence.toMillis() + " ms"));
        }
    }

    private void ask() {
        List<SubscriptionAcknowledgement> now;
        synchronized (acknowledged) {
            now = List.copyOf(acknowledged);
            acknowledged.clear();
        }
        send(now).whenComplete((response, failure) -> {
            if (failure == null) {
                answered((PublishResponse) response);
            } else if (!Faults.is(failure, StatusCodes.Bad_TooManyPublishRequests)) {
                session.failed(Faults.explain(failure));
            }
        });
    }

    /** Has no time-out: the server keeps it until it has something to say, and {@link #watch} sees to that. */
    private CompletableFuture<UaResponseMessageType> send(List<SubscriptionAcknowledgement> now) {
        OpcUaClient client = session.client();
        return client.getSessionAsync()
                .thenCompose(active -> client.sendRequestAsync(new PublishRequest(
                        client.newRequestHeader(active.getAuthenticationToken(), UInteger.MIN),
                        now.toArray(new SubscriptionAcknowledgement[0]))));
    }

    /** Responses are told in the order in which they came. */
    private synchronized void answered(PublishResponse response) {
        heardNanos = session.clock().monotonicNanos();
        tail = tail.thenCompose(done -> take(response.getNotificationMessage())).whenComplete((done, failure) -> {
            if (failure == null) {
                ask();
            } else {
                session.failed(Faults.explain(failure));
            }
        });
    }

    private CompletableFuture<Void> take(NotificationMessage message) {
        long number = message.getSequenceNumber().longValue();
        ExtensionObject[] data = message.getNotificationData();
        boolean keepAlive = data == null || data.length == 0;
        long expected = last == LAST_NUMBER ? 1 : last + 1;
        // A keep-alive has the number of the message that will come next. The first one of all may have any.
        CompletableFuture<Void> before =
                last == 0 || number <= expected ? CompletableFuture.completedFuture(null) : missing(expected, number);
        return keepAlive ? before : before.thenAccept(done -> deliver(number, data));
    }

    private CompletableFuture<Void> missing(long from, long until) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        if (until - from > WAITING) {
            return CompletableFuture.failedFuture(
                    new IOException("the server has left out " + (until - from) + " messages"));
        }
        for (long number = from; number < until; number++) {
            UInteger lost = UInteger.valueOf(number);
            all = all.thenCompose(done -> session.client().republishAsync(id, lost))
                    .thenAccept(this::again);
        }
        return all;
    }

    private void again(RepublishResponse response) {
        NotificationMessage message = response.getNotificationMessage();
        deliver(message.getSequenceNumber().longValue(), message.getNotificationData());
    }

    private void deliver(long number, ExtensionObject[] data) {
        boolean known = last != 0 && number <= last && last - number < LAST_NUMBER / 2;
        synchronized (acknowledged) {
            acknowledged.add(new SubscriptionAcknowledgement(id, UInteger.valueOf(number)));
        }
        if (known) {
            return;
        }
        last = number;
        for (ExtensionObject each : data == null ? new ExtensionObject[0] : data) {
            Object notification = each.decode(session.context());
            if (notification instanceof DataChangeNotification changes && changes.getMonitoredItems() != null) {
                into.accept(changes.getMonitoredItems());
            } else if (notification instanceof StatusChangeNotification change
                    && change.getStatus().isBad()) {
                session.failed(
                        new IOException("the server has ended the subscription: " + Faults.text(change.getStatus())));
            }
        }
    }
}
