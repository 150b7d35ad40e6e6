package org.headgate.payload.sparkplug;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.OutboxBatch;
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
 * An edge node on one connection (Sparkplug 3.0, chapter 5). Its state belongs to the calls of the uplink, which come one at a time; what
 * others say (a host's command, a device's event, the answer to a write) waits in an inbox until the uplink asks for messages. The lock is for
 * visibility only: nobody ever waits for it.
 */
final class EdgeSession implements PayloadSession {
    /** How long a device must have been down, or up, until its death or birth is told: none of its rows is on its way any more. */
    static final Duration SETTLE = Duration.ofSeconds(1);
    /** How many messages of hosts may wait in the inbox; what is beyond is not heard. */
    static final int INBOX = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(EdgeSession.class);
    private static final int ROUND = 256;

    private final EdgeOptions options;
    private final Topics topics;
    private final World world;
    private final Map<String, List<Column>> known;
    private final BirthCount births;
    private final Outlet outlet;
    private final Loop loop;
    private final Subscription events;
    private final Aliases aliases = new Aliases();
    private final NodeMetrics node = new NodeMetrics(aliases);
    private final PrimaryHost host = new PrimaryHost();
    private final DeviceCommands commands;
    private final Map<String, StreamDevice> devices = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Consumer<List<Message>>> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<String> settling = ConcurrentHashMap.newKeySet();
    private Optional<Encoded> encoded = Optional.empty();
    private int bdSeq = -1;
    private int seq;
    private boolean born;

    /**
     * A session that is not connected.
     *
     * @param known the columns of the streams that former sessions of the uplink have told of
     * @param births numbers the connections
     */
    EdgeSession(
            EdgeOptions options, World world, Map<String, List<Column>> known, BirthCount births, Outlet outlet) {
        this.options = options;
        this.topics = options.topics();
        this.world = world;
        this.known = known;
        this.births = births;
        this.outlet = outlet;
        commands = new DeviceCommands(options, world, node, this::tell);
        loop = world.scheduler().loop("sparkplug:" + options.uplink());
        events = world.bus()
                .subscribe(
                        "sparkplug:" + options.uplink(),
                        List.of(Events.STREAM),
                        INBOX,
                        OverflowPolicy.DROP_OLDEST,
                        (stream, row) -> happened(row));
        if (waitsForHost()) {
            outlet.ready(false);
        }
    }

    private boolean waitsForHost() {
        return !options.host().isEmpty() && !host.online();
    }

    @Override
    public Optional<Message> will() {
        return Optional.of(death());
    }

    private Message death() {
        PayloadWriter out = new PayloadWriter(world.millis());
        out.metric(NodeMetrics.bdSeq(bdSeq(), 0, world.millis()).unaliased());
        return Message.of(topics.ndeath(), out.unnumbered(), "");
    }

    private int bdSeq() {
        if (bdSeq < 0) {
            bdSeq = births.next();
        }
        return bdSeq;
    }

    @Override
    public List<String> subscriptions() {
        List<String> filters = new ArrayList<>(List.of(topics.ncmd(), topics.dcmd("+")));
        if (!options.host().isEmpty()) {
            filters.add(Topics.state(options.host()));
        }
        return filters;
    }

    @Override
    public synchronized List<Message> births() {
        births.keep(bdSeq());
        List<Message> out = new ArrayList<>();
        if (!waitsForHost() && !born) {
            birth(out);
        }
        return out;
    }

    /** The node and all devices that are up (6.4.20: births of devices directly behind that of the node). */
    private void birth(List<Message> out) {
        born = true;
        seq = 0;
        PayloadWriter certificate = new PayloadWriter(world.millis());
        node.birth(certificate, bdSeq(), world.millis());
        out.add(message(topics.nbirth(), certificate.numbered(0)));
        known.keySet().stream().sorted().forEach(this::device);
        for (StreamDevice device : devices.values()) {
            device.died();
            if (world.isUp(device.name())) {
                birthNow(device, out);
            }
        }
    }

    private StreamDevice device(String stream) {
        return devices.computeIfAbsent(stream, name -> {
            StreamDevice device = new StreamDevice(name, aliases);
            device.declare(known.getOrDefault(name, List.of()));
            return device;
        });
    }

    /** Between rows: what the stream's last row has is the truth. */
    private void birthNow(StreamDevice device, List<Message> out) {
        Optional<Row> current = world.bus().last(device.name());
        current.ifPresent(row -> device.declare(row.schema().columns()));
        birth(device, current, out);
    }

    /** What the device declares stays; what is beside it in the current row, and what can only be written, is added. */
    private void birth(StreamDevice device, Optional<Row> current, List<Message> out) {
        current.ifPresent(row -> device.add(row.schema().columns()));
        if (options.commands()) {
            device.add(commands.writable(device.name()));
        }
        known.put(device.name(), device.columns());
        PayloadWriter certificate = new PayloadWriter(world.millis());
        device.birth(certificate, current, world.millis());
        out.add(message(topics.dbirth(device.name()), certificate.numbered(number())));
    }

    private int number() {
        seq = (seq + 1) % ROUND;
        return seq;
    }

    private Message message(String topic, byte[] payload) {
        return Message.of(topic, payload, "").as(options.qos(), false);
    }

    @Override
    public synchronized List<Message> encode(OutboxBatch batch, Route route) {
        List<Message> out = new ArrayList<>(1);
        StreamDevice device = device(batch.stream());
        boolean instead = encoded.filter(one -> one.isInPlaceOf(batch)).isPresent();
        if (instead) {
            // What was encoded last was too large and has not gone out: its numbers are free, its births untold.
            encoded.get().undo(device);
            seq = encoded.get().seq();
        } else if (!born || batch.part().number() == 1 && batch.part().of() > 1) {
            // The server has refused the whole of a batch, later: hosts would wait for its number.
            birth(out);
        }
        int before = seq;
        boolean redeclared = device.dropped(batch.dropped());
        PayloadWriter data = new PayloadWriter(world.millis());
        if (device.isBorn() && !redeclared && !batch.dropped().isEmpty()) {
            device.drops(data, batch.dropped(), millis(batch.rows().get(0)));
        }
        for (Row row : batch.rows()) {
            if (redeclared || !device.isBorn() || !device.covers(row.schema())) {
                flush(device, data, out);
                device.declare(row.schema().columns());
                birth(device, batch.historical() ? world.bus().last(batch.stream()) : Optional.of(row), out);
                device.covers(row.schema());
                redeclared = false;
                data = new PayloadWriter(world.millis());
            }
            device.append(data, row, batch.historical());
        }
        flush(device, data, out);
        if (out.isEmpty()) {
            // Rows without a value: nothing to tell, but the batch needs a message that says that it has arrived.
            out.add(message(topics.ddata(device.name()), data.numbered(number())));
        }
        if (batch.historical()) {
            device.late(world.clock().monotonicNanos());
        }
        if (!world.isUp(device.name())) {
            settle(device.name());
        }
        String birth = topics.dbirth(device.name());
        boolean withBirth = out.stream().anyMatch(message -> message.topic().equals(birth));
        encoded = Optional.of(new Encoded(batch, before, withBirth));
        return out;
    }

    private static long millis(Row row) {
        return Math.floorDiv(row.timeNanos(), 1_000_000);
    }

    private void flush(StreamDevice device, PayloadWriter data, List<Message> out) {
        if (data.metrics() > 0) {
            out.add(message(topics.ddata(device.name()), data.numbered(number())));
        }
    }

    @Override
    public void received(Incoming message) {
        if (waiting.incrementAndGet() > INBOX) {
            waiting.decrementAndGet();
            return;
        }
        tell(out -> {
            waiting.decrementAndGet();
            hear(message, out);
        });
    }

    /** Puts something into the inbox; on any thread. */
    private void tell(Consumer<List<Message>> what) {
        inbox.add(what);
        outlet.send(this::inbox);
    }

    private synchronized List<Message> inbox() {
        List<Message> out = new ArrayList<>();
        for (Consumer<List<Message>> what = inbox.poll(); what != null; what = inbox.poll()) {
            what.accept(out);
        }
        if (born && node.changed()) {
            PayloadWriter data = new PayloadWriter(world.millis());
            node.changes(data, world.millis());
            out.add(message(topics.ndata(), data.numbered(number())));
        }
        if (!out.isEmpty()) {
            encoded = Optional.empty();
        }
        return out;
    }

    private void hear(Incoming message, List<Message> out) {
        try {
            if (message.topic().equals(topics.ncmd())) {
                command(PayloadReader.read(message.payload()), out);
            } else if (message.topic().startsWith(topics.dcmd(""))) {
                String name = message.topic().substring(topics.dcmd("").length());
                commands.write(name, Optional.ofNullable(devices.get(name)), PayloadReader.read(message.payload()));
            } else if (message.topic().equals(Topics.state(options.host())) && host.told(message.payload())) {
                turned(out);
            }
        } catch (MalformedException unreadable) {
            if (node.unreadable()) {
                LOG.warn("uplink {}: {}: {}", options.uplink(), message.topic(), unreadable.getMessage());
            }
        }
    }

    private void command(Payload payload, List<Message> out) {
        for (Metric metric : payload.metrics()) {
            if (!metric.name().equals(NodeMetrics.REBIRTH)) {
                commands.refuse("the edge node has nothing to write but " + NodeMetrics.REBIRTH);
            } else if (born && metric.value().equals(Optional.of(true))) {
                birth(out);
            }
        }
    }

    /** The primary host has said where it stands. */
    private void turned(List<Message> out) {
        if (host.online() && !born) {
            birth(out);
            outlet.ready(true);
        } else if (!host.online() && born) {
            // 5.4: the death, which is this session's farewell, and a new connection, on which births wait for the host.
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
                tell(out -> look(device, out));
            });
        }
    }

    private void look(String name, List<Message> out) {
        StreamDevice device = devices.get(name);
        if (!born || device == null) {
            return;
        }
        boolean up = world.isUp(name);
        if (device.isBorn() && !up) {
            if (device.isLate(world.clock().monotonicNanos(), SETTLE.toNanos())) {
                settle(name);
                return;
            }
            device.died();
            PayloadWriter certificate = new PayloadWriter(world.millis());
            out.add(message(topics.ddeath(name), certificate.numbered(number())));
        } else if (!device.isBorn() && up) {
            birthNow(device, out);
        }
    }

    @Override
    public List<Message> farewell() {
        return List.of(death());
    }

    @Override
    public void close() {
        events.close();
        loop.close();
        inbox.clear();
    }
}
