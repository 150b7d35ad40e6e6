package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.config.api.Revisions;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.config.api.kit.MemoryRevisions;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingTest {
    @TempDir
    Path folder;

    private final MemoryConfigurations configurations = Wished.configurations("host");
    private final MemoryRevisions revisions = new MemoryRevisions(configurations);
    private final MemoryCatalog catalog = new MemoryCatalog();
    private final MemoryFramework framework = new MemoryFramework();
    private final Depot depot = new Depot(new MemoryStorage(), Path.of("/home"));
    /** What the revisions were asked for. */
    private final List<String> asked = new ArrayList<>();
    /** The call that fails. */
    private String busy = "";

    private final DriverChanges changes =
            new DriverChanges(catalog, framework, depot, configurations, new Keeping(guarded()));

    @Test
    void nothingIsDeletedAsLongAsTheRevisionsCannotBeAsked() throws Exception {
        named("acme", "1.0");
        named("lamp", "1.0");
        for (String call : List.of("list", "files")) {
            busy = call;
            changes.pruneAll(this);
            assertThat(depot.versions()).as(call).hasSize(2);
        }
        busy = "";
        changes.pruneAll(this);
        assertThat(depot.versions()).as("a revision names it").containsExactly(FeatureId.ofDriver("acme", "1.0.0"));
    }

    @Test
    void eachRevisionIsReadOnceForAllDrivers() throws Exception {
        for (String driver : List.of("acme", "lamp", "bulb")) {
            named(driver, "1.0");
        }
        revisions.with("anna", "more", Map.of());
        asked.clear();
        new Reconciliation(catalog, framework, depot, changes).run(false);
        assertThat(asked).containsExactly("list", "files", "files");
    }

    /** A driver that is kept; the first one is named by a revision. */
    private void named(String driver, String version) throws Exception {
        Path jar = Bundled.driver(driver, version).in(folder, driver + ".jar");
        changes.keep(this, DriverFileReader.read(jar), jar);
        if (revisions.list().isEmpty()) {
            revisions.with("anna", "driver:install", Map.of(DriverChanges.FILE, "drivers = acme@1.0.0\n"));
        }
    }

    private Revisions guarded() {
        return (Revisions) Proxy.newProxyInstance(
                Revisions.class.getClassLoader(), new Class<?>[] {Revisions.class}, (proxy, method, words) -> {
                    asked.add(method.getName());
                    if (method.getName().equals(busy)) {
                        IOException failure = new IOException("busy");
                        throw busy.equals("files") ? failure : new UncheckedIOException(failure);
                    }
                    try {
                        return method.invoke(revisions, words);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
