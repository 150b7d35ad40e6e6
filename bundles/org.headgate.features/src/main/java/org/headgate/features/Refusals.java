package org.headgate.features;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.headgate.features.DroppedFiles.Stamp;
import org.headgate.features.RefusedException.Remedy;

/**
 * Files of {@code deploy/} whose change was refused, and when each is worth another try: at once when it is another file, never when
 * it was the file's own fault, else after a pause that doubles, or when another driver has changed meanwhile. One thread's.
 */
final class Refusals {
    /** In looks at the folder. */
    private static final long FIRST_PAUSE = 20;

    private static final long LONGEST_PAUSE = 1200;

    private final SortedMap<String, Refusal> refused = new TreeMap<>();
    private long looks;

    /**
     * One refusal.
     *
     * @param stamp the file as it was then; empty for one that was gone
     * @param why one line
     * @param remedy what it takes
     * @param first how many changes of drivers there had been when it was refused first
     * @param last the same when it was refused last
     * @param pause how long to wait, in looks
     * @param due when to try again, in looks
     */
    record Refusal(Optional<Stamp> stamp, String why, Remedy remedy, long first, long last, long pause, long due) {}

    /** Time has passed. */
    void look() {
        looks++;
    }

    /** Whether there is nothing to be tried now. */
    boolean isSettled(String file, Optional<Stamp> stamp, long changes) {
        Refusal refusal = refused.get(file);
        if (refusal == null || !refusal.stamp.equals(stamp)) {
            return false;
        }
        return switch (refusal.remedy) {
            case ANOTHER_FILE -> true;
            case ANOTHER_CHANGE -> refusal.last == changes;
            case TIME -> refusal.last == changes && looks < refusal.due;
        };
    }

    /** How many changes of drivers there had been when this file was refused first; empty when it is new. */
    Optional<Long> since(String file, Optional<Stamp> stamp) {
        return Optional.ofNullable(refused.get(file))
                .filter(refusal -> refusal.stamp.equals(stamp))
                .map(Refusal::first);
    }

    /**
     * Notes a refusal.
     *
     * @param changes how many changes of drivers there had been when it was tried
     * @return whether nobody knows of it
     */
    boolean add(String file, Optional<Stamp> stamp, String why, Remedy remedy, long changes) {
        Refusal before = refused.get(file);
        boolean again = before != null && before.stamp.equals(stamp);
        long pause = again ? Math.min(2 * before.pause, LONGEST_PAUSE) : FIRST_PAUSE;
        refused.put(
                file, new Refusal(stamp, why, remedy, again ? before.first : changes, changes, pause, looks + pause));
        return !again || !before.why.equals(why);
    }

    void remove(String file) {
        refused.remove(file);
    }

    /** Forgets those that are neither there nor to be removed; whether there were such. */
    boolean retain(Collection<String> files) {
        return refused.keySet().retainAll(files);
    }

    /** Why, a line a file. */
    List<String> lines() {
        return refused.values().stream().map(Refusal::why).toList();
    }
}
