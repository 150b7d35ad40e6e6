package org.headgate.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.headgate.config.api.Instance;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.headgate.history.api.History;
import org.headgate.history.api.HistoryConsumer;
import org.headgate.history.api.HistoryStatus;
import org.headgate.history.api.Reading;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Scheduler;
import org.headgate.system.api.Storage;
import org.headgate.system.api.StorageFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The history in {@code HOME/var/history}. Without a {@code headgate.history.cfg} it keeps nothing, and what was kept before can be read. */
@Component(
        service = {History.class, FlowSource.class},
        immediate = true,
        configurationPid = "headgate.history")
public final class DiskHistory implements History, FlowSource {
    /** The subscriber's name. */
    static final String NAME = "history";

    private static final Logger LOG = LoggerFactory.getLogger(DiskHistory.class);
    private static final int QUEUE = 10_000;
    private static final Duration SUCCESSION = Duration.ofSeconds(2);
    private final HistorySettings settings;
    private final HistoryWriter writer;
    private final Optional<Subscription> subscription;

    /** For the service registry. */
    @Activate
    public DiskHistory(
            Map<String, Object> properties,
            @Reference StreamBus bus,
            @Reference Storage var,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Clock clock,
            @Reference Events events) {
        this(HistorySettings.of(Instance.of(properties)), bus, var, scheduler, calls, clock, events);
    }

    DiskHistory(
            HistorySettings settings,
            StreamBus bus,
            Storage var,
            Scheduler scheduler,
            Calls calls,
            Clock clock,
            Events events) {
        this.settings = settings;
        this.writer = new HistoryWriter(settings, var, scheduler.loop(NAME), calls, clock, new Trouble(events));
        subscription = settings.streams().isEmpty()
                ? Optional.empty()
                : Optional.of(bus.subscribe(NAME, settings.streams(), QUEUE, OverflowPolicy.DROP_NEWEST, writer));
        if (!settings.problem().isEmpty()) {
            LOG.warn("history: INVALID ({})", settings.problem());
        } else if (subscription.isPresent()) {
            LOG.info("history: keeps {}", String.join(", ", settings.streams()));
        }
    }

    /** Writes what waits. */
    @Deactivate
    void close() {
        // An edit of the file makes the history anew within milliseconds: rows that come in between go to the next one.
        subscription.ifPresent(open -> open.handOver(SUCCESSION));
        writer.close();
    }

    @Override
    public List<FlowSnapshot> flows() {
        return subscription.isEmpty() ? List.of() : List.of(writer.counters());
    }

    @Override
    public HistoryStatus status() {
        List<Segment> segments = writer.files().map(SegmentFiles::list).orElse(List.of());
        return new HistoryStatus(
                settings.streams(),
                settings.problem().isEmpty() ? writer.problem() : settings.problem(),
                segments.size(),
                segments.stream().mapToLong(Segment::bytes).sum(),
                segments.stream()
                        .filter(Segment::hasRows)
                        .mapToLong(Segment::earliestNanos)
                        .min(),
                segments.stream()
                        .filter(Segment::hasRows)
                        .mapToLong(Segment::latestNanos)
                        .max());
    }

    @Override
    public Reading read(String streams, long fromNanos, long toNanos, HistoryConsumer consumer) throws IOException {
        BlockRows rows = new BlockRows(matching(streams), fromNanos, toNanos, consumer);
        HistoryWriter.Glance glance = writer.glance();
        long damaged = 0;
        for (Segment segment : glance.segments()) {
            if (rows.isEnough() || segment.latestNanos() < fromNanos || segment.earliestNanos() >= toNanos) {
                continue;
            }
            try (StorageFile file = writer.openFiles().open(segment)) {
                damaged += file == null
                        ? 0
                        : read(new SegmentScan(file, segment.number(), segment.bytes()), rows, fromNanos, toNanos);
            }
        }
        glance.waiting().filter(block -> !rows.isEnough()).ifPresent(block -> {
            Block head = Block.head(block, 0, 0);
            rows.read(block.position(Block.HEAD).slice(), head.rows());
        });
        return new Reading(rows.handedOut(), damaged);
    }

    private static long read(SegmentScan scan, BlockRows rows, long fromNanos, long toNanos) throws IOException {
        long senseless = 0;
        for (Block block = scan.next(); block != null && !rows.isEnough(); block = scan.next()) {
            if (block.mayHave(fromNanos, toNanos)) {
                ByteBuffer payload = scan.payload(block);
                senseless += payload == null || rows.read(payload, block.rows()) ? 0 : 1;
            }
        }
        return scan.damaged() + senseless;
    }

    private static Predicate<String> matching(String pattern) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return name -> Pattern.matches(regex, name);
    }
}
