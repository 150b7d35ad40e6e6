package org.headgate.diagnostics;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.host.Machine;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:log}. */
@Component(service = ConsoleCommand.class)
public final class LogCommand implements ConsoleCommand {
    private static final String FOLDER = "var/log";
    private static final String FILE = "headgate.log";
    private static final String FROM = "from=";
    private static final String TO = "to=";
    private static final String LEVEL = "--level";
    private static final String COUNT = "--count";
    private static final int MOST_COUNT = 10_000;
    /** A little more than a file grows to. */
    private static final int MOST_BYTES = 3 << 20;

    private static final String EXPECTED =
            "a time such as 2026-11-21, 2026-11-21T09:30 or 2026-11-21T09:30:00Z, or how long ago: 15m, 2h, 1d";

    private final Machine home;
    private final Clock clock;
    private final ZoneId zone;

    @Activate
    public LogCommand(@Reference Gateway gateway, @Reference Clock clock) {
        this(new Machine(gateway.home(), gateway.home()), clock, ZoneId.systemDefault());
    }

    LogCommand(Machine home, Clock clock, ZoneId zone) {
        this.home = home;
        this.clock = clock;
        this.zone = zone;
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:log", "Shows what the log says of a time.")
                .words("[from=TIME] [to=TIME]")
                .option(LEVEL + " LEVEL", "this grave at least: debug, info, warn or error")
                .option(COUNT + " N", "the last N entries of it; 200 without it")
                .json()
                .more(
                        "TIME is a time of this machine (2026-11-21, 2026-11-21T09:30) or how long ago it is (15m, 2h, 1d)."
                                + " Reaches back as far as HOME/var/log/headgate.log and the two older files. Secrets are taken out,"
                                + " and whatever looks like one.")
                .example("gateway:log from=1h --level warn", "What went wrong in the last hour.")
                .example("gateway:log from=2026-11-21T09:30 to=2026-11-21T10:00", "Half an hour.");
    }

    @Override
    public List<String> complete(List<String> before) {
        String last = before.isEmpty() ? "" : before.get(before.size() - 1);
        return last.equals(LEVEL) ? List.of("debug", "info", "warn", "error") : List.of(FROM, TO);
    }

    @Override
    public int run(Invocation invocation) throws UsageException {
        Instant from = Instant.MIN;
        Instant to = Instant.MAX;
        for (String word : invocation.words()) {
            if (word.startsWith(FROM)) {
                from = time(FROM, word);
            } else if (word.startsWith(TO)) {
                to = time(TO, word);
            } else {
                throw new UsageException("unexpected word " + word + " (expected: from=TIME or to=TIME)");
            }
        }
        int count = count(invocation);
        Deque<LogLines.Entry> last = new ArrayDeque<>();
        long left = read(from, to, level(invocation), count, last);
        print(invocation, last, left);
        return 0;
    }

    private void print(Invocation invocation, Deque<LogLines.Entry> entries, long left) {
        Scrubber scrubber = new Scrubber(HomeSecrets.of(home));
        if (invocation.json()) {
            invocation
                    .out()
                    .println(Json.text(entries.stream()
                            .map(entry -> new Json()
                                    .put("time", entry.time())
                                    .put("level", entry.level())
                                    .put("text", scrubber.clean(entry.text())))
                            .toList()));
            return;
        }
        if (left > 0) {
            invocation.out().println("(" + left + " earlier ones; " + COUNT + " shows more)");
        }
        entries.forEach(entry -> invocation.out().println(scrubber.clean(entry.text())));
        if (entries.isEmpty()) {
            invocation.out().println("nothing");
        }
    }

    /** Keeps the last entries that are wanted, and returns how many were left out before them. */
    private long read(Instant from, Instant to, int level, int count, Deque<LogLines.Entry> last) {
        long[] left = new long[1];
        home.names(FOLDER).stream()
                .filter(name -> name.equals(FILE) || name.matches("headgate\\.log\\.\\d"))
                // The one without a number is the newest, of the others the one with the largest.
                .sorted(Comparator.comparing((String name) -> name.equals(FILE)).thenComparing(name -> name))
                .forEach(name -> home.tail(FOLDER + "/" + name, MOST_BYTES)
                        .ifPresent(text -> LogLines.read(text, entry -> {
                            boolean within = !entry.time().isBefore(from)
                                    && entry.time().isBefore(to)
                                    && LogLines.LEVELS.indexOf(entry.level()) >= level;
                            if (within) {
                                last.add(entry);
                                if (last.size() > count) {
                                    last.remove();
                                    left[0]++;
                                }
                            }
                        })));
        return left[0];
    }

    private static int level(Invocation invocation) throws UsageException {
        String text = invocation.option(LEVEL).orElse("trace");
        int level = LogLines.LEVELS.indexOf(text.toUpperCase(Locale.ROOT));
        if (level < 0) {
            throw new UsageException(LEVEL + ": " + text + " (expected: debug, info, warn or error)");
        }
        return level;
    }

    private static int count(Invocation invocation) throws UsageException {
        String text = invocation.option(COUNT).orElse("200");
        return Texts.number(text)
                .filter(number -> number >= 1 && number <= MOST_COUNT)
                .orElseThrow(() -> new UsageException(COUNT + ": " + text + " (expected: 1 to " + MOST_COUNT + ")"))
                .intValue();
    }

    private Instant time(String key, String word) throws UsageException {
        String text = word.substring(key.length());
        Optional<Duration> ago = Texts.duration(text);
        if (ago.isPresent()) {
            return Instant.ofEpochSecond(0, clock.epochNanos()).minus(ago.get());
        }
        try {
            if (!text.contains("T")) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException noTime) {
            throw new UsageException(word + " (expected: " + EXPECTED + ")");
        }
    }
}
