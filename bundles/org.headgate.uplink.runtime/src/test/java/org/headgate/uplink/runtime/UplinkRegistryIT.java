package org.headgate.uplink.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Secrets;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.Outbox;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.StreamBus;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkListener;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.Transport;
import org.headgate.uplink.api.UplinkStatus.State;
import org.headgate.uplink.api.Uplinks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;

/** Inside a real framework: transports, formats and configurations come and go in any order, as bundles and files do. */
class UplinkRegistryIT {
    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, ""));

    @InjectBundleContext
    BundleContext context;

    @InjectService
    ConfigurationAdmin admin;

    @InjectService
    StreamBus bus;

    @InjectService
    Outbox outbox;

    @InjectService
    Uplinks uplinks;

    private ServiceRegistration<Gateway> gateway;
    private ServiceRegistration<Secrets> secrets;
    private Configuration configuration;

    @BeforeEach
    void start() throws Exception {
        gateway = context.registerService(Gateway.class, new Home(), null);
        secrets = context.registerService(Secrets.class, new NoSecrets(), null);
        Map<String, Object> properties = Map.of(
                "transport",
                "echo",
                "address",
                "echo://here",
                "streams",
                "itest",
                "commit",
                "5ms",
                Instance.NAME,
                "itest",
                Instance.KEYS,
                new String[] {"transport", "address", "streams", "commit"});
        configuration = admin.getFactoryConfiguration("headgate.uplink", "itest", "?");
        configuration.update(new Hashtable<>(properties));
        awaitState(State.WAITING_FOR_TRANSPORT);
    }

    @AfterEach
    void stop() throws Exception {
        if (!uplinks.list().isEmpty()) {
            configuration.delete();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> outbox.list().isEmpty());
        gateway.unregister();
        secrets.unregister();
    }

    @Test
    void transportsAndFormatsComeAndGoWithoutLosingARow() {
        EchoTransport first = new EchoTransport();
        ServiceRegistration<Transport> transport = context.registerService(Transport.class, first, null);
        ServiceRegistration<PayloadFormat> format = context.registerService(PayloadFormat.class, new Numbers(), null);
        awaitState(State.ONLINE);
        try (Publisher publisher = bus.publisher("itest")) {
            publish(publisher, 1);
            await().atMost(Duration.ofSeconds(20)).until(() -> first.received.contains("1"));

            transport.unregister();
            assertThat(first.open)
                    .as("unregistering returns when the links are closed")
                    .isEmpty();
            publish(publisher, 2);
            awaitState(State.WAITING_FOR_TRANSPORT);
            EchoTransport second = new EchoTransport();
            transport = context.registerService(Transport.class, second, null);
            await().atMost(Duration.ofSeconds(20)).until(() -> second.received.contains("2"));
            assertThat(second.received).doesNotContain("1");

            format.unregister();
            assertThat(uplinks.list().get(0).state()).isEqualTo(State.WAITING_FOR_TRANSPORT);
            publish(publisher, 3);
            format = context.registerService(PayloadFormat.class, new Numbers(), null);
            await().atMost(Duration.ofSeconds(20)).until(() -> second.received.contains("3"));
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> outbox.list().get(0).flow().queued() == 0);
        assertThat(outbox.list().get(0).flow().imbalance()).isZero();
        format.unregister();
        transport.unregister();
    }

    @Test
    void aTransportThatDoesNotCloseHoldsNobodyUpForLongerThanFiveSeconds() {
        EchoTransport hanging = new EchoTransport();
        ServiceRegistration<Transport> transport = context.registerService(Transport.class, hanging, null);
        ServiceRegistration<PayloadFormat> format = context.registerService(PayloadFormat.class, new Numbers(), null);
        awaitState(State.ONLINE);
        synchronized (hanging.closing) {
            long before = System.nanoTime();
            transport.unregister();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
        }
        format.unregister();
    }

    @Test
    void aRemovedFileClosesLinkAndOutbox() throws Exception {
        EchoTransport echo = new EchoTransport();
        ServiceRegistration<Transport> transport = context.registerService(Transport.class, echo, null);
        ServiceRegistration<PayloadFormat> format = context.registerService(PayloadFormat.class, new Numbers(), null);
        awaitState(State.ONLINE);
        configuration.delete();
        await().atMost(Duration.ofSeconds(20)).until(() -> uplinks.list().isEmpty() && echo.open.isEmpty());
        await().atMost(Duration.ofSeconds(20)).until(() -> outbox.list().isEmpty());
        transport.unregister();
        format.unregister();
    }

    private void publish(Publisher publisher, long number) {
        publisher.publish(Row.builder(SCHEMA).set(0, number).build(number, ClockState.SYNCED));
    }

    private void awaitState(State wanted) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> uplinks.list().size() == 1 && uplinks.list().get(0).state() == wanted);
    }

    private record Home() implements Gateway {
        @Override
        public String id() {
            return "gw";
        }

        @Override
        public String version() {
            return "0";
        }

        @Override
        public Path home() {
            return Path.of(".");
        }
    }

    private static final class Numbers implements PayloadFormat {
        @Override
        public String name() {
            return "json";
        }

        @Override
        public PayloadSession open(PayloadSettings settings, Outlet outlet) {
            return (batch, route) -> {
                List<String> numbers =
                        batch.rows().stream().map(row -> "" + row.asLong(0)).toList();
                return List.of(route.message(String.join(" ", numbers).getBytes(StandardCharsets.UTF_8), ""));
            };
        }
    }

    private static final class EchoTransport implements Transport {
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        final Set<Link> open = ConcurrentHashMap.newKeySet();
        final Object closing = new Object();

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public void check(LinkSettings settings) {
            // Anything goes.
        }

        @Override
        public Link open(LinkSettings settings, LinkListener listener) {
            Link link = new Link() {
                @Override
                public void send(long token, Message message) {
                    // First: whoever sees the row below takes it for acknowledged.
                    listener.acknowledged(token);
                    received.addAll(List.of(new String(message.payload(), StandardCharsets.UTF_8).split(" ")));
                }

                @Override
                public void subscribe(List<String> filters) {}

                @Override
                public long messageLimit() {
                    return Long.MAX_VALUE;
                }

                @Override
                public int window() {
                    return 10;
                }

                @Override
                public void close() {
                    synchronized (closing) {
                        open.remove(this);
                    }
                }
            };
            open.add(link);
            return link;
        }
    }
}
