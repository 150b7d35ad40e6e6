package org.headgate.outbox.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.headgate.outbox.api.Lane;

/** What an outbox log should be, as simply as it can be said: rows in a list. */
final class ModelLog {
    /** Rows of less than a segment: in memory a commit has no limit, and the model cannot know where it goes. */
    static final int MOST_OFFLINE = 80;

    /** What became of a row. */
    enum Fate {
        PENDING,
        WAITING,
        PASSED,
        DROPPED
    }

    /** A row. */
    static final class ModelRow {
        final long number;
        final String stream;
        Fate fate = Fate.PENDING;
        String reason = "";
        boolean backlog;
        boolean givenInLink;
        boolean givenInProcess;

        ModelRow(long number, String stream) {
            this.number = number;
            this.stream = stream;
        }
    }

    final Map<Long, ModelRow> all = new HashMap<>();
    /** In the order of the log. */
    final List<ModelRow> log = new ArrayList<>();

    final List<ModelRow> pending = new ArrayList<>();
    /** The rows of each batch that was seen, by its identity, and what it reported. */
    final Map<String, List<Long>> batches = new HashMap<>();

    final Map<String, Map<String, Long>> reported = new TreeMap<>();
    /** The batches that arrived with a report, by the number of their first row. */
    private final Map<Long, Map<String, Long>> telling = new HashMap<>();

    private int cut;

    void append(String stream, long number) {
        ModelRow row = new ModelRow(number, stream);
        all.put(number, row);
        pending.add(row);
    }

    /** Group commits of so many bytes or just more each; rows that were cut off are committed by themselves. */
    void commit(long most) {
        while (!pending.isEmpty()) {
            commitOnce(most);
        }
    }

    private void commitOnce(long most) {
        Map<String, BatchBuilder> sizes = new HashMap<>();
        int rows = 0;
        long bytes = 0;
        while (rows < (cut > 0 ? cut : pending.size()) && bytes < most) {
            ModelRow row = pending.get(rows++);
            BatchBuilder size = sizes.computeIfAbsent(row.stream, BatchBuilder::new);
            int before = size.size();
            size.add(World.row(row.number));
            bytes += size.size() - before;
        }
        Map<String, List<ModelRow>> byStream = new LinkedHashMap<>();
        for (ModelRow row : pending.subList(0, rows)) {
            row.fate = Fate.WAITING;
            byStream.computeIfAbsent(row.stream, missing -> new ArrayList<>()).add(row);
        }
        byStream.values().forEach(log::addAll);
        pending.subList(0, rows).clear();
        cut = Math.max(0, cut - rows);
    }

    void linkUp(boolean split) {
        all.values().forEach(row -> row.givenInLink = false);
        if (split) {
            all.values().forEach(row -> row.backlog = true);
            cut = pending.size();
        }
    }

    void restart() {
        cut = 0;
        all.values().forEach(row -> {
            row.givenInLink = false;
            row.givenInProcess = false;
            row.backlog = true;
        });
    }

    /** The first row that a lane has to give out; null when there is none. */
    ModelRow first(Lane lane) {
        if (lane == Lane.LIVE && cut > 0) {
            return null;
        }
        return log.stream()
                .filter(row -> row.fate == Fate.WAITING && !row.givenInLink)
                .filter(row -> row.backlog == (lane == Lane.BACKLOG))
                .findFirst()
                .orElse(null);
    }

    void settle(List<Long> rows, List<Integer> dropped, String reason, Map<String, Long> reports) {
        for (int i = 0; i < rows.size(); i++) {
            ModelRow row = all.get(rows.get(i));
            boolean drop = dropped.contains(i);
            row.fate = drop ? Fate.DROPPED : Fate.PASSED;
            row.reason = drop ? reason : "";
        }
        if (dropped.contains(0)) {
            untell(rows.get(0));
        } else if (!reports.isEmpty() && telling.put(rows.get(0), reports) == null) {
            tell(rows.get(0), reports, 1);
        }
    }

    /** A batch that a crash has brought back may be dropped after it had arrived: its report is made again. */
    private void untell(long first) {
        Map<String, Long> told = telling.remove(first);
        if (told != null) {
            tell(first, told, -1);
        }
    }

    private void tell(long first, Map<String, Long> reports, int factor) {
        Counts.add(reported.computeIfAbsent(all.get(first).stream, missing -> new TreeMap<>()), reports, factor);
    }

    /** The oldest rows are dropped. */
    void dropOldest(long count) {
        log.stream().filter(row -> row.fate == Fate.WAITING).limit(count).forEach(row -> {
            row.fate = Fate.DROPPED;
            row.reason = "outbox-full";
            untell(row.number);
        });
    }

    long count(Fate fate) {
        return all.values().stream().filter(row -> row.fate == fate).count();
    }

    long backlog() {
        return all.values().stream()
                .filter(row -> row.backlog && (row.fate == Fate.WAITING || row.fate == Fate.PENDING))
                .count();
    }

    /** The rows of each stream that were dropped for good, by reason. */
    Map<String, Map<String, Long>> dropped() {
        Map<String, Map<String, Long>> dropped = new TreeMap<>();
        for (ModelRow row : all.values()) {
            if (row.fate == Fate.DROPPED) {
                dropped.computeIfAbsent(row.stream, missing -> new TreeMap<>()).merge(row.reason, 1L, Long::sum);
            }
        }
        return dropped;
    }
}
