package org.headgate.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * the lock of {@link EtcFiles}, which is not held while others judge: a validator may be anybody's code.
 */
final class ChangeWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeWriter.class);
    private static final int MAX_RACES = 5;

    private final EtcFiles files;
    private final FileSwap swap;
    private final RevisionFolder revisions;
    private final Validators validators;
    private final Waiting waiting;
    private final Clock clock;

    ChangeWriter(EtcFiles files, Folder etc, RevisionFolder revisions, Validators validators, Clock clock) {
        this.files = files;
        this.swap = new FileSwap(etc);
        this.revisions = revisions;
        this.validators = validators;
        this.waiting = new Waiting(revisions, clock);
        this.clock = clock;
    }

    /** What is to stand in the revision beside the files; asked for under the lock, and refuses what may not be now. */
    private interface Admission {
        Origin admit() throws IOException;
    }

    /** How a change comes to be. */
    private interface Drafting {
        Draft draft(Snapshot now) throws IOException;
    }

    private record Origin(String by, String what, Optional<Duration> trial, long undoes) {}

    /** At the start, before the files are read: finishes what a power cut has left, and goes back where the time is over. */
    void recover() {
        try {
            files.exclusively(() -> {
                finish();
                Optional<StoredRevision> tried = waiting.find();
                if (tried.isPresent() && waiting.left(tried.get()).isZero()) {
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
            return Draft.of(files.exclusively(files::snapshot), change).problems(validators);
        } catch (IOException senseless) {
            return List.of(senseless.getMessage());
        }
    }

    /** Makes a change that is judged before; with a trial it goes back by itself unless it is confirmed. */
    Applied change(Change change, Optional<Duration> trial) throws IOException {
        Admission admission = () -> {
            Optional<StoredRevision> tried = waiting.find();
            if (tried.isPresent()) {
                throw new IOException("revision " + tried.get().number()
                        + " waits to be confirmed: gateway:confirm keeps it, gateway:rollback "
                        + tried.get().trial().orElseThrow().back() + " takes it back");
            }
            return new Origin(change.by(), change.what(), trial, 0);
        };
        return make(admission, true, now -> Draft.of(now, change));
    }

    /** Back to the files of a revision, whatever anybody thinks of them. */
    Applied rollback(long number, String by) throws IOException {
        Admission admission = () -> {
            long tried = waiting.find().map(StoredRevision::number).orElse(0L);
            if (tried == number) {
                throw new IOException("revision " + number + " is in force and waits; gateway:confirm keeps it");
            }
            return new Origin(by, "gateway:rollback " + number, Optional.empty(), tried);
        };
        return make(admission, false, now -> back(now, number));
    }

    /** Takes back what waits, since nobody has confirmed it; nothing where nothing waits. */
    Optional<Applied> undo() throws IOException {
        Optional<StoredRevision> tried = files.exclusively(waiting::find);
        if (tried.isEmpty()) {
            return Optional.empty();
        }
        long number = tried.get().number();
        long back = tried.get().trial().orElseThrow().back();
        String what = "revision " + number + " was not confirmed in time";
        LOG.warn("{}; back to revision {}", what, back);
        Admission admission = () -> {
            if (waiting.find().map(StoredRevision::number).orElse(0L) != number) {
                throw new IOException("revision " + number + " does not wait any more");
            }
            return new Origin("gateway", what, Optional.empty(), number);
        };
        return Optional.of(make(admission, false, now -> back(now, back)));
    }

    /** Keeps what waits; returns its number. */
    long confirm() throws IOException {
        return files.exclusively(() -> {
            finish();
            StoredRevision tried = waiting.find().orElseThrow(() -> new IOException("nothing waits to be confirmed"));
            revisions.write(tried.confirmed());
            return tried.number();
        });
    }

    /** What waits to be confirmed, with its distance. */
    Waiting waiting() {
        return waiting;
    }

    private record Prepared(Origin origin, Draft draft) {}

    private Applied make(Admission admission, boolean judged, Drafting drafting) throws IOException {
        for (int race = 0; race < MAX_RACES; race++) {
            Prepared prepared = files.exclusively(() -> {
                finish();
                return new Prepared(admission.admit(), drafting.draft(files.snapshot()));
            });
            Draft draft = prepared.draft();
            List<String> tooFar = Escalation.problems(prepared.origin().by(), draft);
            if (!tooFar.isEmpty()) {
                throw new InvalidChangeException(tooFar);
            }
            List<String> problems = draft.problems(validators);
            if (judged && !problems.isEmpty()) {
                throw new InvalidChangeException(problems);
            }
            List<String> notes = new ArrayList<>(problems);
            notes.addAll(draft.notes(validators));
            Optional<Applied> made = files.exclusively(() -> {
                // Whoever came first while it was judged may have changed everything.
                finish();
                admission.admit();
                return draft.now().isLike(files.snapshot())
                        ? written(prepared.origin(), draft, notes)
                        : Optional.empty();
            });
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new IOException("somebody else keeps writing the same files; try again");
    }

    /** Writes everything; nothing where somebody else has written meanwhile. */
    private Optional<Applied> written(Origin origin, Draft draft, List<String> notes) throws IOException {
        List<String> changed = draft.changed();
        if (changed.isEmpty() && origin.undoes() == 0) {
            files.taken(List.copyOf(draft.after().keySet()), draft.after());
            return Optional.of(new Applied(revisions.next() - 1, List.of(), List.of()));
        }
        noteEditor(draft.now());
        StoredRevision revision = revision(origin, draft, false);
        try {
            swap.prepare(changed, draft.after());
            revisions.decide(revision);
            swap.commit(changed, draft.before(), draft.after());
        } catch (FileSwap.HalfMadeException half) {
            throw half;
        } catch (IOException failed) {
            abandon(failed);
            swap.discard(changed);
            if (failed instanceof FileSwap.OvertakenException) {
                return Optional.empty();
            }
            throw failed;
        }
        settle(revision, notes);
        goLive(draft, changed, notes);
        return Optional.of(new Applied(revision.number(), changed, notes));
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
        } catch (IOException later) {
            LOG.warn("revision {} cannot be kept yet: {}", revision.number(), Warnings.said(later));
            notes.add("the revision cannot be kept yet: " + Warnings.said(later));
            return;
        }
        try {
            revisions.prune();
        } catch (IOException later) {
            LOG.warn("old revisions cannot be deleted yet: {}", Warnings.said(later));
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
    private void noteEditor(Snapshot now) throws IOException {
        Optional<StoredRevision> newest = revisions.newest();
        Snapshot known = newest.map(some -> new Snapshot(some.files(), some.unread()))
                .orElse(new Snapshot(new TreeMap<>(), new TreeSet<>()));
        if (!known.isLike(now) && !(newest.isEmpty() && now.files().isEmpty())) {
            String what = newest.isEmpty() ? "the files that were there" : "edited by hand";
            Draft edited = new Draft(new Snapshot(known.files(), now.unread()), now.files());
            revisions.write(revision(new Origin("editor", what, Optional.empty(), 0), edited, true));
        }
    }

    private StoredRevision revision(Origin origin, Draft draft, boolean byHand) throws IOException {
        long now = clock.epochNanos() / 1_000_000;
        long next = revisions.next();
        Optional<Trial> trial =
                origin.trial().map(within -> new Trial(now + within.toMillis(), within.toMillis(), next - 1));
        return new StoredRevision(
                next,
                now,
                origin.by(),
                origin.what(),
                trial,
                origin.undoes(),
                draft.sums(),
                draft.after(),
                draft.now().unread(),
                byHand);
    }

    /** The files of a revision with the identity that the gateway has now. */
    private Draft back(Snapshot now, long number) throws IOException {
        Draft back = Draft.back(now, revisions.read(number));
        SetUp current = Validators.setUp(now.files());
        Optional<String> id = current.instance(FileName.GATEWAY)
                .flatMap(gateway -> gateway.settings().text("id"));
        SortedMap<String, byte[]> after = back.after();
        SettingsText text = SettingsText.parse(after.getOrDefault(FileName.GATEWAY, new byte[0]));
        if (id.isPresent() && text.broken().isEmpty()) {
            byte[] kept = SettingsEdit.set(text, "id", id.get()).getBytes(StandardCharsets.UTF_8);
            after.put(FileName.GATEWAY, kept);
        }
        return back;
    }
}
