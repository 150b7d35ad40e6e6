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
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.Priority;
import org.headgate.outbox.api.RefusedBatches;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Disks;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The outbox as segmented logs in {@code HOME/var/outbox/UPLINK/PRIORITY}. */
@Component(service = {Outbox.class, RefusedBatches.class, FlowSource.class})
public final class SegmentOutbox implements Outbox, RefusedBatches, FlowSource {
    private final Storage var;
    private final Calls calls;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Randomness randomness;
    private final Disks disks;
    private final Events events;
    private final TreeMap<OutboxName, SegmentLog> open = new TreeMap<>();
    /** Guarded by {@code open}. */
    private final TreeMap<OutboxName, Account> accounts = new TreeMap<>();
    /** The uplinks whose logs are open or being opened; guarded by {@code open}. */
    private final Set<OutboxName> taken = new HashSet<>();

    /** For the service registry. */
    @Activate
    public SegmentOutbox(
            @Reference Storage var,
            @Reference Calls calls,
            @Reference Scheduler scheduler,
            @Reference Clock clock,
            @Reference Randomness randomness,
            @Reference Disks disks,
            @Reference Events events) {
        this.var = var;
        this.calls = calls;
        this.scheduler = scheduler;
        this.clock = clock;
        this.randomness = randomness;
        this.disks = disks;
        this.events = events;
    }

    /** Without other disks and without events: for tests. */
    public SegmentOutbox(Storage var, Calls calls, Scheduler scheduler, Clock clock, Randomness randomness) {
        this(
                var,
                calls,
                scheduler,
                clock,
                randomness,
                (folder, requireMount) -> {
                    throw new IOException(folder + " is not there");
                },
                event -> {});
    }

    @Override
    public OutboxLog open(OutboxName name, OutboxSettings settings, Runnable readable) throws IOException {
        synchronized (open) {
            if (!taken.add(name)) {
                throw new IllegalStateException("the outbox of " + name + " is open");
            }
        }
        // Reading a large log takes its time: the others and the console go on.
        SegmentLog log = null;
        try {
            Storage folder = base(settings).folder(name.uplink()).folder(folder(name.priority()));
            Recovery found = recover(account(name), folder);
            log = new SegmentLog(
                    name,
                    account(name),
                    settings,
                    folder,
                    found,
                    new Trouble(name.toString(), events),
                    calls,
                    scheduler.loop("outbox:" + name),
                    clock,
                    () -> closed(name));
            log.onReadable(readable);
            return log;
        } finally {
            synchronized (open) {
                if (log == null) {
                    taken.remove(name);
                } else {
                    open.put(name, log);
                }
            }
        }
    }

    private Recovery recover(Account account, Storage folder) throws IOException {
        try {
            Recovery found = new Recovery(
                            folder,
                            account.patience(),
                            () -> Ulid.of(clock.epochNanos() / 1_000_000, randomness.bytes(10)))
                    .run();
            account.read(true);
            return found;
        } catch (IOException unreadable) {
            account.read(false);
            throw unreadable;
        }
    }

    @Override
    public void waiting(OutboxName name, int change) {
        account(name).waiting(change);
    }

    @Override
    public void abandoned(OutboxName name, int rows) {
        account(name).abandoned(rows);
    }

    private Storage base(OutboxSettings settings) throws IOException {
        if (settings.folder().isEmpty()) {
            return var.folder("outbox");
        }
        try {
            return disks.at(settings.folder(), settings.requireMount());
        } catch (IOException unusable) {
            throw new IOException("outbox.dir: " + unusable.getMessage(), unusable);
        }
    }

    /** What was the only log once is that of normal priority. */
    private static String folder(Priority priority) {
        return priority == Priority.NORMAL ? "main" : priority.label();
    }

    private Account account(OutboxName name) {
        synchronized (open) {
            return accounts.computeIfAbsent(name, Account::new);
        }
    }

    private void closed(OutboxName name) {
        synchronized (open) {
            open.remove(name);
            taken.remove(name);
        }
    }

    @Override
    public List<OutboxStatus> list() {
        synchronized (open) {
            return open.values().stream().map(SegmentLog::status).toList();
        }
    }

    @Override
    public Kept list(OutboxName name) throws IOException {
        return log(name).refused();
    }

    @Override
    public int clear(OutboxName name, String newest, long lost) throws IOException {
        return log(name).clearRefused(newest, lost);
    }

    private SegmentLog log(OutboxName name) throws IOException {
        synchronized (open) {
            SegmentLog log = open.get(name);
            if (log == null) {
                throw new IOException("the outbox of " + name + " is not open");
            }
            return log;
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
}
