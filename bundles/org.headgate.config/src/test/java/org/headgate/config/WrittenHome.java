package org.headgate.config;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.system.api.kit.SimulatedSystem;

/** A home whose disk and power are in the hands of a test, with the writer of its files. */
final class WrittenHome {
    static final String BOILER = "headgate.device-boiler.cfg";
    static final String PUMP = "headgate.device-pump.cfg";
    static final String RULE = "headgate.rule-avg.cfg";

    final MemoryFolder.Power power = new MemoryFolder.Power();
    final MemoryAdmin admin = new MemoryAdmin();
    final Validators validators = new Validators();
    final SimulatedSystem system = new SimulatedSystem(1);
    MemoryFolder etc;
    MemoryFolder revisions;
    EtcFiles files;
    ChangeWriter writer;

    WrittenHome() {
        renew();
        restart();
    }

    /** Empty folders; whoever has begun goes on in the old ones until the restart. */
    void renew() {
        etc = new MemoryFolder(power);
        revisions = new MemoryFolder(power);
    }

    /** As the gateway does when it starts. */
    void restart() {
        files = new EtcFiles(etc, new LiveImage(admin.service()));
        ChangeWriter started = new ChangeWriter(files, etc, new RevisionFolder(revisions), validators, system);
        started.recover();
        files.load();
        writer = started;
    }

    /** What was not synchronised is there or not, as the dice say. */
    void reboot(Random dice) {
        etc.reboot(dice);
        revisions.reboot(dice);
    }

    static Change change() {
        return Change.by("anna", "device:set");
    }

    Applied set(String file, String key, String value) throws IOException {
        return writer.change(change().set(file, key, value), Optional.empty());
    }

    List<StoredRevision> all() throws IOException {
        RevisionFolder folder = new RevisionFolder(revisions);
        List<StoredRevision> all = new ArrayList<>();
        for (StoredRevision.Heading heading : folder.headings()) {
            all.add(folder.read(heading.number()));
        }
        return all;
    }

    Optional<StoredRevision> waiting() throws IOException {
        return writer.waiting().find();
    }

    Duration left() throws IOException {
        return writer.waiting().left(waiting().orElseThrow());
    }

    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        etc.names().forEach(name -> texts.put(name, etc.text(name)));
        return texts;
    }
}
