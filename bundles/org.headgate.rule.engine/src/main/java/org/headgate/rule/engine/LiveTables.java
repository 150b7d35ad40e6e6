package org.headgate.rule.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.config.api.Problem;
import org.headgate.rule.api.RuleTables;
import org.headgate.rule.api.TableStatus;
import org.headgate.rule.language.Table;
import org.headgate.stream.api.StreamBus;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Outcome;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configured tables. Each second one call looks whether their sources have changed, which costs a stat of each file; nothing is looked at while there are no
 * tables. A changed one is read when two looks have found it alike. Thread-safe.
 */
@Component(service = {LiveTables.class, RuleTables.class})
public final class LiveTables implements RuleTables {
    private static final String OWNER = "tables";
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(LiveTables.class);

    private final Clock clock;
    private final Calls calls;
    private final StreamBus bus;
    private final Loop loop;
    private final Map<String, LiveTable> tables = new LinkedHashMap<>();
    private Consumer<String> changed = name -> {};
    private Loop.Timer timer = () -> {};
    private boolean looking;

    @Activate
    public LiveTables(
            @Reference Scheduler scheduler, @Reference Calls calls, @Reference Clock clock, @Reference StreamBus bus) {
        this.clock = clock;
        this.calls = calls;
        this.bus = bus;
        this.loop = scheduler.loop(OWNER);
    }

    @Deactivate
    void close() {
        loop.close();
    }

    /** Why a table cannot have a name. */
    static String nameTaken(String name) {
        return new Problem("name", name, "a name that no device or rule has").toString();
    }

    /** Calls this with a table's name when it has come, gone or become another one; on whatever thread, without a lock. */
    synchronized void onChange(Consumer<String> listener) {
        changed = listener;
    }

    void add(LiveTable table) {
        Consumer<String> listener;
        synchronized (this) {
            tables.put(table.name(), table);
            listener = changed;
            timer.cancel();
            timer = loop.schedule(Duration.ZERO, this::tick);
        }
        listener.accept(table.name());
    }

    void remove(LiveTable table) {
        Consumer<String> listener;
        synchronized (this) {
            tables.remove(table.name(), table);
            listener = changed;
        }
        listener.accept(table.name());
    }

    /** The rows of a table that can be joined; empty when there is none, or when its name is a stream's. */
    synchronized Optional<Table> find(String name) {
        LiveTable table = tables.get(name);
        return table == null || isStream(name) || !table.wrong().isEmpty() ? Optional.empty() : table.table();
    }

    /** Why a table that is configured cannot be joined; empty when it can, or when the name is no table's. */
    synchronized Optional<String> problem(String name) {
        LiveTable table = tables.get(name);
        if (table == null || isStream(name) || table.problem().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("table " + name + ": " + table.problem());
    }

    /** Whether a name is a table's, which no stream may have. */
    synchronized boolean has(String name) {
        return tables.containsKey(name) && !isStream(name);
    }

    @Override
    public synchronized List<TableStatus> list() {
        return tables.values().stream()
                .map(table -> table.status(isStream(table.name())))
                .sorted(Comparator.comparing(TableStatus::name))
                .toList();
    }

    private boolean isStream(String name) {
        return bus.streams().contains(name);
    }

    private synchronized void tick() {
        if (tables.isEmpty()) {
            return;
        }
        timer = loop.schedule(PERIOD, this::tick);
        // A file system that hangs has its thread still inside of a look.
        if (!looking && calls.stuck(OWNER) == 0) {
            looking = true;
            List<LiveTable> all = tables.values().stream()
                    .filter(table -> table.wrong().isEmpty())
                    .toList();
            calls.submit(OWNER, () -> look(all), PATIENCE, loop, this::looked);
        }
    }

    private static Map<LiveTable, LiveTable.Found> look(List<LiveTable> all) {
        Map<LiveTable, LiveTable.Found> found = new LinkedHashMap<>();
        for (LiveTable table : all) {
            table.look().ifPresent(news -> found.put(table, news));
        }
        return found;
    }

    private void looked(Outcome<Map<LiveTable, LiveTable.Found>> outcome) {
        List<String> names = new ArrayList<>();
        Consumer<String> listener;
        synchronized (this) {
            looking = false;
            listener = changed;
            outcome.failure().ifPresent(failure -> LOG.warn("tables: cannot be looked at: {}", failure.toString()));
            outcome.value().orElse(Map.of()).forEach((table, found) -> {
                if (tables.get(table.name()) == table) {
                    table.take(found, clock.epochNanos());
                    log(table);
                    names.add(table.name());
                }
            });
        }
        names.forEach(listener);
    }

    private static void log(LiveTable table) {
        if (table.problem().isEmpty()) {
            LOG.info(
                    "table {}: {} rows",
                    table.name(),
                    table.table().orElseThrow().rows().size());
        } else {
            LOG.warn("table {}: INVALID: {}", table.name(), table.problem());
        }
    }
}
