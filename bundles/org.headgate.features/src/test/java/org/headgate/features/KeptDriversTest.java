package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.config.api.kit.MemoryRevisions;
import org.headgate.device.api.DriverRequest.FromFile;
import org.headgate.device.api.DriverRequest.Purpose;
import org.headgate.system.api.kit.MemoryStorage;
import org.headgate.system.api.kit.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptDriversTest {
    @TempDir
    Path folder;

    private final SimulatedSystem system = new SimulatedSystem(1);

    /** One gateway. */
    private final class Site {
        final MemoryCatalog catalog = new MemoryCatalog();
        final MemoryConfigurations configurations = Wished.configurations("host");
        final MemoryStorage disk = new MemoryStorage();
        final Depot depot = new Depot(disk, folder);
        final FeatureDrivers drivers = new FeatureDrivers(
                catalog,
                new MemoryFramework(),
                depot,
                configurations,
                new MemoryRevisions(configurations),
                event -> {},
                system,
                system,
                system);
        final KeptDrivers kept = new KeptDrivers(drivers, depot, folder.resolve("cache"));

        void install(Path file) throws Exception {
            result(drivers.change(new FromFile(file, Purpose.EITHER), false, plan -> {}));
        }

        byte[] copy(String file) throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            kept.copy(file, bytes);
            return bytes.toByteArray();
        }
    }

    @Test
    void whatOneGatewayHasIsKeptByAnotherAndInstalledWhenItIsNamed() throws Exception {
        Site one = new Site();
        one.install(Bundled.driver("acme", "1.0").in(folder, "acme.jar"));
        one.install(kar());
        assertThat(one.kept.list()).containsExactly("acme@1.0.0.jar", "lamp@3.0.0.kar");

        Site other = new Site();
        for (String file : one.kept.list()) {
            result(other.kept.keep(this, file, new ByteArrayInputStream(one.copy(file))));
        }
        assertThat(other.kept.list()).isEqualTo(one.kept.list());
        assertThat(other.catalog.installed).doesNotContainKey("headgate-driver-acme");
        Wished.drivers(other.configurations, "host, acme@1.0.0, lamp@3.0.0");
        assertThat(result(other.kept.settle())).isEmpty();
        assertThat(other.catalog.installed).containsKeys("headgate-driver-acme", "headgate-driver-lamp");
        result(other.kept.prune(this));
        assertThat(other.kept.list()).isEqualTo(one.kept.list());
        assertThat(folder.resolve("cache")).isEmptyDirectory();
        // And back: the same bundles are the same version, however they were packed.
        result(one.kept.keep(this, "lamp@3.0.0.kar", new ByteArrayInputStream(other.copy("lamp@3.0.0.kar"))));
    }

    @Test
    void whatNobodyCameToNameIsDeleted() throws Exception {
        Site site = new Site();
        result(site.kept.keep(this, "acme@1.0.0.jar", jar("1.0")));
        result(site.kept.settle());
        assertThat(site.kept.list()).containsExactly("acme@1.0.0.jar");
        result(site.kept.prune(this));
        assertThat(site.kept.list()).isEmpty();
    }

    @Test
    void whoIsDoneDeletesNothingThatAnotherIsAboutToName() throws Exception {
        Site site = new Site();
        result(site.kept.keep("one", "acme@1.0.0.jar", jar("1.0")));
        result(site.kept.keep("other", "acme@1.0.0.jar", jar("1.0")));
        result(site.kept.keep("other", "acme@1.1.0.jar", jar("1.1")));
        result(site.kept.prune("one"));
        assertThat(site.kept.list()).containsExactly("acme@1.0.0.jar", "acme@1.1.0.jar");
        result(site.kept.prune("other"));
        assertThat(site.kept.list()).isEmpty();
    }

    @Test
    void whatIsNotWhatItsNameSaysIsRefused() throws Exception {
        Site site = new Site();
        refused(site.kept.keep(this, "acme@1.1.0.jar", jar("1.0")), "acme@1.1.0.jar: holds acme 1.0.0");
        refused(site.kept.keep(this, "acme@1.0.0.jar", new ByteArrayInputStream(new byte[100])), "acme@1.0.0.jar: ");
        refused(site.kept.keep(this, "acme@1.0.0.jar", InputStream.nullInputStream()), "acme@1.0.0.jar: ");
        assertThat(site.kept.list()).isEmpty();
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void whatAKillHasLeftIsDeletedAtTheNextStartAndNothingElse() throws Exception {
        Path cache = folder.resolve("cache");
        Files.createDirectories(cache.resolve("driver123"));
        Files.writeString(cache.resolve("driver123/acme@1.0.0.jar"), "half");
        Files.createDirectories(cache.resolve("drivers"));
        Files.writeString(cache.resolve("driver456"), "no folder");
        Site site = new Site();
        result(site.kept.settle());
        assertThat(cache).isDirectoryNotContaining("glob:**/driver123");
        assertThat(cache.resolve("drivers")).isDirectory();
        assertThat(cache.resolve("driver456")).isRegularFile();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Site site = new Site();
        Wished.drivers(site.configurations, "host, acme@1.0.0");
        assertThat(result(site.kept.settle()))
                .hasSize(1)
                .allMatch(line -> line.contains("acme@1.0.0 is not in HOME/var/drivers"));
        assertThat(site.drivers.warnings()).hasSize(1);
    }

    @Test
    void repeatsWhatTheLauncherSaid() {
        Site site = new Site();
        site.drivers.tellOfTheStart("the console listens on 20000\n\nthe broker does not run");
        assertThat(site.drivers.warnings()).containsExactly("the console listens on 20000", "the broker does not run");
        site.drivers.tellOfTheStart(null);
        assertThat(site.drivers.warnings()).isEmpty();
    }

    private ByteArrayInputStream jar(String version) throws Exception {
        return new ByteArrayInputStream(Bundled.driver("acme", version).bytes());
    }

    private Path kar() throws Exception {
        byte[] features = ("<features name=\"f\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">"
                        + "<feature name=\"acme-lamp\" version=\"3\"><bundle>mvn:org.acme/lamp/1</bundle>"
                        + "<bundle>mvn:org.acme/lib/2</bundle></feature></features>")
                .getBytes(StandardCharsets.UTF_8);
        Path kar = Bundled.kar(
                folder,
                Map.of(
                        "repository/f/1/f-1.xml",
                        features,
                        "repository/org/acme/lamp/1/lamp-1.jar",
                        Bundled.driver("lamp", "1").bytes(),
                        "repository/org/acme/lib/2/lib-2.jar",
                        Bundled.driver("lib", "2")
                                .with("Bundle-SymbolicName", "org.acme.lib")
                                .bytes()));
        return Files.move(kar, folder.resolve("lamp.kar"));
    }

    private <T> T result(CompletionStage<T> stage) throws Exception {
        system.run();
        return stage.toCompletableFuture().get(1, TimeUnit.SECONDS);
    }

    private void refused(CompletionStage<Void> stage, String why) {
        assertThatThrownBy(() -> result(stage))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }
}
