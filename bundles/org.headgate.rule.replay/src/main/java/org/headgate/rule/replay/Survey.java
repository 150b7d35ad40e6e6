package org.headgate.rule.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.headgate.data.api.Type;

/** The first look at a recording without a schema: which columns the streams have that somebody reads, and of which types. */
final class Survey {
    /** More columns than this are no columns: somebody has used values as names. */
    static final int MOST_COLUMNS = 10_000;

    private static final int MOST_NAMES = 8;
    private final Set<String> wanted;
    private final Map<String, LinkedHashMap<String, Type>> found = new LinkedHashMap<>();
    private final Set<String> others = new TreeSet<>();

    Survey(Set<String> wanted) {
        this.wanted = wanted;
    }

    /** Looks at a whole recording; lines that are none are left to the second look. */
    void look(InputStream recording) throws IOException {
        RecordingReader reader = new RecordingReader(recording);
        while (reader.next()) {
            if (reader.problem().isEmpty()) {
                look(reader);
            }
        }
    }

    /** The columns of each stream that is wanted and there. */
    Map<String, Columns> columns() {
        Map<String, Columns> columns = new LinkedHashMap<>();
        found.forEach((stream, types) -> columns.put(stream, Columns.found(types)));
        return columns;
    }

    private void look(RecordingReader reader) throws IOException {
        String stream = reader.stream();
        if (!wanted.contains(stream)) {
            if (others.size() < MOST_NAMES) {
                others.add(RecordingReader.printable(stream));
            }
            return;
        }
        LinkedHashMap<String, Type> types = found.computeIfAbsent(stream, name -> new LinkedHashMap<>());
        Columns.look(reader.data(), types);
        if (types.size() > MOST_COLUMNS) {
            throw new IOException("line " + reader.number() + ": stream " + stream + " has more than " + MOST_COLUMNS
                    + " columns (expected: the same names in all of its rows)");
        }
    }

    /** Some streams that are there and that nobody reads. */
    Set<String> others() {
        return others;
    }
}
