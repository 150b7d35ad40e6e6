package org.headgate.rule.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;

/** Plays a recording to rules, line by line. One thread. */
public final class RecordingPlayer {
    private final RuleSet rules;
    private final Map<String, Columns> columns;
    private final Player player;
    private long lines;
    private long bad;

    /**
     * @param columns the streams of the recording that somebody reads
     * @param open those of them that have been looked at, and may have other columns in another recording
     */
    RecordingPlayer(
            RuleSet rules,
            Map<String, Columns> columns,
            Set<String> open,
            FunctionCatalog functions,
            Player.Output output)
            throws ReplayException {
        this.rules = rules;
        this.columns = new TreeMap<>(columns);
        player = new Player(rules, functions, check(open, functions), output);
    }

    /**
     * Types that were only looked up are no promise: where a rule does not fit them, every value shows by itself whether it fits, and one that does not
     * is null and counted, as in a gateway without a schema.
     */
    private Inputs check(Set<String> open, FunctionCatalog functions) throws ReplayException {
        try {
            return rules.check(schemas(), open, functions);
        } catch (ReplayException wrong) {
            if (open.isEmpty()) {
                throw wrong;
            }
            open.forEach(stream -> columns.computeIfPresent(stream, (name, types) -> types.loose()));
            return rules.check(schemas(), open, functions);
        }
    }

    private Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new TreeMap<>();
        columns.forEach((stream, types) -> schemas.put(stream, types.schema()));
        return schemas;
    }

    /** For a recording without a schema: looks at all of it first. */
    public static RecordingPlayer surveyed(
            RuleSet rules, InputStream recording, FunctionCatalog functions, Player.Output output)
            throws IOException, ReplayException {
        Survey survey = new Survey(rules.sources());
        survey.look(recording);
        return new RecordingPlayer(rules, survey.columns(), rules.sources(), functions, output);
    }

    /**
     * Plays a recording to its end.
     *
     * @param problems is told what is wrong with a line
     * @param wanted whether to go on
     */
    public void play(InputStream recording, Consumer<String> problems, BooleanSupplier wanted) throws IOException {
        RecordingReader reader = new RecordingReader(recording);
        while (wanted.getAsBoolean() && reader.next()) {
            lines++;
            if (!reader.problem().isEmpty()) {
                bad++;
                problems.accept(reader.problem());
            } else if (columns.containsKey(reader.stream()) && !rules.puts(reader.stream())) {
                Columns types = columns.get(reader.stream());
                player.row(
                        reader.stream(),
                        types.row(reader.data(), reader.timeNanos(), reader.number()),
                        reader.timeNanos());
            }
        }
        player.finish();
    }

    /** Lines that had something in them. */
    public long lines() {
        return lines;
    }

    /** Lines that were no rows. */
    public long bad() {
        return bad;
    }

    /** The rules at work. */
    public Player player() {
        return player;
    }

    /** What went wrong with rows and rules, a line each. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>(player.troubles());
        columns.forEach((stream, types) -> {
            if (types.misfits() > 0) {
                troubles.add("stream " + stream + ": " + types.misfits()
                        + " values have another type than the schema says, and are BAD; the first: "
                        + RecordingReader.printable(types.firstMisfit()));
            }
        });
        if (bad > 0) {
            troubles.add(bad + " of " + lines + " lines were skipped");
        }
        return troubles;
    }
}
