package org.headgate.outbox.log;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The outbox as segmented logs in {@code HOME/var/outbox/UPLINK/LANE}; there is one lane for now. */
@Component(service = {Outbox.class, FlowSource.class})
public final class SegmentOutbox implements Outbox, FlowSource {
    private static final String LANE = "main";

    private final Storage var;
    private final Calls calls;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Randomness randomness;
    private final TreeMap<String, SegmentLog> open = new TreeMap<>();

    /** For the service registry. */
    @Activate
    public SegmentOutbox(
            @Reference Storage var,
            @Reference Calls calls,
            @Reference Scheduler scheduler,
            @Reference Clock clock,
            @Reference Randomness randomness) {
        this.var = var;
        this.calls = calls;
        this.scheduler = scheduler;
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public OutboxLog open(String uplink, OutboxSettings settings) throws IOException {
        synchronized (open) {
            if (open.containsKey(uplink)) {
                throw new IllegalStateException("the outbox of " + uplink + " is open");
            }
            Storage folder = var.folder("outbox").folder(uplink).folder(LANE);
            Recovery found =
                    new Recovery(folder).run(() -> Ulid.of(clock.epochNanos() / 1_000_000, randomness.bytes(10)));
            SegmentLog log = new SegmentLog(
                    uplink, fitting(settings), folder, found, calls, scheduler.loop("outbox:" + uplink), () -> {
                        synchronized (open) {
                            open.remove(uplink);
                        }
                    });
            open.put(uplink, log);
            return log;
        }
    }

    @Override
    public List<OutboxStatus> list() {
        synchronized (open) {
            return open.values().stream().map(SegmentLog::status).toList();
        }
    }

    @Override
    public List<FlowSnapshot> flows() {
        return list().stream().map(OutboxStatus::flow).toList();
    }

    @Deactivate
    void close() {
        List<SegmentLog> all;
        synchronized (open) {
            all = List.copyOf(open.values());
        }
        all.forEach(SegmentLog::close);
    }

    /** A small limit wants small segments: only whole ones can be dropped. */
    private static OutboxSettings fitting(OutboxSettings settings) {
        long segment = Math.max(4096, Math.min(settings.segmentBytes(), settings.maxBytes() / 4));
        return new OutboxSettings(settings.maxBytes(), segment, settings.commitInterval(), settings.commitRows());
    }
}
