package org.headgate.device.runtime;

import java.util.Optional;
import org.headgate.data.api.DropReason;
import org.headgate.data.api.Flow;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.stream.api.Publisher;
import org.headgate.stream.api.StreamBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device's way to the bus, with its counters: rows that the driver gave, and rows that were published. */
final class DeviceStream {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceStream.class);

    private final String name;
    private final StreamBus bus;
    private final Flow flow;
    private Optional<Publisher> publisher = Optional.empty();

    DeviceStream(String name, StreamBus bus, Flow flow) {
        this.name = name;
        this.bus = bus;
        this.flow = flow;
    }

    /**
     * Takes the stream.
     *
     * @throws IllegalStateException when another producer has it
     */
    void claim() {
        publisher = Optional.of(bus.publisher(name));
    }

    void publish(Row row) {
        publisher.ifPresent(stream -> {
            synchronized (flow) {
                flow.in(1);
                try {
                    stream.publish(row);
                    flow.passed(1);
                    flow.emitted(1);
                } catch (RuntimeException defect) {
                    flow.dropped(DropReason.ERROR, 1);
                    LOG.error("device {}: publishing failed", name, defect);
                }
            }
        });
    }

    void close() {
        publisher.ifPresent(Publisher::close);
    }

    FlowSnapshot flow() {
        return flow.snapshot();
    }
}
