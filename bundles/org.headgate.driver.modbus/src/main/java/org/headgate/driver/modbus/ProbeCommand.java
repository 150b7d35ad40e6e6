package org.headgate.driver.modbus;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Proposals;
import org.headgate.commands.kit.Proposals.Proposal;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Search;
import org.headgate.device.api.UnknownSettingException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code modbus:probe}: the search of {@code device:discover modbus}, with the registers that it has seen. */
@Component(service = ConsoleCommand.class)
public final class ProbeCommand implements ConsoleCommand {
    private static final String ADD = "--add";
    private static final String FOR = "--for";
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final Duration MOST = Duration.ofHours(1);
    private static final int SECONDS = 2;

    private final ModbusDriver driver;
    private final Commissioning commissioning;
    private final Configurations configurations;

    /** A command for the driver of the same bundle. */
    @Activate
    public ProbeCommand(
            @Reference ModbusDriver driver,
            @Reference Commissioning commissioning,
            @Reference Configurations configurations) {
        this.driver = driver;
        this.commissioning = commissioning;
        this.configurations = configurations;
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "modbus:probe", "Looks for Modbus units on a line, and shows what their registers may mean.")
                .words("BUS [KEY=VALUE...]")
                .flag(ADD, "makes devices of the units, with what looks right as channels")
                .option(FOR + " DURATION", "how long to look at most, 5m unless told")
                .json()
                .more("BUS is rtu:PORT, tcp:HOST[:PORT] or rtu-tcp:HOST:PORT. On a port the usual baud rates and"
                        + " parities are tried, the likely ones first, each with the units 1 to 10; then the other"
                        + " units, where somebody has answered. Whatever answers is there, be it with a refusal."
                        + " On a port that devices use already only their settings can be tried; they wait"
                        + " meanwhile. Nothing is written.")
                .more("units=1-247, baud=9600,19200, frame=8E1,8N2, wait=200ms (for each answer) and"
                        + " registers=holding/0-49,input/0-49 say what to ask.")
                .more("Registers are shown as whole numbers of 16 and 32 bits and as floats, in the four orders in"
                        + " which devices send their bytes; * marks what looks like a value. Ctrl-C ends it.")
                .example("modbus:probe tcp:127.0.0.1:502 units=1 --for 1s", "Asks a unit on a network.")
                .untilInterrupted();
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty()
                ? List.of("rtu:/dev/", "tcp:", "rtu-tcp:")
                : Assignments.complete(
                        before,
                        ProbeSettings.KEYS.stream().map(key -> key + "=").toList());
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String bus = invocation.word(0, "BUS");
        Map<String, String> options = new LinkedHashMap<>();
        Assignments.of(invocation.words().subList(1, invocation.words().size()))
                .forEach((key, value) -> options.put(key, value.orElse("")));
        Duration patience = patience(invocation);
        String medium;
        try {
            medium = ProbeSettings.of(new DeviceSettings("probe", bus, patience, List.of(), options))
                    .lines()
                    .get(0)
                    .medium();
        } catch (UnknownSettingException unknown) {
            throw new UsageException(unknown.getMessage() + Texts.meant(unknown.word(), unknown.known()));
        } catch (InvalidSettingException wrong) {
            throw new UsageException(wrong.getMessage());
        }
        Discoveries seen;
        try {
            seen = search(invocation, new Search(driver.name(), bus, patience, options), medium);
        } catch (ExecutionException failed) {
            return invocation.fail(String.valueOf(failed.getCause().getMessage()));
        }
        List<ProbedUnit> units =
                driver.sightings().of(medium).map(Sightings.Search::seen).orElse(List.of());
        Proposals proposals = new Proposals(driver.name(), seen.found(), configurations);
        if (invocation.json()) {
            invocation.out().println(json(proposals, units, seen.failures()));
        } else {
            show(invocation.out(), proposals, units);
            seen.failures().forEach(invocation::fail);
            driver.sightings()
                    .of(medium)
                    .map(Sightings.Search::note)
                    .filter(note -> !note.isEmpty())
                    .ifPresent(note -> invocation.out().println("note: " + note));
        }
        int failed = seen.failures().isEmpty() ? 0 : 1;
        if (invocation.flag(ADD)) {
            return Math.max(failed, add(invocation, proposals));
        }
        if (!invocation.json() && proposals.fresh().findAny().isPresent()) {
            invocation.out().println("with --add devices are made of what is new");
        }
        return failed;
    }

    /** Says now and then how far it is; when nobody waits any more the search ends, and its bus is free. */
    private Discoveries search(Invocation invocation, Search search, String medium)
            throws InterruptedException, ExecutionException {
        CompletableFuture<Discoveries> answer = commissioning.discover(search).toCompletableFuture();
        String said = "";
        try {
            while (true) {
                try {
                    return answer.get(SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException stillRuns) {
                    String now = driver.sightings()
                            .of(medium)
                            .map(Sightings.Search::progress)
                            .orElse("waiting for the bus");
                    if (!invocation.json() && !now.equals(said)) {
                        invocation.out().println(now);
                        invocation.out().flush();
                        said = now;
                    }
                }
            }
        } finally {
            answer.cancel(true);
        }
    }

    private static void show(PrintStream out, Proposals proposals, List<ProbedUnit> units) {
        if (proposals.all().isEmpty()) {
            out.println("nobody has answered");
            return;
        }
        Table found = new Table("NAME", "ADDRESS", "STATE", "WHAT");
        for (Proposal one : proposals.all()) {
            found.row(
                            one.name(),
                            one.found().address(),
                            one.state(),
                            one.found().description())
                    .explain();
        }
        found.print(out);
        units.stream().filter(unit -> unit.twin().isEmpty()).forEach(unit -> new ProbeTables(unit).print(out));
    }

    private static Json json(Proposals proposals, List<ProbedUnit> units, List<String> failures) {
        List<Json> all = new ArrayList<>();
        for (Proposal one : proposals.all()) {
            Json json = new Json()
                    .put("name", one.name())
                    .put("address", one.found().address())
                    .put("description", one.found().description())
                    .put("state", one.state());
            units.stream()
                    .filter(unit -> unit.address().equals(one.found().address()))
                    .findFirst()
                    .ifPresent(unit -> json.put("registers", unit.tables()));
            Map<String, String> channels = new LinkedHashMap<>();
            one.points().forEach(point -> channels.put(point.name(), point.text()));
            all.add(json.put("channels", channels));
        }
        return new Json().put("units", all).put("failures", failures);
    }

    private int add(Invocation invocation, Proposals proposals) {
        List<Proposal> fresh = proposals.fresh().toList();
        if (fresh.isEmpty()) {
            return invocation.json() ? 0 : said(invocation, "nothing to add: there is nothing new");
        }
        Change change = Edits.of(invocation);
        fresh.forEach(proposal -> proposals.add(change, proposal));
        String names = String.join(", ", fresh.stream().map(Proposal::name).toList());
        try {
            var applied = configurations.change(change);
            return invocation.json()
                    ? 0
                    : Edits.said(invocation, applied, "added: " + names + "; device:list shows them");
        } catch (IOException refused) {
            return Edits.refused(invocation, refused);
        }
    }

    private static int said(Invocation invocation, String line) {
        invocation.out().println(line);
        return 0;
    }

    private static Duration patience(Invocation invocation) throws UsageException {
        Optional<String> text = invocation.option(FOR);
        Optional<Duration> patience =
                text.flatMap(Texts::duration).filter(time -> !time.isZero() && time.compareTo(MOST) <= 0);
        if (text.isPresent() && patience.isEmpty()) {
            throw new UsageException(FOR + ": " + text.get() + " (expected: " + Texts.DURATION_EXPECTED + ", at most "
                    + Texts.print(MOST) + ")");
        }
        return patience.orElse(USUAL);
    }
}
