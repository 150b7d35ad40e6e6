package org.headgate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverFileReaderTest {
    private static final String REPOSITORY = "repository/org/acme/features/1/features-1.xml";

    @TempDir
    Path folder;

    @Test
    void aBundleIsADriverByItsHeaderOrByItsName() throws Exception {
        DriverFile file = DriverFileReader.read(Bundled.driver("acme", "1.2").in(folder, "x.jar"));
        assertThat(file.driver()).isEqualTo("acme");
        assertThat(file.version()).isEqualTo("1.2.0");
        assertThat(file.digest()).hasSize(64);
        Bundled named = Bundled.driver("acme", "1.0.0.beta")
                .with("Bundle-SymbolicName", "com.example;singleton:=true")
                .with(DriverFile.HEADER, "lamp");
        assertThat(DriverFileReader.read(named.in(folder, "x.jar")).feature())
                .hasToString("headgate-driver-lamp/1.0.0.beta");
    }

    @Test
    void whatIsNoDriverIsRefusedInOneLine() throws Exception {
        refused(Bundled.driver("x", "1").without("Bundle-SymbolicName"), "no Bundle-SymbolicName");
        refused(Bundled.driver("x", "1").with("Bundle-SymbolicName", "org.acme.lamp"), "names no driver");
        refused(Bundled.driver("x", "1").with(DriverFile.HEADER, "Lamp 1"), "names [Lamp 1]");
        refused(Bundled.driver("x", "1").with("Fragment-Host", "org.headgate.data.api"), "is a fragment");
        refused(Bundled.driver("x", "one"), "its manifest is wrong");
        refused(Bundled.driver("x", "1").with("Import-Package", "a;version=\"[1\""), "its manifest is wrong");
        refusedFile("x.jar", new byte[0], "damaged or not complete");
        refusedFile("x.jar", "no archive at all".getBytes(StandardCharsets.UTF_8), "damaged or not complete");
        refusedFile("x.zip", Bundled.driver("x", "1").bytes(), "expected: a .jar or a .kar");
        assertThatThrownBy(() -> DriverFileReader.read(folder.resolve("none.jar")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("none.jar: there is no such file");
    }

    /** Whatever was cut off, and wherever a byte has flipped that matters, it is no other driver than before. */
    @Test
    void aFileThatIsCutOffAnywhereOrDamagedInItsContentIsRefused() throws Exception {
        byte[] whole = Bundled.driver("x", "1").bytes();
        for (int length = 0; length < whole.length; length++) {
            refusedFile("x.jar", Arrays.copyOf(whole, length), "x.jar: ");
        }
        int content = new String(whole, StandardCharsets.ISO_8859_1).indexOf("content") + "content".length();
        for (int at = content; at < content + 30; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            refusedFile("x.jar", damaged, "x.jar: ");
        }
    }

    @Test
    void anArchiveOfKarafWithOneFeatureOfBundlesIsADriver() throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(REPOSITORY, feature("<bundle>mvn:org.acme/lamp/1.1</bundle><bundle>mvn:org.acme/lib/2</bundle>"));
        entries.put(
                "repository/org/acme/lamp/1.1/lamp-1.1.jar",
                Bundled.driver("lamp", "1.1").bytes());
        entries.put(
                "repository/org/acme/lib/2/lib-2.jar",
                Bundled.driver("lib", "2")
                        .with("Bundle-SymbolicName", "org.acme.lib")
                        .bytes());
        Path kar = Bundled.kar(folder, entries);
        DriverFile file = DriverFileReader.read(kar);
        assertThat(file.feature()).hasToString("headgate-driver-lamp/3.0.0");
        assertThat(file.parts())
                .extracting(DriverFile.Part::symbolicName)
                .containsExactly("org.acme.driver.lamp", "org.acme.lib");
        try (var in = DriverFileReader.open(kar, file.parts().get(0))) {
            assertThat(in.readAllBytes()).isEqualTo(entries.get("repository/org/acme/lamp/1.1/lamp-1.1.jar"));
        }
    }

    @Test
    void anArchiveThatDoesMoreThanToBringBundlesIsRefused() throws Exception {
        refusedKar("<bundle>mvn:org.acme/lamp/1.1</bundle><config name=\"x\">a=b</config>", "has a <config>");
        refusedKar("<bundle>mvn:org.acme/lamp/9</bundle>", "mvn:org.acme/lamp/9 is not in the archive");
        refusedKar("<bundle>http://127.0.0.1/lamp.jar</bundle>", "expected: mvn:");
        refusedKar("<bundle>mvn:../../etc/passwd</bundle>", "is not in the archive");
        refusedKar("", "has no bundle");
        refusedKar(
                "<bundle>mvn:org.acme/lamp/1.1</bundle></feature><feature name=\"b\">", "2 features (expected: one)");
    }

    /** A few hundred KiB that become a full disk or a full memory: nothing is inflated beyond what a driver may be. */
    @Test
    void anArchiveThatInflatesWithoutEndIsRefused() throws Exception {
        assertThatThrownBy(() ->
                        DriverFileReader.read(Bundled.kar(folder, Map.of(REPOSITORY, feature(" ".repeat(1 << 20))))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("some.kar: features-1.xml is larger than 1 MiB (expected: a driver)");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 70; i++) {
            many.put(
                    "repository/" + i + ".xml",
                    ("<a>" + " ".repeat((1 << 20) - 7) + "</a>").getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> DriverFileReader.read(Bundled.kar(folder, many)))
                .hasMessage("some.kar: unpacked larger than 64 MiB (expected: a driver)");
        Map<String, byte[]> parts = new LinkedHashMap<>();
        StringBuilder bundles = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            parts.put("repository/org/acme/lamp/" + i + "/lamp-" + i + ".jar", padded(i, 24 << 20));
            bundles.append("<bundle>mvn:org.acme/lamp/" + i + "</bundle>");
        }
        parts.put(REPOSITORY, feature(bundles.toString()));
        assertThatThrownBy(() -> DriverFileReader.read(Bundled.kar(folder, parts)))
                .hasMessage("some.kar: unpacked larger than 64 MiB (expected: a driver)");
        Bundled manifest = Bundled.driver("x", "1").with("X", "y".repeat(1 << 20));
        refused(manifest, "x.jar: MANIFEST.MF is larger than 1 MiB (expected: a driver)");
    }

    @Test
    void aPartThatHasGrownSinceItWasReadIsNotUnpackedWithoutEnd() throws Exception {
        Path kar = Bundled.kar(folder, Map.of("part", new byte[(64 << 20) + 1]));
        DriverFile.Part part = new DriverFile.Part("x", "1", java.util.Optional.empty(), Needs.of(Map.of()), "part");
        try (var in = DriverFileReader.open(kar, part)) {
            assertThatThrownBy(() -> in.transferTo(java.io.OutputStream.nullOutputStream()))
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessage("unpacked larger than 64 MiB (expected: a driver)");
        }
    }

    /** A bundle with so many zeros beside it in the archive. */
    private static byte[] padded(int number, int size) throws Exception {
        byte[] bundle = Bundled.driver("lamp", "1." + number).bytes();
        return Arrays.copyOf(bundle, bundle.length + size);
    }

    private void refusedKar(String content, String why) throws Exception {
        Path kar = Bundled.kar(
                folder,
                Map.of(
                        REPOSITORY,
                        feature(content),
                        "repository/org/acme/lamp/1.1/lamp-1.1.jar",
                        Bundled.driver("lamp", "1.1").bytes()));
        assertThatThrownBy(() -> DriverFileReader.read(kar))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(why);
    }

    private static byte[] feature(String content) {
        return ("<features name=\"f\" xmlns=\"http://karaf.apache.org/xmlns/features/v1.6.0\">"
                        + "<feature name=\"acme-lamp\" version=\"3\">" + content + "</feature></features>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void refused(Bundled bundle, String why) throws Exception {
        refusedFile("x.jar", bundle.bytes(), why);
    }

    private void refusedFile(String name, byte[] bytes, String why) throws Exception {
        Path file = Files.write(folder.resolve(name), bytes);
        assertThatThrownBy(() -> DriverFileReader.read(file))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }
}
