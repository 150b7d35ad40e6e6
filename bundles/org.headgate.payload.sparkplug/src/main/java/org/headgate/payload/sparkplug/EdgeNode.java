package org.headgate.payload.sparkplug;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.sparkplug.PayloadWriter;
import org.headgate.sparkplug.Topics;
import org.headgate.uplink.api.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an edge node has said on one connection, and the numbers and aliases with which it goes on (Sparkplug 3.0, 5.16 and 6.4). Used by one
 * thread at a time; messages go out in the order in which they are made.
 */
final class EdgeNode {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeNode.class);
    private static final int ROUND = 256;
    /** How long a value may be in a birth that is too large otherwise. */
    private static final int SHORT = 4 << 10;

    private final EdgeOptions options;
    private final Topics topics;
    private final World world;
    private final Map<String, List<Column>> known;
    private final BirthCount births;
    private final Consumer<String> doubtful;
    private final Aliases aliases = new Aliases();
    private final NodeMetrics metrics = new NodeMetrics(aliases);
    private final Map<String, StreamDevice> devices = new LinkedHashMap<>();
    private final Deque<Encoded> last = new ArrayDeque<>();
    private int bdSeq = -1;
    private int seq;
    private long limit = Long.MAX_VALUE;
    private boolean born;
    /** Births of all were made and have not gone out. */
    private boolean birthDue;

    /**
     * A node that is not born.
     *
     * @param known the columns of the streams that former sessions of the uplink have told of
     * @param births numbers the connections
     * @param doubtful hears of devices that were told of although they are down
     */
    EdgeNode(
            EdgeOptions options,
            World world,
            Map<String, List<Column>> known,
            BirthCount births,
            Consumer<String> doubtful) {
        this.options = options;
        this.topics = options.topics();
        this.world = world;
        this.known = known;
        this.births = births;
        this.doubtful = doubtful;
    }

    NodeMetrics metrics() {
        return metrics;
    }

    boolean isBorn() {
        return born;
    }

    /** Whether births have to come before anything else. */
    boolean isBirthDue() {
        return !born || birthDue;
    }

    /** A device that was told of, or was by a former session. */
    Optional<StreamDevice> device(String name) {
        return Optional.ofNullable(devices.get(name));
    }

    /** The devices that are born. */
    List<String> alive() {
        return devices.values().stream()
                .filter(StreamDevice::isBorn)
                .map(StreamDevice::name)
                .toList();
    }

    /** The number of this connection. */
    int bdSeq() {
        if (bdSeq < 0) {
            bdSeq = births.next();
        }
        return bdSeq;
    }

    /** Its own death: will and farewell (6.4.25). It has no number, for nobody knows when it is told. */
    Message death() {
        PayloadWriter out = new PayloadWriter(world.millis());
        out.metric(NodeMetrics.bdSeq(bdSeq(), 0, world.millis()).unaliased());
        return Message.of(topics.ndeath(), out.unnumbered(), "");
    }

    /** How many bytes topic and payload of a message may have together. */
    void limit(long bytes) {
        limit = bytes;
    }

    /** The node and all devices that are up (6.4.20: births of devices directly behind that of the node). */
    void birth(List<Message> out) {
        birthDue = false;
        born = true;
        seq = 0;
        PayloadWriter certificate = new PayloadWriter(world.millis());
        metrics.birth(certificate, bdSeq(), world.millis());
        out.add(message(topics.nbirth(), certificate.numbered(seq)));
        known.keySet().stream().sorted().forEach(this::known);
        for (StreamDevice device : devices.values()) {
            device.died();
            if (world.isUp(device.name())) {
                birth(device, out);
            }
        }
    }

    private StreamDevice known(String stream) {
        return devices.computeIfAbsent(stream, name -> {
            StreamDevice device = new StreamDevice(name, aliases);
            device.declare(known.getOrDefault(name, List.of()));
            return device;
        });
    }

    /** A device between rows: what the stream's last row has is the truth. */
    void birth(StreamDevice device, List<Message> out) {
        Optional<Row> current = world.bus().last(device.name());
        current.ifPresent(row -> device.declare(row.schema().columns()));
        Message birth = birth(device, current);
        if (fits(birth)) {
            out.add(birth);
        } else {
            // The server would refuse it, and perhaps hang up. Its number is free again.
            seq = (seq + ROUND - 1) % ROUND;
            device.died();
        }
    }

    /** What the device declares stays; what is beside it in the current row, and what can only be written, is added. */
    private Message birth(StreamDevice device, Optional<Row> current) {
        current.ifPresent(row -> device.add(row.schema().columns()));
        if (options.commands()) {
            device.add(world.writable(device.name()));
        }
        known.put(device.name(), device.columns());
        Message whole = birth(device, current, Integer.MAX_VALUE);
        if (fits(whole)) {
            return whole;
        }
        seq = (seq + ROUND - 1) % ROUND;
        Message small = birth(device, current, SHORT);
        if (!fits(small) && device.isFirstTooLarge()) {
            LOG.warn(
                    "uplink {}: device {} cannot be told of: its birth has {} bytes, the server takes {} with the topic",
                    options.uplink(),
                    device.name(),
                    small.payload().length,
                    limit);
        }
        return small;
    }

    private Message birth(StreamDevice device, Optional<Row> current, int longest) {
        PayloadWriter certificate = new PayloadWriter(world.millis());
        device.birth(certificate, current, world.millis(), longest);
        return numbered(topics.dbirth(device.name()), certificate);
    }

    private boolean fits(Message message) {
        // Three bytes are the most that a character of a topic takes in UTF-8.
        return message.payload().length + 3L * message.topic().length() <= limit;
    }

    /** The death of a device. */
    void death(StreamDevice device, List<Message> out) {
        device.died();
        out.add(numbered(topics.ddeath(device.name()), new PayloadWriter(world.millis())));
    }

    /** The node's own metrics that have changed. */
    void changes(List<Message> out) {
        PayloadWriter data = new PayloadWriter(world.millis());
        metrics.changes(data, world.millis());
        out.add(numbered(topics.ndata(), data));
    }

    private Message numbered(String topic, PayloadWriter payload) {
        seq = (seq + 1) % ROUND;
        return message(topic, payload.numbered(seq));
    }

    private Message message(String topic, byte[] payload) {
        return Message.of(topic, payload, "").as(options.qos(), false);
    }

    /** A batch, behind whatever births it needs. */
    List<Message> encode(OutboxBatch batch) {
        List<Message> out = new ArrayList<>(1);
        StreamDevice device = known(batch.stream());
        int before = seq;
        boolean wasBorn = device.isBorn();
        boolean all = isBirthDue();
        if (all) {
            birth(out);
        }
        boolean births = rows(device, batch, out);
        if (out.isEmpty()) {
            // Rows without a value: nothing to tell, but the batch needs a message that says that it has arrived.
            out.add(numbered(topics.ddata(device.name()), new PayloadWriter(world.millis())));
        }
        if (!last.isEmpty() && !last.peek().isOf(batch)) {
            last.clear();
        }
        last.push(new Encoded(batch, device, before, wasBorn, births, all));
        if (batch.historical()) {
            device.late(world.clock().monotonicNanos());
        }
        if (!world.isUp(device.name())) {
            doubtful.accept(device.name());
        }
        return out;
    }

    /** What was encoded last has not gone out: its numbers are free, its births untold. */
    void unsaid(OutboxBatch batch) {
        birthDue |= last.isEmpty() || !last.peek().isOf(batch);
        while (!last.isEmpty() && last.peek().isOf(batch)) {
            Encoded undone = last.pop();
            undone.undo();
            seq = undone.seq();
            birthDue |= undone.withAll();
        }
    }

    /** Something was said beside batches. */
    void interrupted() {
        last.clear();
    }

    /** Tells the rows; returns whether the device had to be born for them. */
    private boolean rows(StreamDevice device, OutboxBatch batch, List<Message> out) {
        boolean births = false;
        boolean redeclared = device.dropped(batch.dropped());
        PayloadWriter data = new PayloadWriter(world.millis());
        if (device.isBorn()
                && !device.isUntold()
                && !redeclared
                && !batch.dropped().isEmpty()) {
            long millis = Math.floorDiv(batch.rows().get(0).timeNanos(), 1_000_000);
            device.drops(data, batch.dropped(), millis);
        }
        for (Row row : batch.rows()) {
            if (redeclared || !device.isBorn() || !device.covers(row.schema())) {
                flush(device, data, out);
                device.declare(row.schema().columns());
                // One that is too large is refused with its rows.
                out.add(birth(device, batch.historical() ? world.bus().last(batch.stream()) : Optional.of(row)));
                device.covers(row.schema());
                redeclared = false;
                births = true;
                data = new PayloadWriter(world.millis());
            }
            device.append(data, row, batch.historical());
        }
        flush(device, data, out);
        return births;
    }

    private void flush(StreamDevice device, PayloadWriter data, List<Message> out) {
        if (data.metrics() > 0) {
            out.add(numbered(topics.ddata(device.name()), data));
        }
    }
}
