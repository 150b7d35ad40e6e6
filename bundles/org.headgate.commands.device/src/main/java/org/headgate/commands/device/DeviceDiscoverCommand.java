package org.headgate.commands.device;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.Proposals;
import org.headgate.commands.kit.Proposals.Proposal;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Answer;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Discoveries;
import org.headgate.device.api.Drivers;
import org.headgate.device.api.Search;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:discover}. */
@Component(service = ConsoleCommand.class)
public final class DeviceDiscoverCommand implements ConsoleCommand {
    private static final String ADD = "--add";
    private static final String ONLY = "--only";
    private static final String FOR = "--for";
    /** exec ends a command after a minute. */
    private static final Duration MOST = Duration.ofSeconds(50);

    private static final Duration USUAL = Duration.ofSeconds(20);

    private final Configurations configurations;
    private final Commissioning commissioning;
    private final MissingDriver missing;
    private final Standing standing;

    @Activate
    public DeviceDiscoverCommand(
            @Reference Configurations configurations,
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference Drivers drivers,
            @Reference Scheduler scheduler) {
        this.configurations = configurations;
        this.commissioning = commissioning;
        this.missing = new MissingDriver(drivers, scheduler);
        this.standing = new Standing(devices, scheduler);
    }

    @Override
    public Signature signature() {
        return Signature.of("device:discover", "Looks for what a driver could talk to; --add makes devices of it.")
                .words("DRIVER [ADDRESS] [KEY=VALUE...]")
                .flag(ADD, "makes devices of what is new, all of it as one change")
                .option(ONLY + " NAME,...", "with " + ADD + ": of these only")
                .option(FOR + " DURATION", "how long a place is searched, 20s unless told, 50s at most")
                .flag(MissingDriver.INSTALL, "installs the driver first where it is missing, without asking")
                .json()
                .more("ADDRESS says where to look, in the driver's syntax: a bus, a server, a file; without it the"
                        + " driver looks wherever it can. KEY=VALUE are settings that the search needs, with the"
                        + " keys of a device's file. Nothing is written to any device.")
                .more("What is configured already is shown and never added twice. Where there is but one find, its"
                        + " channels are shown, too.")
                .example("device:discover simulator", "Shows what can be simulated.")
                .example("device:discover simulator --add --only mirror", "Makes a device of one find.")
                .example("device:discover host", "Shows the machine that the gateway runs on.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? missing.names() : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String driver = invocation.word(0, "DRIVER");
        List<String> rest =
                new ArrayList<>(invocation.words().subList(1, invocation.words().size()));
        String address = rest.isEmpty() || Assignments.isOne(rest.get(0)) ? "" : rest.remove(0);
        Map<String, String> options = new LinkedHashMap<>();
        Assignments.of(rest).forEach((key, value) -> options.put(key, value.orElse("")));
        Duration patience = patience(invocation);
        if (invocation.option(ONLY).isPresent() && !invocation.flag(ADD)) {
            throw new UsageException(ONLY + " goes with " + ADD);
        }
        List<String> reasons = missing.ensure(invocation, driver, List::of).problems();
        if (!reasons.isEmpty()) {
            return invocation.fail(reasons.get(0));
        }
        Answer<Discoveries> answer = search(invocation, new Search(driver, address, patience, options));
        if (answer.failure().isPresent()) {
            return invocation.fail(answer.failure().get());
        }
        Discoveries seen = answer.value().orElseThrow();
        Proposals proposals = new Proposals(driver, seen.found(), configurations);
        int failed = seen.failures().isEmpty() ? 0 : 1;
        if (!invocation.json()) {
            new ProposalTable(proposals.all()).print(invocation.out());
            seen.failures().forEach(invocation::fail);
        }
        if (invocation.flag(ADD)) {
            return Math.max(failed, add(invocation, proposals, seen.failures()));
        }
        if (invocation.json()) {
            invocation.out().println(ProposalTable.json(proposals.all(), seen.failures(), Optional.empty()));
        } else if (proposals.fresh().findAny().isPresent()) {
            invocation
                    .out()
                    .println("device:discover " + String.join(" ", invocation.words())
                            + " --add makes devices of what is new");
        }
        return failed;
    }

    /** Searches; when nobody waits any more the search ends, too, and its bus is free. */
    private Answer<Discoveries> search(Invocation invocation, Search search) throws InterruptedException {
        CompletionStage<Discoveries> seen = commissioning.discover(search);
        try {
            return invocation.await(
                    seen, search.patience().plusSeconds(5), "looking for devices of " + search.driver());
        } finally {
            seen.toCompletableFuture().cancel(true);
        }
    }

    private int add(Invocation invocation, Proposals proposals, List<String> failures)
            throws UsageException, InterruptedException {
        List<Proposal> wanted = wanted(invocation, proposals);
        if (wanted.isEmpty()) {
            if (invocation.json()) {
                invocation.out().println(ProposalTable.json(proposals.all(), failures, Optional.empty()));
            } else {
                invocation.out().println("nothing to add: there is nothing new");
            }
            return 0;
        }
        Change change = Edits.of(invocation);
        wanted.forEach(proposal -> proposals.add(change, proposal));
        try {
            Applied applied = configurations.change(change);
            if (invocation.json()) {
                invocation.out().println(ProposalTable.json(proposals.all(), failures, Optional.of(applied)));
                return 0;
            }
            List<String> names = wanted.stream().map(Proposal::name).toList();
            Edits.said(invocation, applied, "added: " + String.join(", ", names));
            Map<String, Optional<DeviceStatus>> seen = standing.awaitNew(invocation, names);
            seen.forEach((name, status) -> invocation.out().println(Standing.line(name, status)));
            return 0;
        } catch (IOException refused) {
            return Edits.refused(invocation, refused);
        }
    }

    private static List<Proposal> wanted(Invocation invocation, Proposals proposals) throws UsageException {
        List<Proposal> fresh = proposals.fresh().toList();
        if (invocation.option(ONLY).isEmpty()) {
            return fresh;
        }
        List<String> names = Texts.list(invocation.option(ONLY).get());
        List<String> known = fresh.stream().map(Proposal::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new UsageException(Instances.none(
                        "new find",
                        name,
                        known,
                        known.isEmpty() ? "nothing is new" : "there are: " + String.join(", ", known)));
            }
        }
        return fresh.stream()
                .filter(proposal -> names.contains(proposal.name()))
                .toList();
    }

    private static Duration patience(Invocation invocation) throws UsageException {
        Optional<String> text = invocation.option(FOR);
        Optional<Duration> patience =
                text.flatMap(Texts::duration).filter(duration -> !duration.isZero() && duration.compareTo(MOST) <= 0);
        if (text.isPresent() && patience.isEmpty()) {
            throw new UsageException(FOR + ": " + text.get() + " (expected: " + Texts.DURATION_EXPECTED + ", at most "
                    + Texts.print(MOST) + ")");
        }
        return patience.orElse(USUAL);
    }
}
