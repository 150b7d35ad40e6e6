package org.headgate.config.api.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Revision;
import org.headgate.config.api.Revisions;

/** Revisions in memory, as a test says; going back and trying out goes to files in memory, and time does not run. */
public final class MemoryRevisions implements Revisions {
    private final MemoryConfigurations configurations;
    private final List<Revision> list = new ArrayList<>();
    private final Map<Long, Map<String, String>> files = new TreeMap<>();
    private final Set<Long> forgotten = new HashSet<>();
    private Optional<Waiting> waiting = Optional.empty();

    /** No revision yet. */
    public MemoryRevisions(MemoryConfigurations configurations) {
        this.configurations = configurations;
    }

    /** There is one more revision, the newest, a minute after the one before. */
    public MemoryRevisions with(String by, String what, Map<String, String> texts, String... changed) {
        long number = list.size() + 1L;
        long time = 1_732_172_400_000_000_000L + number * 60_000_000_000L;
        list.add(0, new Revision(number, time, by, what, List.of(changed), Revision.State.CONFIRMED));
        files.put(number, Map.copyOf(texts));
        return this;
    }

    /** From now on the files of a revision cannot be read, which the list does not know yet. */
    public void damage(long number) {
        files.remove(number);
    }

    /** From now on a revision is not kept. */
    public void forget(long number) {
        damage(number);
        forgotten.add(number);
    }

    @Override
    public List<Revision> list() {
        return list.stream()
                .filter(revision -> !forgotten.contains(revision.number()))
                .toList();
    }

    @Override
    public Map<String, String> files(long number) throws IOException {
        if (!files.containsKey(number)) {
            throw new IOException("revision " + number + " is not kept (expected: one of gateway:revisions)");
        }
        return files.get(number);
    }

    @Override
    public Applied rollback(long number, String by) throws IOException {
        Change change = Change.by(by, "gateway:rollback " + number);
        Map<String, String> back = files(number);
        configurations.files().stream().filter(file -> !back.containsKey(file)).forEach(change::remove);
        back.forEach(change::replace);
        waiting = Optional.empty();
        return made(configurations.change(change), change);
    }

    @Override
    public Applied tryOut(Change change, Duration within) throws IOException {
        if (waiting.isPresent()) {
            throw new IOException("revision " + waiting.get().number() + " waits (expected: gateway:confirm)");
        }
        Applied applied = made(configurations.change(change), change);
        waiting = Optional.of(new Waiting(applied.revision(), applied.revision() - 1, within));
        return applied;
    }

    @Override
    public long confirm() throws IOException {
        if (waiting.isEmpty()) {
            throw new IOException("nothing waits to be confirmed");
        }
        long number = waiting.get().number();
        waiting = Optional.empty();
        return number;
    }

    @Override
    public Optional<Waiting> waiting() {
        return waiting;
    }

    private Applied made(Applied applied, Change change) {
        Map<String, String> now = new TreeMap<>();
        configurations
                .files()
                .forEach(file -> now.put(file, configurations.text(file).orElse("")));
        with(change.by(), change.what(), now, applied.files().toArray(String[]::new));
        return new Applied(list.size(), applied.files(), applied.notes());
    }
}
