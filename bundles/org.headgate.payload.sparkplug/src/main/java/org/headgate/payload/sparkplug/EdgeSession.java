package org.headgate.payload.sparkplug;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.sparkplug.MalformedException;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.Payload;
import org.headgate.sparkplug.PayloadReader;
import org.headgate.sparkplug.Topics;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Loop;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An edge node on one connection and whom it listens to (Sparkplug 3.0, chapter 5). The node belongs to the calls of the uplink, which come one
 * at a time; what others say (a host's command, a device's event, the answer to a write) waits in an inbox until the uplink asks for messages.
 */
final class EdgeSession implements PayloadSession {
    /** How long a device must have been down, or up, until its death or birth is told: none of its rows is on its way any more. */
    static final Duration SETTLE = Duration.ofSeconds(1);
    /** How long births are not told again because a host wants them. */
    static final Duration REST = Duration.ofSeconds(1);
    /** How often devices are looked for that are gone without an event: rules, and what the bus had no room for. */
    static final Duration LOOK = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(EdgeSession.class);

    private final EdgeOptions options;
    private final Topics topics;
    private final World world;
    private final BirthCount births;
    private final Outlet outlet;
    private final Loop loop;
    private final Subscription events;
    private final EdgeNode node;
    private final PrimaryHost host = new PrimaryHost();
    private final DeviceCommands commands;
    private final Inbox inbox;
    private final Set<String> settling = ConcurrentHashMap.newKeySet();

    /** Whether this connection's number is on disk, as far as that takes it. */
    private boolean kept;

    private boolean rebirth;
    private boolean resting;

    /**
     * A session that is not connected.
     *
     * @param known the columns of the streams that former sessions of the uplink have told of
     * @param births numbers the connections
     */
    EdgeSession(EdgeOptions options, World world, Map<String, List<Column>> known, BirthCount births, Outlet outlet) {
        this.options = options;
        this.topics = options.topics();
        this.world = world;
        this.births = births;
        this.outlet = outlet;
        inbox = new Inbox(() -> outlet.send(this::inbox));
        node = new EdgeNode(options, world, known, births, this::settle);
        commands = new DeviceCommands(options, world, node.metrics(), inbox::add);
        loop = world.scheduler().loop("sparkplug:" + options.uplink());
        events = world.bus()
                .subscribe(
                        "sparkplug:" + options.uplink(),
                        List.of(Events.STREAM),
                        Inbox.MOST,
                        OverflowPolicy.DROP_OLDEST,
                        (stream, row) -> happened(row));
        loop.schedule(LOOK, this::watch);
        outlet.ready(false);
    }

    private boolean waitsForHost() {
        return !options.host().isEmpty() && !host.online();
    }

    @Override
    public synchronized Optional<Message> will() {
        return Optional.of(node.death());
    }

    @Override
    public List<String> subscriptions() {
        return options.subscriptions();
    }

    @Override
    public List<Message> births(long messageLimit) {
        int number;
        synchronized (this) {
            node.limit(messageLimit);
            number = node.bdSeq();
        }
        births.keep(number, () -> outlet.births(this::numbered));
        return List.of();
    }

    /** The number of this connection will not be that of another one. */
    private synchronized List<Message> numbered() {
        kept = true;
        return begin();
    }

    private synchronized List<Message> begin() {
        List<Message> out = new ArrayList<>();
        if (kept && !waitsForHost() && !node.isBorn()) {
            node.birth(out);
            outlet.ready(true);
        }
        return out;
    }

    @Override
    public synchronized List<Message> encode(OutboxBatch batch, Route route) {
        return node.encode(batch);
    }

    @Override
    public void unsaid(OutboxBatch batch, boolean late) {
        if (late) {
            // Births of all with the next rows would be refused together with them, were it a birth that was refused.
            inbox.add(out -> rebirth |= node.isBorn());
        } else {
            takeBack(batch);
        }
    }

    private synchronized void takeBack(OutboxBatch batch) {
        node.unsaid(batch);
    }

    @Override
    public void received(Incoming message) {
        if (!inbox.hear(out -> hear(message, out))) {
            outlet.unheard();
        }
    }

    private synchronized List<Message> inbox() {
        inbox.begin();
        List<Message> out = new ArrayList<>();
        if (node.isBorn() && node.isBirthDue()) {
            node.birth(out);
        }
        inbox.empty(out);
        node.metrics().unheard(inbox.takeUnheard());
        if (rebirth && !resting) {
            rebirth = false;
            resting = true;
            node.birth(out);
            loop.schedule(REST, () -> inbox.add(rested -> resting = false));
        }
        if (node.isBorn() && node.metrics().changed()) {
            node.changes(out);
        }
        if (!out.isEmpty()) {
            node.interrupted();
        }
        return out;
    }

    private void hear(Incoming message, List<Message> out) {
        try {
            if (message.retained() && !message.topic().equals(Topics.state(options.host()))) {
                // tck-id-payloads-ncmd-retain and -dcmd-retain: it would be done again at each connection.
                commands.refuse("a command that the broker keeps (publish it without retain)");
            } else if (message.topic().equals(topics.ncmd())) {
                command(PayloadReader.read(message.payload()));
            } else if (message.topic().startsWith(topics.dcmd(""))) {
                String name = message.topic().substring(topics.dcmd("").length());
                commands.write(name, node.device(name), PayloadReader.read(message.payload()));
            } else if (message.topic().equals(Topics.state(options.host())) && host.told(message.payload())) {
                turned();
            }
        } catch (MalformedException unreadable) {
            if (node.metrics().unreadable()) {
                LOG.warn(
                        "uplink {}: {}: {}; further ones only count in Messages/Unreadable",
                        options.uplink(),
                        Line.of(message.topic()),
                        Line.of(unreadable.getMessage()));
            }
        }
    }

    private void command(Payload payload) {
        for (Metric metric : payload.metrics()) {
            if (!metric.name().equals(NodeMetrics.REBIRTH)) {
                commands.refuse("the edge node has nothing to write but " + NodeMetrics.REBIRTH);
            } else if (node.isBorn() && metric.value().equals(Optional.of(true))) {
                rebirth = true;
            }
        }
    }

    /** The primary host has said where it stands. */
    private void turned() {
        if (host.online() && !node.isBorn()) {
            outlet.births(this::begin);
        } else if (!host.online() && node.isBorn()) {
            // 5.4: the death, which is this session's farewell, and a new connection, on which births wait for the
            // host.
            outlet.ready(false);
            outlet.reconnect("the primary host " + options.host() + " is offline");
        }
    }

    private void happened(Row row) {
        int kind = row.schema().indexOf("kind");
        int source = row.schema().indexOf("source");
        if (kind >= 0 && source >= 0 && Event.Kind.DEVICE.name().equals(row.asString(kind)) && !row.isNull(source)) {
            settle(row.asString(source));
        }
    }

    /** Looks at a device as soon as it had time to stay as it is; on any thread. */
    private void settle(String device) {
        if (settling.add(device)) {
            loop.schedule(SETTLE, () -> {
                settling.remove(device);
                inbox.add(out -> look(device, out));
            });
        }
    }

    private void watch() {
        inbox.add(out -> node.alive().stream().filter(name -> !world.isUp(name)).forEach(this::settle));
        loop.schedule(LOOK, this::watch);
    }

    private void look(String name, List<Message> out) {
        Optional<StreamDevice> found = node.device(name);
        if (!node.isBorn() || found.isEmpty()) {
            return;
        }
        StreamDevice device = found.get();
        boolean up = world.isUp(name);
        if (device.isBorn() && !up) {
            if (device.isLate(world.clock().monotonicNanos(), SETTLE.toNanos())) {
                settle(name);
            } else {
                node.death(device, out);
            }
        } else if (!device.isBorn() && up) {
            node.birth(device, out);
        }
    }

    @Override
    public synchronized List<Message> farewell() {
        return List.of(node.death());
    }

    @Override
    public void close() {
        events.close();
        loop.close();
        inbox.clear();
    }
}
