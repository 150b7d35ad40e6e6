package org.headgate.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headgate.config.StoredRevision.Trial;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.FileName;
import org.headgate.config.api.InvalidChangeException;
import org.headgate.config.api.SetUp;
import org.headgate.config.text.SettingsEdit;
import org.headgate.config.text.SettingsText;
import org.headgate.system.api.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes: all files or none, and a revision of each. The order of the steps is what survives a power cut: new contents
 * beside the files; the journal, with which the change is decided; the files; the journal's new name as a revision. Thread-safe by
 * the lock of {@link EtcFiles}.
 */
final class ChangeWriter {
    /** Who changes files without us. */
    static final String EDITOR = "editor";

    private static final Logger LOG = LoggerFactory.getLogger(ChangeWriter.class);
    private static final int MAX_RACES = 5;

    private final EtcFiles files;
    private final FileSwap swap;
    private final RevisionFolder revisions;
    private final Validators validators;
    private final Clock clock;

    ChangeWriter(EtcFiles files, Folder etc, RevisionFolder revisions, Validators validators, Clock clock) {
        this.files = files;
        this.swap = new FileSwap(etc);
        this.revisions = revisions;
        this.validators = validators;
        this.clock = clock;
    }

    /** How a change comes to be. */
    private interface Drafting {
        Draft draft(SortedMap<String, byte[]> now) throws IOException;
    }

    /** What is to stand in the revision beside the files. */
    private record Origin(String by, String what, Optional<Duration> trial, long undoes) {}

    /** At the start, before the files are read: finishes what a power cut has left, and goes back where the time is over. */
    void recover() {
        try {
            files.exclusively(() -> {
                finish();
                Optional<StoredRevision> waiting = waiting();
                if (waiting.isPresent() && left(waiting.get()).isZero()) {
                    undo();
                }
                revisions.prune();
                return true;
            });
        } catch (IOException failed) {
            LOG.warn(
                    "the last change cannot be finished: {}; it is tried again with the next one", failed.getMessage());
        }
    }

    /** What a change would be refused for. */
    List<String> problems(Change change) {
        try {
            return files.exclusively(() -> Draft.of(files.contents(), change).problems(validators));
        } catch (IOException senseless) {
            return List.of(senseless.getMessage());
        }
    }

    /** Makes a change that is judged before; with a trial it goes back by itself unless it is confirmed. */
    Applied change(Change change, Optional<Duration> trial) throws IOException {
        return files.exclusively(() -> {
            Optional<StoredRevision> waiting = waiting();
            if (waiting.isPresent()) {
                throw new IOException("revision " + waiting.get().number()
                        + " waits to be confirmed: gateway:confirm keeps it, gateway:rollback "
                        + waiting.get().trial().orElseThrow().back() + " takes it back");
            }
            Origin origin = new Origin(change.by(), change.what(), trial, 0);
            return make(origin, true, now -> Draft.of(now, change));
        });
    }

    /** Back to the files of a revision, whatever anybody thinks of them. */
    Applied rollback(long number, String by) throws IOException {
        return files.exclusively(() -> {
            StoredRevision wanted = revisions.read(number);
            Optional<StoredRevision> waiting = waiting();
            if (waiting.isPresent() && waiting.get().number() == number) {
                throw new IOException("revision " + number + " is in force and waits; gateway:confirm keeps it");
            }
            Origin origin = new Origin(
                    by,
                    "gateway:rollback " + number,
                    Optional.empty(),
                    waiting.map(StoredRevision::number).orElse(0L));
            return make(origin, false, now -> new Draft(now, keepingIdentity(wanted.files(), now)));
        });
    }

    /** Takes back what waits, since nobody has confirmed it; nothing where nothing waits. */
    Optional<Applied> undo() throws IOException {
        return files.exclusively(() -> {
            Optional<StoredRevision> waiting = waiting();
            if (waiting.isEmpty()) {
                return Optional.empty();
            }
            Trial trial = waiting.get().trial().orElseThrow();
            StoredRevision back = revisions.read(trial.back());
            String what = "revision " + waiting.get().number() + " was not confirmed in time";
            LOG.warn("{}; back to revision {}", what, trial.back());
            Origin origin =
                    new Origin("gateway", what, Optional.empty(), waiting.get().number());
            return Optional.of(make(origin, false, now -> new Draft(now, keepingIdentity(back.files(), now))));
        });
    }

    /** Keeps what waits. */
    void confirm() throws IOException {
        files.exclusively(() -> {
            StoredRevision waiting = waiting().orElseThrow(() -> new IOException("nothing waits to be confirmed"));
            revisions.write(waiting.confirmed());
            return true;
        });
    }

    /** What waits to be confirmed: the newest revision, those of an editor left out. */
    Optional<StoredRevision> waiting() throws IOException {
        List<Long> numbers = revisions.numbers();
        for (int i = numbers.size() - 1; i >= 0; i--) {
            try {
                StoredRevision newest = revisions.read(numbers.get(i));
                if (!newest.by().equals(EDITOR)) {
                    return Optional.of(newest).filter(some -> some.trial().isPresent());
                }
            } catch (RevisionFolder.DamagedException damaged) {
                LOG.warn(damaged.getMessage());
            }
        }
        return Optional.empty();
    }

    /** How long it waits still: by the wall clock, but never longer than was asked for. */
    Duration left(StoredRevision waiting) {
        Trial trial = waiting.trial().orElseThrow();
        long left = trial.deadlineMillis() - clock.epochNanos() / 1_000_000;
        return Duration.ofMillis(Math.max(0, Math.min(left, trial.withinMillis())));
    }

    private Applied make(Origin origin, boolean judged, Drafting drafting) throws IOException {
        finish();
        for (int race = 0; race < MAX_RACES; race++) {
            Draft draft = drafting.draft(files.contents());
            List<String> changed = draft.changed();
            if (judged) {
                List<String> problems = draft.problems(validators);
                if (!problems.isEmpty()) {
                    throw new InvalidChangeException(problems);
                }
            }
            if (changed.isEmpty() && origin.undoes() == 0) {
                files.taken(List.copyOf(draft.after().keySet()), draft.after());
                return new Applied(revisions.next() - 1, List.of(), List.of());
            }
            noteEditor(draft.before());
            StoredRevision revision = revision(origin, draft);
            if (written(draft, changed, revision)) {
                List<String> notes = new ArrayList<>();
                if (!judged) {
                    notes.addAll(draft.problems(validators));
                }
                notes.addAll(draft.notes(validators));
                settle(revision, notes);
                goLive(draft, changed, notes);
                return new Applied(revision.number(), changed, notes);
            }
        }
        throw new IOException("somebody else keeps writing the same files; try again");
    }

    /** Writes everything; nothing where somebody else has written meanwhile. */
    private boolean written(Draft draft, List<String> changed, StoredRevision revision) throws IOException {
        try {
            swap.prepare(changed, draft.after());
            revisions.decide(revision);
            if (swap.areAs(changed, draft.before())) {
                swap.commit(changed, draft.before(), draft.after());
                return true;
            }
            revisions.abandon();
        } catch (FileSwap.HalfMadeException half) {
            throw half;
        } catch (IOException failed) {
            abandon(failed);
            swap.discard(changed);
            throw failed;
        }
        swap.discard(changed);
        return false;
    }

    /** A journal that stays would make the change later, although the user was told that it failed. */
    private void abandon(IOException failed) throws IOException {
        try {
            revisions.abandon();
        } catch (IOException alsoThis) {
            throw new FileSwap.HalfMadeException(failed, alsoThis);
        }
    }

    private void settle(StoredRevision revision, List<String> notes) {
        try {
            revisions.settle(revision);
            revisions.prune();
        } catch (IOException later) {
            LOG.warn("revision {} cannot be kept yet: {}", revision.number(), later.getMessage());
            notes.add("the revision cannot be kept yet: " + later.getMessage());
        }
    }

    private void goLive(Draft draft, List<String> changed, List<String> notes) {
        try {
            files.taken(changed, draft.after());
        } catch (IOException later) {
            notes.add("written, but not live yet: " + Warnings.said(later) + "; it is tried again");
        }
    }

    /** What was decided, and then cut off, is made now. */
    private void finish() throws IOException {
        Optional<StoredRevision> decided = revisions.decided();
        if (decided.isPresent()) {
            swap.finish(decided.get());
            revisions.settle(decided.get());
            LOG.info(
                    "finished the change of revision {}, which was cut off",
                    decided.get().number());
        }
    }

    /** What somebody has changed without us becomes a revision of its own, so that a difference shows the truth. */
    private void noteEditor(SortedMap<String, byte[]> now) throws IOException {
        Optional<StoredRevision> newest = revisions.newest();
        SortedMap<String, byte[]> known = newest.map(StoredRevision::files).orElse(new TreeMap<>());
        Draft edited = new Draft(known, now);
        if (!edited.changed().isEmpty()) {
            String what = newest.isEmpty() ? "the files that were there" : "edited by hand";
            revisions.write(revision(new Origin(EDITOR, what, Optional.empty(), 0), edited));
        }
    }

    private StoredRevision revision(Origin origin, Draft draft) throws IOException {
        long now = clock.epochNanos() / 1_000_000;
        long next = revisions.next();
        Optional<Trial> trial =
                origin.trial().map(within -> new Trial(now + within.toMillis(), within.toMillis(), next - 1));
        return new StoredRevision(
                next, now, origin.by(), origin.what(), trial, origin.undoes(), draft.sums(), draft.after());
    }

    /** The files of a revision with the identity that the gateway has now. */
    private static SortedMap<String, byte[]> keepingIdentity(
            SortedMap<String, byte[]> wanted, SortedMap<String, byte[]> now) throws IOException {
        SortedMap<String, byte[]> kept = new TreeMap<>(wanted);
        SetUp current = Validators.setUp(now);
        Optional<String> id = current.instance(FileName.GATEWAY)
                .flatMap(gateway -> gateway.settings().text("id"));
        if (id.isPresent()) {
            SettingsText text = SettingsText.parse(wanted.getOrDefault(FileName.GATEWAY, new byte[0]));
            if (text.broken().isEmpty()) {
                kept.put(
                        FileName.GATEWAY, SettingsEdit.set(text, "id", id.get()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return kept;
    }
}
