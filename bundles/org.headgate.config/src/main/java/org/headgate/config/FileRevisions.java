package org.headgate.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.headgate.config.StoredRevision.Heading;
import org.headgate.config.StoredRevision.Trial;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Revision;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Texts;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The revisions in {@code HOME/var/revisions}, and the watch over the one that waits to be confirmed. */
@Component(immediate = true)
public final class FileRevisions implements Revisions {
    private static final Logger LOG = LoggerFactory.getLogger(FileRevisions.class);
    private static final Duration LEAST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofHours(24);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final EtcFiles files;
    private final RevisionFolder folder;
    private final ChangeWriter writer;
    private final Calls calls;
    private final Clock clock;
    private final Loop loop;
    /** Written by the loop. */
    private volatile Optional<Armed> armed = Optional.empty();

    /** Takes up the watch where a former run was ended. */
    @Activate
    public FileRevisions(
            @Reference FileConfigurations configurations,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Clock clock) {
        files = configurations.etcFiles();
        folder = configurations.revisionFolder();
        writer = configurations.writer();
        this.calls = calls;
        this.clock = clock;
        loop = scheduler.loop("revisions");
        loop.execute(this::watch);
    }

    @Deactivate
    void close() {
        loop.close();
    }

    @Override
    public List<Revision> list() {
        try {
            return files.exclusively(() -> {
                List<Heading> all = folder.headings();
                long waiting =
                        writer.waiting().find().map(StoredRevision::number).orElse(0L);
                Set<Long> undone = new HashSet<>();
                all.forEach(revision -> undone.add(revision.undoes()));
                List<Revision> shown = new ArrayList<>();
                all.forEach(revision -> shown.add(shown(revision, waiting, undone)));
                return shown;
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public Map<String, String> files(long number) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        StoredRevision revision = files.exclusively(() -> folder.read(number));
        revision.files().forEach((file, bytes) -> texts.put(file, new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }

    @Override
    public Applied rollback(long number, String by) throws IOException {
        return writer.rollback(number, by);
    }

    @Override
    public Applied tryOut(Change change, Duration within) throws IOException {
        if (within.compareTo(LEAST) < 0 || within.compareTo(MOST) > 0) {
            throw new IOException(
                    "confirm: " + Texts.print(within) + " (expected: a duration such as 5m, from 10s to 24h)");
        }
        Applied applied = writer.change(change, Optional.of(within));
        loop.execute(this::watch);
        return applied;
    }

    @Override
    public long confirm() throws IOException {
        return writer.confirm();
    }

    @Override
    public Optional<Waiting> waiting() {
        try {
            return files.exclusively(writer.waiting()::find).map(waiting -> {
                long back = waiting.trial().map(Trial::back).orElse(0L);
                Duration left = armed.filter(known -> known.number == waiting.number())
                        .map(known -> known.left(clock))
                        .orElseGet(() -> writer.waiting().left(waiting));
                return new Waiting(waiting.number(), back, left);
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Looks what waits, away from the loop since that reads files. */
    private void watch() {
        call(() -> files.exclusively(writer.waiting()::find), outcome -> {
            if (outcome.failure().isPresent()) {
                loop.schedule(AGAIN, this::watch);
                return;
            }
            armed = outcome.value().flatMap(waiting -> waiting).map(this::armed);
            armed.ifPresent(waiting -> {
                Duration left = waiting.left(clock);
                if (left.isZero()) {
                    goBack();
                } else {
                    loop.schedule(left, this::watch);
                }
            });
        });
    }

    /** Within one run the distance counts, whatever becomes of the wall clock. */
    private Armed armed(StoredRevision waiting) {
        return armed.filter(known -> known.number == waiting.number())
                .orElseGet(() -> new Armed(
                        waiting.number(),
                        clock.monotonicNanos() + writer.waiting().left(waiting).toNanos()));
    }

    private void goBack() {
        call(writer::undo, outcome -> {
            armed = Optional.empty();
            outcome.failure().ifPresent(failed -> {
                LOG.warn(
                        "the change that waits cannot be taken back: {}; gateway:confirm keeps it, gateway:rollback goes"
                                + " elsewhere",
                        failed.getMessage());
                loop.schedule(AGAIN, this::watch);
            });
        });
    }

    private <T> void call(Callable<T> call, Consumer<Outcome<T>> then) {
        calls.submit("revisions", call, TIMEOUT, loop, then);
    }

    /** What waits, and until when by the monotonic clock. */
    private record Armed(long number, long deadlineNanos) {
        Duration left(Clock clock) {
            return Duration.ofNanos(Math.max(0, deadlineNanos - clock.monotonicNanos()));
        }
    }

    private static Revision shown(Heading revision, long waiting, Set<Long> undone) {
        Revision.State state = !revision.tried()
                ? Revision.State.CONFIRMED
                : revision.number() == waiting && !undone.contains(waiting)
                        ? Revision.State.WAITING
                        : Revision.State.UNDONE;
        return new Revision(
                revision.number(),
                revision.epochMillis() * 1_000_000,
                revision.by(),
                revision.what(),
                revision.changes(),
                state);
    }
}
