package org.headgate.driver.opcua;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.headgate.device.api.Reports;
import org.headgate.system.api.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a server report variables by itself: one subscription, a monitored item for each (OPC 10000-4, 5.12 and 5.13). */
final class Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    /** A server that hears nothing from us for so many keep-alives ends the subscription; three is the least that is allowed. */
    private static final int LIFE = 6;

    private static final int MOST_IN_A_MESSAGE = 2000;

    private final Session session;
    private final Setup setup;
    private final NamespaceWatch namespaces;
    private final Granted granted = new Granted();
    private final Overflows overflows;
    private int most;

    Subscriber(Session session, Setup setup, NamespaceWatch namespaces, Overflows overflows) {
        this.overflows = overflows;
        this.session = session;
        this.setup = setup;
        this.namespaces = namespaces;
        this.most = session.facts().mostItems();
    }

    /**
     * Subscribes.
     *
     * @param plans by place; {@code null} where there is nothing to subscribe
     * @param nodes by place
     * @return the places that the server will report; empty where it has no subscriptions at all
     * @throws IOException when the server does not answer
     */
    List<Integer> subscribe(Plan[] plans, NodeId[] nodes, Reports reports) throws IOException {
        Deadline deadline = session.deadline();
        Optional<CreateSubscriptionResponse> created = create(deadline);
        if (created.isEmpty()) {
            return List.of();
        }
        // The first number that is no channel's: a large one means something of their own to some servers.
        UInteger handle = UInteger.valueOf(plans.length);
        Arrivals arrivals = new Arrivals(plans, setup.align().toNanos(), reports);
        List<Integer> taken = new ArrayList<>();
        List<Integer> unfiltered = new ArrayList<>();
        double sent = created.get().getRevisedPublishingInterval();
        items(created.get(), request(plans, nodes, places(plans), true, sent), deadline, (place, result) -> {
            StatusCode status = result.getStatusCode();
            if (plans[place].filter().isPresent() && isFilter(status)) {
                LOG.warn(
                        "{}: {}: the server refuses server.deadband ({}): it reports every change",
                        setup.device(),
                        plans[place].channel().name(),
                        Faults.name(status));
                unfiltered.add(place);
            } else {
                judge(plans[place], place, result, sent, taken);
            }
        });
        items(
                created.get(),
                request(plans, nodes, unfiltered, false, sent),
                deadline,
                (place, result) -> judge(plans[place], place, result, sent, taken));
        items(created.get(), List.of(table(handle)), deadline, (place, result) -> {});
        granted.lines().forEach(line -> LOG.info("{}: {}", setup.device(), line));
        new Publishing(session, created.get(), items -> {
                    table(items, handle);
                    lost(items);
                    arrivals.deliver(items);
                })
                .start();
        return taken;
    }

    private void judge(Plan plan, int place, MonitoredItemCreateResult result, double sent, List<Integer> taken) {
        if (result.getStatusCode().isGood()) {
            taken.add(place);
            granted.item(plan, result, setup.queue(plan, sent));
        } else {
            granted.refused(plan, result.getStatusCode());
        }
    }

    private void lost(MonitoredItemNotification[] items) {
        overflows
                .count(items, session.clock().monotonicNanos())
                .ifPresent(count -> LOG.warn(
                        "{}: the server has lost values, for its queues were full {} times until now: a longer queue,"
                                + " or a shorter publish",
                        setup.device(),
                        count));
    }

    private Optional<CreateSubscriptionResponse> create(Deadline deadline) throws IOException {
        double interval = setup.publish().toMillis();
        long keepAlive = Math.max(1, (long) (KEEP_ALIVE.toMillis() / interval));
        try {
            return Optional.of(session.await(
                    session.client()
                            .createSubscriptionAsync(
                                    interval,
                                    UInteger.valueOf(keepAlive * LIFE),
                                    UInteger.valueOf(keepAlive),
                                    UInteger.valueOf(MOST_IN_A_MESSAGE),
                                    true,
                                    UByte.MIN),
                    deadline));
        } catch (StatusException refused) {
            // Some small servers have no subscriptions, or no more of them: what they have can still be polled.
            session.check();
            LOG.info(
                    "{}: the server does not report by itself, so it is polled: {}",
                    setup.device(),
                    refused.getMessage());
            return Optional.empty();
        }
    }

    private static List<Integer> places(Plan[] plans) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < plans.length; i++) {
            if (plans[i] != null) {
                places.add(i);
            }
        }
        return places;
    }

    private List<MonitoredItemCreateRequest> request(
            Plan[] plans, NodeId[] nodes, List<Integer> places, boolean filtered, double sent) {
        List<MonitoredItemCreateRequest> requests = new ArrayList<>(places.size());
        for (int place : places) {
            Plan plan = plans[place];
            Optional<DataChangeFilter> filter = filtered ? plan.filter() : Optional.empty();
            requests.add(new MonitoredItemCreateRequest(
                    Reader.value(nodes[place], plan.range()),
                    MonitoringMode.Reporting,
                    new MonitoringParameters(
                            UInteger.valueOf(place),
                            (double) plan.sampling().toMillis(),
                            filter.map(some -> ExtensionObject.encode(
                                            session.client().getStaticEncodingContext(), some))
                                    .orElse(null),
                            UInteger.valueOf(setup.queue(plan, sent)),
                            true)));
        }
        return requests;
    }

    private static MonitoredItemCreateRequest table(UInteger handle) {
        return new MonitoredItemCreateRequest(
                Reader.value(NodeIds.Server_NamespaceArray, ""),
                MonitoringMode.Reporting,
                new MonitoringParameters(handle, (double) KEEP_ALIVE.toMillis(), null, UInteger.valueOf(1), true));
    }

    /** Indexes that were resolved with another table may mean other nodes by now. */
    private void table(MonitoredItemNotification[] items, UInteger handle) {
        for (MonitoredItemNotification item : items) {
            if (handle.equals(item.getClientHandle())) {
                namespaces.judge(item.getValue());
            }
        }
    }

    /** What the server refuses as too much is asked for in halves, and from then on so. */
    private void items(
            CreateSubscriptionResponse subscription,
            List<MonitoredItemCreateRequest> requests,
            Deadline deadline,
            Judge judge)
            throws IOException {
        for (int from = 0; from < requests.size(); ) {
            int count = Math.min(most, requests.size() - from);
            List<MonitoredItemCreateRequest> some = requests.subList(from, from + count);
            try {
                MonitoredItemCreateResult[] results = once(subscription, some, deadline);
                for (int i = 0; i < count; i++) {
                    judge.result(place(some.get(i)), results[i]);
                }
                from += count;
            } catch (StatusException refused) {
                if (!Faults.isTooMuch(refused)) {
                    throw refused;
                }
                if (count == 1) {
                    judge.result(place(some.get(0)), none(refused.status()));
                    from++;
                } else {
                    most = count / 2;
                }
            }
        }
    }

    private MonitoredItemCreateResult[] once(
            CreateSubscriptionResponse subscription, List<MonitoredItemCreateRequest> some, Deadline deadline)
            throws IOException {
        MonitoredItemCreateResult[] results = session.await(
                        session.client()
                                .createMonitoredItemsAsync(
                                        subscription.getSubscriptionId(), TimestampsToReturn.Both, some),
                        deadline)
                .getResults();
        if (results == null || results.length != some.size()) {
            throw new IOException("the server's answer has not one result for each item");
        }
        return results;
    }

    private static int place(MonitoredItemCreateRequest request) {
        return request.getRequestedParameters().getClientHandle().intValue();
    }

    private static MonitoredItemCreateResult none(StatusCode why) {
        return new MonitoredItemCreateResult(why, UInteger.MIN, 0.0, UInteger.MIN, null);
    }

    private static boolean isFilter(StatusCode status) {
        long code = status.value();
        return code == StatusCodes.Bad_MonitoredItemFilterUnsupported
                || code == StatusCodes.Bad_MonitoredItemFilterInvalid
                || code == StatusCodes.Bad_FilterNotAllowed
                || code == StatusCodes.Bad_DeadbandFilterInvalid;
    }

    private interface Judge {
        void result(int place, MonitoredItemCreateResult result);
    }
}
