package org.headgate.system.api.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.headgate.system.api.kit.MemoryFile.Change;

/**
 * Decides what the medium holds after the power has gone while changes were under way that nobody had synced: all of them, none, the
 * first ones with the last one torn, any of them, or of each sector of 512 bytes or page of 4 KiB any state that it has been in.
 * The file may be as long as it should have been although the bytes are not there: then zeros are, or what the blocks held before.
 */
interface Fate {
    /** Nothing that was not synced has reached the medium. */
    Fate NONE = new Plain(false);

    /** Everything has. */
    Fate ALL = new Plain(true);

    /** Which changes of a folder's names have happened. */
    <T> List<T> choose(List<T> changes);

    /**
     * What is left of a file.
     *
     * @param durable its content on the medium; may be changed
     * @param changes what came since, at least one
     * @param liveLength how long it should have been
     * @param stale what the blocks may have held before
     */
    byte[] of(byte[] durable, List<Change> changes, int liveLength, byte[] stale);

    /** Decides by chance. */
    static Fate of(Random random) {
        return new Chance(random);
    }

    /** All or nothing. */
    record Plain(boolean reached) implements Fate {
        @Override
        public <T> List<T> choose(List<T> changes) {
            return reached ? changes : List.of();
        }

        @Override
        public byte[] of(byte[] durable, List<Change> changes, int liveLength, byte[] stale) {
            Remains remains = new Remains(durable);
            choose(changes).forEach(remains::apply);
            return remains.content();
        }
    }

    /** Anything that may happen. */
    record Chance(Random random) implements Fate {
        @Override
        public <T> List<T> choose(List<T> changes) {
            // A journal keeps their order, other file systems keep that of one name only.
            boolean journal = random.nextInt(3) == 0;
            int first = random.nextInt(changes.size() + 1);
            List<T> chosen = new ArrayList<>(changes.size());
            for (int i = 0; i < changes.size(); i++) {
                if (journal ? i < first : random.nextBoolean()) {
                    chosen.add(changes.get(i));
                }
            }
            return chosen;
        }

        @Override
        public byte[] of(byte[] durable, List<Change> changes, int liveLength, byte[] stale) {
            Remains remains = new Remains(durable);
            switch (random.nextInt(6)) {
                case 0 -> {}
                case 1 -> changes.forEach(remains::apply);
                case 2 -> {
                    int whole = random.nextInt(changes.size());
                    changes.subList(0, whole).forEach(remains::apply);
                    remains.applyFirst(changes.get(whole), random);
                }
                case 3 -> choose(changes).forEach(remains::apply);
                default -> remains.applyVersions(changes, random);
            }
            if (random.nextInt(4) == 0) {
                remains.allot(liveLength, random.nextBoolean() ? stale : new byte[0]);
            }
            return remains.content();
        }
    }
}
