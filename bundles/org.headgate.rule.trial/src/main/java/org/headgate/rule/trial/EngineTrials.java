package org.headgate.rule.trial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.Row;
import org.headgate.history.api.History;
import org.headgate.history.api.Reading;
import org.headgate.rule.api.Forecast;
import org.headgate.rule.api.RuleTrials;
import org.headgate.rule.api.Trial;
import org.headgate.rule.engine.Functions;
import org.headgate.rule.engine.RuleOptions;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.replay.EmissionWriter;
import org.headgate.rule.replay.Player;
import org.headgate.rule.replay.RecordingPlayer;
import org.headgate.rule.replay.ReplayException;
import org.headgate.rule.replay.ReplayRule;
import org.headgate.rule.replay.RuleFile;
import org.headgate.rule.replay.RuleSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Trials with the engine's own programs, fed by recordings and by the history; nothing of what they put out goes anywhere. */
@Component
public final class EngineTrials implements RuleTrials {
    private static final int MOST_NOTES = 5;

    private final Configurations configurations;
    private final History history;
    private final Supplier<FunctionCatalog> functions;

    /** For the service registry. */
    @Activate
    public EngineTrials(
            @Reference Configurations configurations, @Reference History history, @Reference Functions functions) {
        this(configurations, history, functions::catalog);
    }

    EngineTrials(Configurations configurations, History history, Supplier<FunctionCatalog> functions) {
        this.configurations = configurations;
        this.history = history;
        this.functions = functions;
    }

    /** Keeps the first emissions and counts all. */
    private static final class Kept implements Player.Output {
        private final int lines;
        private final List<String> first = new ArrayList<>();
        private long emissions;

        Kept(int lines) {
            this.lines = lines;
        }

        @Override
        public void emission(String rule, long firingNanos, List<Row> rows) {
            emissions++;
            if (first.size() < lines) {
                first.add(new String(EmissionWriter.line(rule, firingNanos, rows), StandardCharsets.UTF_8));
            }
        }

        Trial trial(Player player, List<String> notes) {
            long in = 0;
            for (FlowSnapshot edge : player.counters()) {
                in += edge.in();
            }
            return new Trial(in, player.counters().get(0).emitted(), emissions, first, notes);
        }
    }

    @Override
    public Trial test(String sql, Recording recording, int lines) throws IOException {
        Kept kept = new Kept(lines);
        List<String> notes = new ArrayList<>();
        try {
            RuleSet rules = new RuleSet(List.of(RuleFile.parse(RuleFile.SQL, sql, RuleOptions.DEFAULT)));
            RecordingPlayer player;
            try (InputStream survey = recording.open()) {
                player = RecordingPlayer.surveyed(rules, survey, functions.get(), kept);
            }
            try (InputStream input = recording.open()) {
                player.play(
                        input,
                        problem -> {
                            if (notes.size() < MOST_NOTES) {
                                notes.add(problem);
                            }
                        },
                        EngineTrials::isWanted);
            }
            notes.addAll(player.troubles());
            return kept.trial(player.player(), notes);
        } catch (ReplayException wrong) {
            throw wrong(wrong);
        }
    }

    @Override
    public Trial replay(String rule, long fromNanos, long toNanos, int lines) throws IOException {
        Kept kept = new Kept(lines);
        RuleSet rules = configured(rule);
        Player player = new Player(rules, functions.get(), Inputs.NONE, kept);
        List<String> notes = play(rules, player, fromNanos, toNanos, row -> {});
        return kept.trial(player, notes);
    }

    @Override
    public Forecast forecast(String rule, long fromNanos, long toNanos) throws IOException {
        Estimate estimate = new Estimate();
        RuleSet rules = configured(rule);
        Player player = new Player(rules, functions.get(), Inputs.NONE, (name, firing, rows) -> estimate.out(rows));
        List<String> notes = play(rules, player, fromNanos, toNanos, estimate::in);
        return estimate.forecast(notes);
    }

    private List<String> play(RuleSet rules, Player player, long fromNanos, long toNanos, Consumer<Row> before)
            throws IOException {
        Set<String> sources = rules.sources();
        String streams = sources.size() == 1 ? sources.iterator().next() : "*";
        Reading reading = history.read(streams, fromNanos, toNanos, (stream, row) -> {
            if (sources.contains(stream)) {
                before.accept(row);
                player.row(stream, row, row.timeNanos());
            }
            return isWanted();
        });
        player.finish();
        List<String> notes = new ArrayList<>(player.troubles());
        if (reading.rows() == 0) {
            notes.add("the history has no rows of " + String.join(", ", sources)
                    + " in this time (headgate.history.cfg names what is kept)");
        }
        if (reading.damaged() > 0) {
            notes.add(reading.damaged() + " blocks of the history are damaged and were left out");
        }
        return notes;
    }

    private RuleSet configured(String rule) {
        Map<String, String> values =
                configurations.values(FileName.of("rule", rule).file());
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no rule " + rule + "; rule:list shows them");
        }
        try {
            ReplayRule read = RuleFile.of(rule, values);
            return new RuleSet(List.of(read));
        } catch (ReplayException wrong) {
            throw wrong(wrong);
        }
    }

    private static boolean isWanted() {
        return !Thread.currentThread().isInterrupted();
    }

    private static IllegalArgumentException wrong(ReplayException wrong) {
        return new IllegalArgumentException(wrong.getMessage(), wrong);
    }
}
