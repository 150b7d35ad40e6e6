package org.headgate.config;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Applied;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.text.SettingsText;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files in {@code HOME/etc}, read at the start and looked at twice a second from then on. Polling instead of inotify
 * works on every file system, and costs one listing of a small folder.
 */
@Component(
        service = {Configurations.class, FileConfigurations.class},
        immediate = true)
public final class FileConfigurations implements Configurations {
    /** Two scans find a file at rest, so an edit is live within 1 s and a little. */
    private static final Duration PERIOD = Duration.ofMillis(500);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String FIRST = """
            # The gateway itself.

            # Its identity, in topics and payloads: made at the first start; a change takes effect at the next start.
            """;

    private static final Logger LOG = LoggerFactory.getLogger(FileConfigurations.class);

    private final EtcFiles files;
    private final RevisionFolder revisionFolder;
    private final ChangeWriter writer;
    private final Calls calls;
    private final Loop loop;

    /** Reads all files and begins to watch them. */
    @Activate
    public FileConfigurations(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference Scheduler scheduler,
            @Reference Calls calls,
            @Reference Clock clock,
            @Reference Randomness randomness,
            @Reference Validators validators)
            throws IOException {
        this(prepared(Home.of(context)), new LiveImage(admin), scheduler, calls, clock, randomness, validators);
    }

    private FileConfigurations(
            Home home,
            LiveImage image,
            Scheduler scheduler,
            Calls calls,
            Clock clock,
            Randomness randomness,
            Validators validators)
            throws IOException {
        this(
                new DiskFolder(home.etc()),
                new DiskFolder(home.revisions(), RevisionFolder.MOST_MIB, true),
                image,
                scheduler,
                calls,
                clock,
                randomness,
                validators);
    }

    FileConfigurations(
            Folder etc,
            Folder revisions,
            LiveImage image,
            Scheduler scheduler,
            Calls calls,
            Clock clock,
            Randomness randomness,
            Validators validators) {
        this.files = new EtcFiles(etc, image);
        this.calls = calls;
        revisionFolder = new RevisionFolder(revisions);
        writer = new ChangeWriter(files, etc, revisionFolder, validators, clock);
        writer.recover();
        files.load();
        identify(randomness);
        loop = scheduler.loop("config");
        loop.schedule(PERIOD, this::watch);
    }

    @Deactivate
    void close() {
        loop.close();
    }

    @Override
    public List<String> files() {
        return files.files();
    }

    @Override
    public Map<String, String> values(String file) {
        return files.text(file).map(SettingsText::values).orElse(Map.of());
    }

    @Override
    public Optional<String> text(String file) {
        return files.text(file).map(SettingsText::text);
    }

    @Override
    public Optional<String> value(String file, String key) {
        return files.text(file).flatMap(text -> text.entry(key)).map(SettingsText.Entry::value);
    }

    @Override
    public List<String> problems(Change change) {
        return writer.problems(change);
    }

    @Override
    public Applied change(Change change) throws IOException {
        return writer.change(change, Optional.empty());
    }

    @Override
    public List<String> warnings() {
        return files.warnings();
    }

    private void watch() {
        calls.submit(
                "config",
                () -> {
                    files.scan();
                    return true;
                },
                TIMEOUT,
                loop,
                done -> loop.schedule(PERIOD, this::watch));
    }

    /** Makes the gateway's identity at the first start. */
    private void identify(Randomness randomness) {
        Optional<SettingsText> gateway = files.text(FileName.GATEWAY);
        boolean broken = gateway.flatMap(SettingsText::broken).isPresent();
        if (!broken && value(FileName.GATEWAY, "id").isEmpty()) {
            String id = "gw-" + HexFormat.of().formatHex(randomness.bytes(4));
            boolean empty = gateway.map(SettingsText::text).orElse("").isEmpty();
            Change change = Change.by("gateway", "the gateway's identity, made at the first start");
            try {
                writer.change(
                        empty
                                ? change.replace(FileName.GATEWAY, FIRST + "id = " + id + "\n")
                                : change.set(FileName.GATEWAY, "id", id),
                        Optional.empty());
            } catch (IOException failure) {
                LOG.warn("the gateway's identity cannot be kept: {}", failure.toString());
            }
        }
    }

    ChangeWriter writer() {
        return writer;
    }

    RevisionFolder revisionFolder() {
        return revisionFolder;
    }

    EtcFiles etcFiles() {
        return files;
    }

    private static Home prepared(Home home) throws IOException {
        home.prepare();
        return home;
    }
}
