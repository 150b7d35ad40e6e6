package org.headgate.outbox.log;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    /** Guarded by {@code open}. */
    private final TreeMap<String, Account> accounts = new TreeMap<>();
    /** The uplinks whose logs are open or being opened; guarded by {@code open}. */
    private final Set<String> taken = new HashSet<>();

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
            if (!taken.add(uplink)) {
                throw new IllegalStateException("the outbox of " + uplink + " is open");
            }
        }
        // Reading a large log takes its time: the others and the console go on.
        SegmentLog log = null;
        try {
            Storage folder = var.folder("outbox").folder(uplink).folder(LANE);
            Recovery found =
                    new Recovery(folder).run(() -> Ulid.of(clock.epochNanos() / 1_000_000, randomness.bytes(10)));
            log = new SegmentLog(
                    uplink,
                    account(uplink),
                    fitting(settings),
                    folder,
                    found,
                    calls,
                    scheduler.loop("outbox:" + uplink),
                    () -> closed(uplink));
            return log;
        } finally {
            synchronized (open) {
                if (log == null) {
                    taken.remove(uplink);
                } else {
                    open.put(uplink, log);
                }
            }
        }
    }

    @Override
    public void waiting(String uplink, int change) {
        account(uplink).waiting(change);
    }

    @Override
    public void abandoned(String uplink, int rows) {
        account(uplink).abandoned(rows);
    }

    private Account account(String uplink) {
        synchronized (open) {
            return accounts.computeIfAbsent(uplink, Account::new);
        }
    }

    private void closed(String uplink) {
        synchronized (open) {
            open.remove(uplink);
            taken.remove(uplink);
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
        synchronized (open) {
            return accounts.values().stream()
                    .map(account -> account.flow.snapshot())
                    .toList();
        }
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
