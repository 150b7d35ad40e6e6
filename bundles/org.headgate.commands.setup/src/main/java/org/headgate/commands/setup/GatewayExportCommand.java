package org.headgate.commands.setup;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.FileName;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.Texts;
import org.headgate.config.text.SettingsText;
import org.headgate.config.text.SettingsText.Entry;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code gateway:export}. */
@Component(service = ConsoleCommand.class)
public final class GatewayExportCommand implements ConsoleCommand {
    private final Gateway gateway;
    private final Configurations configurations;
    private final SetUps setUps;
    private final HomeFiles home;
    private final Work work;

    @Activate
    public GatewayExportCommand(
            @Reference Gateway gateway,
            @Reference Configurations configurations,
            @Reference Revisions revisions,
            @Reference DriverAccess drivers,
            @Reference Calls calls) {
        this.gateway = gateway;
        this.configurations = configurations;
        setUps = new SetUps(configurations, revisions);
        home = new HomeFiles(gateway.home());
        work = new Work(calls, drivers);
    }

    @Override
    public Signature signature() {
        return Signature.of("gateway:export", "Writes the whole set-up to a new archive, for another gateway.")
                .words("FILE")
                .json()
                .more(
                        "FILE is a new file in HOME/files: all headgate.*.cfg files without what belongs to this machine (id,"
                                + " console.port), and the drivers that came from files. Secrets are never in it; those that are"
                                + " needed are named.")
                .example("gateway:export site.zip", "Writes HOME/files/site.zip.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String name = invocation.word(0, "FILE");
        invocation.atMost(1);
        Map<String, String> files = new TreeMap<>(setUps.now());
        files.computeIfPresent(FileName.GATEWAY, (file, text) -> MachineKeys.without(text));
        List<String> open = clearText(files);
        if (!open.isEmpty()) {
            open.forEach(invocation::fail);
            return 1;
        }
        Collection<String> secrets = SecretUses.in(files).keySet();
        try {
            List<String> drivers = drivers();
            Manifest manifest = new Manifest(gateway.version(), files.keySet(), drivers, secrets);
            work.run(invocation, "writing " + name, () -> {
                home.create(name, out -> write(out, manifest, files));
                return true;
            });
            said(invocation, name, manifest);
            return 0;
        } catch (IOException failed) {
            return invocation.fail(failed.getMessage());
        }
    }

    private void said(Invocation invocation, String name, Manifest manifest) {
        if (invocation.json()) {
            invocation
                    .out()
                    .println(new Json()
                            .put("file", name)
                            .put("files", manifest.files())
                            .put("drivers", manifest.drivers())
                            .put("secrets", manifest.secrets()));
            return;
        }
        invocation
                .out()
                .println(name + ": " + manifest.files().size() + " files and "
                        + manifest.drivers().size() + " drivers");
        manifest.secrets().forEach(secret -> invocation.out().println("needs the secret " + secret));
        configurations.warnings().stream()
                .filter(warning -> manifest.files().stream().anyMatch(warning::startsWith))
                .forEach(warning -> invocation.out().println("note: " + warning));
    }

    /** The files of the wanted drivers that came from files. */
    private List<String> drivers() throws IOException {
        List<String> files = new ArrayList<>();
        for (String word :
                Texts.list(configurations.value(FileName.GATEWAY, "drivers").orElse(""))) {
            if (word.contains("@")) {
                // What is written as 1.1 is version 1.1.0.
                files.add(work.drivers().list().stream()
                        .filter(file -> file.matches("\\Q" + word + "\\E(\\.0){0,2}\\.(jar|kar)"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("the driver " + word
                                + " is wanted, but not here; bring its file again: driver:install FILE")));
            }
        }
        return files;
    }

    private static List<String> clearText(Map<String, String> files) {
        List<String> found = new ArrayList<>();
        files.forEach((file, text) -> {
            for (Entry entry : SettingsText.parse(text).entries()) {
                if (Masked.isClearText(entry)) {
                    found.add(file + ": " + entry.key() + " in clear text (expected: @NAME, see secret:set)");
                }
            }
        });
        return found;
    }

    private void write(OutputStream out, Manifest manifest, Map<String, String> files) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(entry(Manifest.ENTRY));
        zip.write(Archive.utf8(manifest.toString()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            zip.putNextEntry(entry(Archive.ETC + file.getKey()));
            zip.write(Archive.utf8(file.getValue()));
        }
        for (String driver : manifest.drivers()) {
            zip.putNextEntry(entry(Archive.DRIVERS + driver));
            work.drivers().copy(driver, zip);
        }
        zip.finish();
    }

    /** Without the time, so that the same set-up is always the same archive. */
    private static ZipEntry entry(String path) {
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        return entry;
    }
}
