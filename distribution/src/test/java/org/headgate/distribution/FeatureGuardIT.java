package org.headgate.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.headgate.distribution.RunningGateway.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done with features, the bundles of the core stay what and where they are. */
class FeatureGuardIT {
    @TempDir
    static Path home;

    private static RunningGateway gateway;

    @BeforeAll
    static void boot() throws Exception {
        gateway = new RunningGateway(home);
        gateway.start();
        gateway.awaitBundles();
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
    }

    /** The core itself as a feature; those of drivers and of the broker are tried by {@link IsolationIT}. */
    @ParameterizedTest
    @ValueSource(strings = {"headgate-core"})
    void installingAndUninstallingAFeatureLeavesTheCoreBundles(String feature) throws Exception {
        List<String> before = bundles();
        Result install = gateway.exec("feature:install", feature);
        assertThat(install.status()).as(install.toString()).isZero();
        assertThat(bundles()).containsAll(before);
        Result uninstall = gateway.exec("feature:uninstall", feature);
        assertThat(uninstall.status()).as(uninstall.toString()).isZero();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(bundles()).isEqualTo(before));
        assertThat(gateway.exec("gateway:version").status()).isZero();
    }

    /** Even a feature that names a core bundle by mistake must not take it away when it goes. */
    @Test
    void aFeatureThatNamesACoreBundleDoesNotTakeItAway(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("extra.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "test.extra");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        String version = gateway.exec("gateway:version").out().split(" ")[1];
        Path features = Files.writeString(folder.resolve("features.xml"), """
                <features name="test" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="test-extra" version="1.0.0">
                    <bundle>%s</bundle>
                    <bundle>mvn:org.headgate/org.headgate.data.api/%s</bundle>
                  </feature>
                </features>
                """.formatted(jar.toUri(), version));
        List<String> before = bundles();
        assertThat(gateway.exec("feature:repo-add", features.toUri().toString()).status())
                .isZero();
        Result install = gateway.exec("feature:install", "test-extra");
        assertThat(install.status()).as(install.toString()).isZero();
        assertThat(bundles()).containsAll(before).anyMatch(line -> line.contains("test.extra"));
        assertThat(gateway.exec("feature:uninstall", "test-extra").status()).isZero();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(bundles()).isEqualTo(before));
    }

    private static List<String> bundles() throws Exception {
        return gateway.exec("bundle:list", "-t", "0", "-s", "--no-format")
                .out()
                .lines()
                .filter(line -> line.contains("Active"))
                .toList();
    }
}
