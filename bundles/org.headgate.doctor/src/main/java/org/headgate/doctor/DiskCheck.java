package org.headgate.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headgate.commands.kit.Cells;
import org.headgate.config.api.Gateway;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.host.FlashWear;
import org.headgate.host.Machine;
import org.headgate.host.Measure;
import org.headgate.host.Sampler;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the disk has room, takes writes, and how long it will: the home's file system, and the flash behind it. */
@Component
public final class DiskCheck implements HealthCheck {
    /** Outbox, history and logs together want 32 MB. */
    private static final long LEAST = 64L << 20;

    private static final double FULL_PERCENT = 90;
    private static final int OLD_PERCENT = 80;
    private static final double SECONDS_A_DAY = 86_400;
    private static final double HOUR = 3600;
    /** A card of 32 GB with 500 erase cycles takes some 5 GB a day for eight years, if it levels its wear well. */
    private static final double MUCH_A_DAY = 5e9;

    private final Machine machine;
    private final SpaceOf space;
    private final Clock clock;

    /** Where the room on the disk is asked for: tests have no full disk at hand. */
    interface SpaceOf {
        Machine.Space space() throws IOException;
    }

    @Activate
    public DiskCheck(@Reference Gateway gateway, @Reference Clock clock) {
        this(Machine.of(gateway.home()), Machine.of(gateway.home())::space, clock);
    }

    DiskCheck(Machine machine, SpaceOf space, Clock clock) {
        this.machine = machine;
        this.space = space;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        findings.add(room());
        findings.addAll(wear());
        findings.add(written());
        return findings;
    }

    private Finding room() {
        String home = machine.disk().toString();
        Machine.Space now;
        try {
            now = space.space();
        } catch (IOException failure) {
            return Finding.fail(home, "the file system cannot be read: " + failure, "dmesg | tail");
        }
        String free = String.format(
                Locale.ROOT,
                "%s of %s are free (%.0f %% used)",
                Cells.bytes(now.usable()),
                Cells.bytes(now.total()),
                now.usedPercent());
        if (now.readOnly()) {
            return Finding.fail(
                    home,
                    "the file system is read-only: nothing is kept, and after an error of the card the kernel makes it so",
                    "dmesg | grep -i -E 'mmc|ext4|I/O error'; sudo mount -o remount,rw $(stat -c %m " + home + ")");
        }
        String clean = "sudo journalctl --vacuum-size=50M; sudo apt-get clean; sudo du -xh / | sort -h | tail -20";
        if (now.usable() < LEAST) {
            return Finding.fail(home, free + ": the outbox cannot grow", clean);
        }
        return now.usedPercent() > FULL_PERCENT ? Finding.warn(home, free, clean) : Finding.ok(home, free);
    }

    private List<Finding> wear() {
        List<FlashWear> told = FlashWear.of(machine);
        if (told.isEmpty()) {
            return List.of(Finding.unknown("wear", "no disk tells how worn it is (SD cards do not)"));
        }
        return told.stream().map(DiskCheck::worn).toList();
    }

    private static Finding worn(FlashWear wear) {
        String used = wear.percent() > 100
                ? "beyond its life"
                : (wear.percent() - 10) + " to " + wear.percent() + " % of its life are used";
        String reserve = wear.reserve() == FlashWear.Reserve.UNKNOWN
                ? ""
                : ", spare blocks: " + wear.reserve().name().toLowerCase(Locale.ROOT);
        String replace = "replace it soon: gateway:export FILE saves the set-up";
        if (wear.percent() > 100 || wear.reserve() == FlashWear.Reserve.URGENT) {
            return Finding.fail(wear.disk(), used + reserve, replace);
        }
        return wear.percent() >= OLD_PERCENT || wear.reserve() == FlashWear.Reserve.WARNING
                ? Finding.warn(wear.disk(), used + reserve, replace)
                : Finding.ok(wear.disk(), used + reserve);
    }

    private Finding written() {
        double bytes;
        double seconds;
        try (Sampler sampler = new Sampler(machine, clock)) {
            sampler.sample(Measure.Group.WRITTEN);
            sampler.sample(Measure.Group.UPTIME);
            bytes = sampler.value(Measure.DISK_WRITTEN);
            seconds = sampler.value(Measure.UPTIME);
        }
        if (Double.isNaN(bytes) || Double.isNaN(seconds) || seconds < HOUR) {
            return Finding.unknown("writes", "how much is written a day is known an hour after the machine started");
        }
        double daily = bytes / seconds * SECONDS_A_DAY;
        String text = Cells.bytes((long) daily) + " a day are written to all disks";
        boolean card = machine.disks().stream().anyMatch(disk -> disk.startsWith("mmcblk"));
        return card && daily > MUCH_A_DAY
                ? Finding.warn(
                        "writes",
                        text + ", which wears a card",
                        "sudo iotop -aoP shows who; ours become less with longer poll of devices and commit of uplinks")
                : Finding.ok("writes", text);
    }
}
