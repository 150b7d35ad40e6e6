package org.headgate.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.headgate.commands.kit.Cells;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Gateway;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.Finding.Level;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.Machine;
import org.headgate.outbox.api.Outbox;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.api.Priority;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the disks take what waits for the uplinks, whether it fits there, and what servers have refused. */
@Component
public final class OutboxCheck implements HealthCheck {
    private static final String REFUSED = "refused-";
    /** What a log says where nothing is wrong with its disk: it is told with what the servers have refused. */
    private static final Pattern NOT_KEPT = Pattern.compile("\\d+ refused rows not kept");

    private final Outbox outbox;
    private final Configurations configurations;
    private final Path home;
    private final SpaceOf space;

    /** What the file system of a folder has: tests have no small disk at hand. */
    interface SpaceOf {
        Machine.Space space(Path folder) throws IOException;
    }

    @Activate
    public OutboxCheck(@Reference Outbox outbox, @Reference Configurations configurations, @Reference Gateway gateway) {
        this(
                outbox,
                configurations,
                gateway.home(),
                folder -> Machine.of(folder).space());
    }

    OutboxCheck(Outbox outbox, Configurations configurations, Path home, SpaceOf space) {
        this.outbox = outbox;
        this.configurations = configurations;
        this.home = home;
        this.space = space;
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public List<Finding> check() {
        List<OutboxStatus> all = outbox.list();
        if (all.isEmpty()) {
            return List.of(Finding.unknown("", "none is open"));
        }
        List<Finding> findings = new ArrayList<>();
        Map<Path, List<OutboxStatus>> folders = new TreeMap<>();
        for (OutboxStatus log : all) {
            Path base = base(log.name());
            folders.computeIfAbsent(base, missing -> new ArrayList<>()).add(log);
            problem(log).ifPresent(findings::add);
            refused(log, base).ifPresent(findings::add);
        }
        folders.forEach((folder, logs) -> room(folder, logs).ifPresent(findings::add));
        if (findings.isEmpty()) {
            long queued = all.stream().mapToLong(log -> log.flow().queued()).sum();
            findings.add(Finding.ok("", "the disk takes what comes; " + queued + " rows wait"));
        }
        return findings;
    }

    private static Optional<Finding> problem(OutboxStatus log) {
        if (log.problem().isEmpty() || NOT_KEPT.matcher(log.problem()).lookingAt()) {
            return Optional.empty();
        }
        boolean fails = log.problem().startsWith("cannot ");
        String risk = log.atRisk() > 0
                ? "; " + log.atRisk() + " rows are in memory only: a power cut or a stop would cost them"
                : "";
        String remedy = fails
                ? "dmesg | tail says what the disk has; then gateway:doctor disk; it goes on by itself when the disk works"
                : "outbox:status shows how much it holds; gateway:doctor disk tells how to make room";
        return Optional.of(new Finding(fails ? Level.FAIL : Level.WARN, subject(log), log.problem() + risk, remedy));
    }

    /** What a server would not take is kept, and nobody but a person can tell what is to become of it. */
    private static Optional<Finding> refused(OutboxStatus log, Path base) {
        String priority = log.name().priority() == Priority.NORMAL
                ? "main"
                : log.name().priority().label();
        Path folder = base.resolve(log.name().uplink()).resolve(priority);
        long files = new Machine(folder, folder)
                .names("").stream().filter(name -> name.startsWith(REFUSED)).count();
        long lost = log.refusedLost();
        return files == 0 && lost == 0
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        subject(log),
                        "its server has refused rows: " + files + " batches are in quarantine"
                                + (lost == 0
                                        ? ""
                                        : ", " + lost + " rows were not kept: it was full, or the disk failed"),
                        "outbox:refused " + log.name().uplink()
                                + " shows them, gateway:log tells why; when it is mended: " + "outbox:clear-refused "
                                + log.name().uplink()));
    }

    /** Whether all that may come to lie in one folder fits on its disk. */
    private Optional<Finding> room(Path folder, List<OutboxStatus> logs) {
        long growth = logs.stream()
                .mapToLong(log -> Math.max(0, log.maxBytes() - log.bytes()))
                .sum();
        try {
            long free = space.space(folder).usable();
            return growth <= free
                    ? Optional.empty()
                    : Optional.of(Finding.warn(
                            folder.toString(),
                            "the outboxes there may grow by " + Cells.bytes(growth) + ", and " + Cells.bytes(free)
                                    + " are free: a long outage fills the disk, and they shrink to outbox.min-free",
                            "uplink:set NAME outbox.max-bytes=..., or outbox.dir on a larger disk"));
        } catch (IOException unknown) {
            // Whether the disk works is told above.
            return Optional.empty();
        }
    }

    private Path base(OutboxName name) {
        return configurations
                .value(FileName.of("uplink", name.uplink()).file(), "outbox.dir")
                .map(Path::of)
                .orElseGet(() -> home.resolve("var").resolve("outbox"));
    }

    private static String subject(OutboxStatus log) {
        return "outbox " + log.name();
    }
}
