package org.headgate.payload.sparkplug;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.PollStatistics;
import org.headgate.device.api.Supervision;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.RowConsumer;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.Route;
import org.headgate.uplink.api.TimeUnitName;

/** A gateway's surroundings and an uplink's runtime, on one thread in simulated time; what goes out is heard by a {@link Host}. */
final class Plant implements StreamBus, Devices, Commands, Outlet {
    static final Route ROUTE = new Route("unused", 1, true);
    static final Schema BOILER =
            Schema.of(new Column("temperature", Type.DOUBLE, "Cel"), new Column("pump", Type.BOOLEAN, ""));

    final SimulatedSystem system = new SimulatedSystem(1);
    final MemoryStorage storage = new MemoryStorage();
    final Map<String, String> options = new HashMap<>(Map.of("group", "plant"));
    final Map<String, DeviceState> devices = new TreeMap<>();
    final Map<String, Row> current = new TreeMap<>();
    final List<Command> commanded = new ArrayList<>();
    final List<String> reconnects = new ArrayList<>();
    int unheard;
    final Host host;
    /** How large a message may be. */
    long limit = Long.MAX_VALUE;

    boolean ready = true;
    /** Whether the host misses what the session says by itself. */
    boolean deaf;

    Optional<CommandResult.Status> answer = Optional.of(CommandResult.Status.DONE);
    PayloadSession session;
    SparkplugFormat format;
    final Queue<Supplier<List<Message>>> asked = new ArrayDeque<>();
    private final List<RowConsumer> listeners = new ArrayList<>();
    private long seq;

    Plant() {
        this(0);
    }

    Plant(int qos) {
        host = new Host(qos);
        options.put("qos", "" + qos);
        restart();
    }

    /** A new process on the same disk. */
    void restart() {
        format = new SparkplugFormat(system, system, system, storage, this, this, this);
    }

    PayloadSettings settings() {
        return new PayloadSettings("cloud", "gw-1", TimeUnitName.MS, options);
    }

    /** Opens a session and connects it. */
    Plant connect() {
        open();
        session.subscriptions();
        host.takes(births());
        drain();
        return this;
    }

    /** What goes first on a new link: as soon as the disk has its number. */
    List<Message> births() {
        List<Message> first = new ArrayList<>(session.births(limit));
        system.run();
        for (Supplier<List<Message>> next = asked.poll(); next != null; next = asked.poll()) {
            first.addAll(next.get());
        }
        return first;
    }

    /** Opens a session: the connect with its will. */
    Plant open() {
        ready = true;
        asked.clear();
        session = format.open(settings(), this);
        host.connected(session.will().orElseThrow());
        return this;
    }

    /** The link is cut. */
    void cut() {
        session.close();
    }

    /** Time passes and what the session wants to say is sent. */
    void pass(Duration time) {
        system.advance(time);
        drain();
    }

    void drain() {
        system.run();
        for (Supplier<List<Message>> next = asked.poll(); next != null; next = asked.poll()) {
            List<Message> messages = next.get();
            host.takes(deaf ? List.of() : messages);
        }
    }

    void hears(String topic, byte[] payload) {
        session.received(new Incoming(topic, payload, "", new byte[0]));
        drain();
    }

    void state(boolean online, long millis) {
        hears(
                "spBv1.0/STATE/scada",
                ("{\"online\":" + online + ",\"timestamp\":" + millis + "}").getBytes(StandardCharsets.UTF_8));
    }

    /** A device is configured, and its state told. */
    void device(String name, DeviceState state) {
        devices.put(name, state);
        event(name, state.label());
    }

    void event(String source, String state) {
        event("DEVICE", source, state);
    }

    void event(String kind, String source, String state) {
        Schema schema = Schema.of(
                Column.of("kind", Type.STRING), Column.of("source", Type.STRING), Column.of("state", Type.STRING));
        Row row = Row.builder(schema)
                .set(0, (Object) kind)
                .set(1, (Object) source)
                .set(2, (Object) state)
                .build(system.epochNanos(), ClockState.SYNCED);
        List.copyOf(listeners).forEach(listener -> listener.row(Events.STREAM, row));
    }

    Row row(double temperature, boolean pump) {
        return Row.builder(BOILER).set(0, temperature).set(1, pump).build(system.epochNanos(), ClockState.SYNCED);
    }

    /** A row of the boiler in another unit. */
    Row kelvin() {
        Schema schema = Schema.of(new Column("temperature", Type.DOUBLE, "K"));
        return Row.builder(schema).set(0, 300.0).build(system.epochNanos(), ClockState.SYNCED);
    }

    /** A batch that reports drops. */
    OutboxBatch reporting(Map<String, Long> dropped) {
        return new OutboxBatch(
                9, "boiler", "01J", 9, List.of(row(2, true)), dropped, false, false, false, OutboxBatch.Part.WHOLE);
    }

    OutboxBatch batch(String stream, boolean historical, Row... rows) {
        return new OutboxBatch(
                seq, stream, "01J", ++seq, List.of(rows), Map.of(), false, false, historical, OutboxBatch.Part.WHOLE);
    }

    List<Message> send(OutboxBatch batch) {
        List<Message> messages = session.encode(batch, ROUTE);
        host.takes(messages);
        return messages;
    }

    /** Rows of a device come by the bus and leave at once. */
    List<Message> send(String stream, Row... rows) {
        current.put(stream, rows[rows.length - 1]);
        return send(batch(stream, false, rows));
    }

    @Override
    public void send(Supplier<List<Message>> messages) {
        asked.add(messages);
    }

    @Override
    public void births(Supplier<List<Message>> messages) {
        asked.add(messages);
    }

    @Override
    public void ready(boolean now) {
        ready = now;
    }

    @Override
    public void unheard() {
        unheard++;
    }

    @Override
    public void reconnect(String why) {
        reconnects.add(why);
    }

    @Override
    public Publisher publisher(String stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(
            String name, List<String> streams, int capacity, OverflowPolicy policy, RowConsumer consumer) {
        listeners.add(consumer);
        return () -> listeners.remove(consumer);
    }

    /** How many listen to events. */
    int listeners() {
        return listeners.size();
    }

    @Override
    public Optional<Row> last(String stream) {
        return Optional.ofNullable(current.get(stream));
    }

    @Override
    public List<String> streams() {
        return List.copyOf(current.keySet());
    }

    @Override
    public List<DeviceStatus> list() {
        return devices.keySet().stream().map(this::status).toList();
    }

    private DeviceStatus status(String name) {
        List<Channel> channels = List.of(
                Channel.readable("temperature", "a", Type.DOUBLE, "Cel"),
                new Channel("pump", "b", Type.BOOLEAN, "", Access.READ_WRITE, Map.of()),
                new Channel("setpoint", "c", Type.DOUBLE, "Cel", Access.WRITE, Map.of()),
                new Channel("mode", "d", Type.LONG, "", Access.WRITE, Map.of()));
        return new DeviceStatus(name, "modbus", "", "", devices.get(name), 0, channels, 0, Supervision.NONE, false);
    }

    @Override
    public Optional<DeviceStatus> device(String name) {
        return Optional.of(name).filter(devices::containsKey).map(this::status);
    }

    @Override
    public CompletionStage<Row> read(String device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PollStatistics polls() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resetPolls() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CommandResult> submit(Command command) {
        commanded.add(command);
        return CompletableFuture.completedFuture(
                new CommandResult(command.id(), answer.orElseThrow(), "because", Map.of()));
    }

    @Override
    public List<String> names() {
        return List.of("device.write");
    }
}
