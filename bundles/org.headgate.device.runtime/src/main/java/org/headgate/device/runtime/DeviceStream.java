package org.headgate.device.runtime;

import java.util.Optional;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.StreamBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device's way to the bus. Used by the device's loop. */
final class DeviceStream {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceStream.class);

    private final String name;
    private final StreamBus bus;
    private final DeviceFlow flow;
    private final DeviceFlow.Waiting waiting;
    private Optional<Publisher> publisher = Optional.empty();
    private volatile Latest latest = new Latest(Schema.of());

    DeviceStream(String name, StreamBus bus, DeviceFlow flow) {
        this.name = name;
        this.bus = bus;
        this.flow = flow;
        this.waiting = flow.device();
    }

    /** Takes the stream; says whether it could, or another producer has it. */
    boolean claim() {
        try {
            publisher = Optional.of(bus.publisher(name));
            return true;
        } catch (IllegalStateException taken) {
            return false;
        }
    }

    /**
     * Publishes a row.
     *
     * @param row what is to be reported of it; empty for nothing
     * @param waited whether it has waited as a report
     */
    void publish(Optional<Row> row, boolean waited) {
        if (publisher.isEmpty()) {
            if (waited) {
                waiting.dropsOne();
            }
            return;
        }
        Publisher stream = publisher.get();
        try {
            row.ifPresent(this::keep);
            waiting.ends(waited, row.map(some -> () -> stream.publish(some)));
        } catch (RuntimeException defect) {
            LOG.error("device {}: publishing failed", name, defect);
        }
    }

    private void keep(Row row) {
        if (!latest.isOf(row)) {
            latest = new Latest(row.schema());
        }
        latest.keep(row);
    }

    /** The last row in which a column was there. On any thread. */
    Optional<Row> last(String column) {
        return latest.of(column);
    }

    /** Whether all that a row has was published last of its column, with its time: so it is that sample once more. */
    boolean has(Row row) {
        return latest.isOf(row) && latest.has(row);
    }

    /** Where reports wait. */
    DeviceFlow.Waiting waiting() {
        return waiting;
    }

    void close() {
        publisher.ifPresent(Publisher::close);
        publisher = Optional.empty();
    }

    FlowSnapshot snapshot() {
        return flow.snapshot();
    }
}
