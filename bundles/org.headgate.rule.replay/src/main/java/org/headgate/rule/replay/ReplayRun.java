package org.headgate.rule.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.headgate.data.api.Row;
import org.headgate.rule.engine.BuiltIns;
import org.headgate.rule.engine.RuleOptions;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.RuleParser;
import org.headgate.rule.language.StreamDefinition;
import org.headgate.rule.language.Table;

/**
 * One run of {@code headgate replay}. Without a schema the recording is read twice: first for the columns, then for the rows. What cannot be read twice,
 * such as the standard input, is put into a temporary file in between. Memory does not grow with the recording.
 */
final class ReplayRun {
    /** Status: all went well. */
    static final int FINE = 0;
    /** Status: the recording could not be read, or some of its lines could not. */
    static final int BAD_INPUT = 1;
    /** Status: a rule or a schema is wrong. */
    static final int BAD_RULE = 2;
    /** Status: an option is wrong. */
    static final int USAGE = 64;

    /** Chance is the same in every run: two replays of one recording can be compared. */
    private static final FunctionCatalog FUNCTIONS =
            new FunctionCatalog(BuiltIns.all(ZoneId.systemDefault(), new SplittableRandom(1)));

    private static final int MOST_LINES = 20;
    private final InputStream stdin;
    private final OutputStream out;
    private final PrintStream err;
    private long bad;

    ReplayRun(InputStream stdin, OutputStream out, PrintStream err) {
        this.stdin = stdin;
        this.out = out;
        this.err = err;
    }

    /** Runs; returns the status. */
    int run(List<String> words) {
        if (words.contains("--help") || words.contains("-h")) {
            say(ReplayOptions.USAGE);
            return FINE;
        }
        ReplayOptions options;
        try {
            options = ReplayOptions.parse(words);
        } catch (ReplayException wrong) {
            say(wrong.getMessage());
            return USAGE;
        }
        try {
            List<StreamDefinition> schema = schema(options);
            RuleSet rules = rules(options, schema);
            return run(rules, definitions(rules, schema, options), options);
        } catch (ReplayException wrong) {
            say(wrong.getMessage());
            return BAD_RULE;
        } catch (IOException failure) {
            say(why(options.input(), failure));
            return BAD_INPUT;
        } catch (UncheckedIOException nobodyListens) {
            say("the results cannot be written: " + nobodyListens.getCause().getMessage());
            return BAD_INPUT;
        }
    }

    private RuleSet rules(ReplayOptions options, List<StreamDefinition> schema) throws ReplayException {
        List<ReplayRule> rules = new ArrayList<>();
        for (String file : options.rules()) {
            rules.add(timed(RuleFile.read(Path.of(file).getFileName().toString(), content(file)), options));
        }
        if (options.sql().isPresent()) {
            rules.add(timed(RuleFile.parse(RuleFile.SQL, options.sql().get(), RuleOptions.DEFAULT), options));
        }
        Map<String, Table> tables = new TreeMap<>();
        for (StreamDefinition definition : schema) {
            // A table that nobody joins need not be there.
            if (definition.table()
                    && rules.stream().anyMatch(rule -> rule.query().sources().contains(definition.name()))) {
                tables.put(definition.name(), TableFiles.read(options.schema().orElseThrow(), definition));
            }
        }
        return new RuleSet(rules, tables);
    }

    private static ReplayRule timed(ReplayRule rule, ReplayOptions options) {
        RuleOptions own = rule.options();
        long late = options.late().map(Duration::toNanos).orElse(own.lateNanos());
        boolean eventTime = options.eventTime() || own.eventTime();
        return new ReplayRule(rule.name(), rule.query(), eventTime ? own.inEventTime(late) : own);
    }

    private static List<StreamDefinition> schema(ReplayOptions options) throws ReplayException {
        if (options.schema().isEmpty()) {
            return List.of();
        }
        String file = options.schema().get();
        try {
            return RuleParser.definitions(new String(content(file), StandardCharsets.UTF_8));
        } catch (RuleException wrong) {
            throw new ReplayException(file + ": " + wrong.getMessage());
        }
    }

    /** The streams whose types are defined; those that are not wait for a look at the recording. */
    private static Map<String, Columns> definitions(RuleSet rules, List<StreamDefinition> schema, ReplayOptions options)
            throws ReplayException {
        Map<String, Columns> columns = new TreeMap<>();
        if (options.schema().isEmpty()) {
            return columns;
        }
        String file = options.schema().get();
        Set<String> missing = new TreeSet<>(rules.sources());
        for (StreamDefinition definition : schema) {
            missing.remove(definition.name());
            if (!definition.open() && !definition.table()) {
                columns.put(definition.name(), new Columns(definition.schema(), true));
            }
        }
        if (!missing.isEmpty()) {
            throw new ReplayException(file + ": no stream " + String.join(", ", missing) + " (expected: CREATE STREAM "
                    + missing.iterator().next() + " (...))");
        }
        return columns;
    }

    private int run(RuleSet rules, Map<String, Columns> defined, ReplayOptions options)
            throws ReplayException, IOException {
        Path file = Path.of(options.input());
        boolean piped = options.input().equals("-");
        if (defined.keySet().containsAll(rules.sources())) {
            try (InputStream recording = piped ? stdin : open(file)) {
                return play(rules, defined, Set.of(), recording);
            }
        }
        if (!piped && (Files.isRegularFile(file) || !Files.exists(file))) {
            return surveyed(rules, defined, file);
        }
        Path spool = Files.createTempFile("headgate-replay", ".jsonl");
        try (InputStream pipe = piped ? stdin : Files.newInputStream(file)) {
            Files.copy(pipe, spool, StandardCopyOption.REPLACE_EXISTING);
            return surveyed(rules, defined, spool);
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private int surveyed(RuleSet rules, Map<String, Columns> defined, Path file) throws ReplayException, IOException {
        Set<String> wanted = new TreeSet<>(rules.sources());
        wanted.removeAll(defined.keySet());
        Survey survey = new Survey(wanted);
        try (InputStream recording = open(file)) {
            survey.look(recording);
        }
        Map<String, Columns> columns = new TreeMap<>(defined);
        columns.putAll(survey.columns());
        wanted.stream()
                .filter(stream -> !columns.containsKey(stream))
                .forEach(stream -> say("no line is of the stream " + stream
                        + (survey.others().isEmpty()
                                ? ""
                                : " (there are: " + String.join(", ", survey.others()) + ")")));
        try (InputStream recording = open(file)) {
            return play(rules, columns, wanted, recording);
        }
    }

    private int play(RuleSet rules, Map<String, Columns> columns, Set<String> open, InputStream recording)
            throws ReplayException, IOException {
        EmissionWriter writer = new EmissionWriter(out);
        RecordingPlayer player = new RecordingPlayer(
                rules, columns, open, FUNCTIONS, (rule, firing, rows) -> write(writer, rule, firing, rows));
        player.play(recording, this::badLine, () -> true);
        flush();
        player.troubles().forEach(this::say);
        return player.bad() > 0 ? BAD_INPUT : FINE;
    }

    private void badLine(String problem) {
        if (++bad <= MOST_LINES) {
            say(problem);
        } else if (bad == MOST_LINES + 1) {
            say("further lines that are wrong are only counted");
        }
    }

    private static void write(EmissionWriter writer, String rule, long firingNanos, List<Row> rows) {
        try {
            writer.write(rule, firingNanos, rows);
        } catch (IOException nobodyListens) {
            throw new UncheckedIOException(nobodyListens);
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException nobodyListens) {
            throw new UncheckedIOException(nobodyListens);
        }
    }

    private static byte[] content(String file) throws ReplayException {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException failure) {
            throw new ReplayException(why(file, failure));
        }
    }

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file));
    }

    private static String why(String file, IOException failure) {
        return RecordingReader.printable(file) + ": "
                + (failure instanceof NoSuchFileException
                        ? "no such file (expected: a file that can be read)"
                        : "cannot be read: " + RecordingReader.printable(String.valueOf(failure.getMessage())));
    }

    private void say(String line) {
        err.println("headgate: " + line);
    }
}
