package org.headgate.commands.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final String GATEWAY = "headgate.gateway.cfg";
    private static final String UPLINK = "headgate.uplink-cloud.cfg";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Bench(folder.resolve("one"));
        bench.configurations.with(GATEWAY, Map.of("id", "gw-1")).with(UPLINK, Map.of("password", "@mqtt-password"));
        bench.configurations.put(GATEWAY, "console.port", "8123");
        bench.configurations.put(GATEWAY, "drivers", "host, acme@1.1");
        bench.drivers.put("acme@1.0.0.jar", "older".getBytes(StandardCharsets.UTF_8));
        bench.drivers.put("acme@1.1.0.jar", "a driver".getBytes(StandardCharsets.UTF_8));
        bench.secrets.put("mqtt-password", "very secret");
    }

    @Test
    void movesASetUpToAnotherGateway() throws Exception {
        assertThat(bench.run(bench.export(), "site.zip"))
                .isEqualTo("site.zip: 2 files and 1 drivers\nneeds the secret mqtt-password\n");
        byte[] zip = Files.readAllBytes(folder.resolve("one/files/site.zip"));
        assertThat(new String(zip, StandardCharsets.ISO_8859_1)).doesNotContain("very secret", "gw-1", "8123");

        Bench other = other(zip);
        other.configurations
                .with(GATEWAY, Map.of("id", "gw-2"))
                .with("headgate.device-x.cfg", Map.of("driver", "host"));
        assertThat(other.run(other.bring(), "site.zip")).isEqualTo("""
                ~ headgate.gateway.cfg
                + headgate.uplink-cloud.cfg
                2 files applied (revision 1)
                note: the secret mqtt-password is not set: secret:set mqtt-password
                """);
        assertThat(other.configurations.values(GATEWAY))
                .containsEntry("id", "gw-2")
                .containsEntry("drivers", "host, acme@1.1")
                .doesNotContainKey("console.port");
        assertThat(other.drivers).containsOnlyKeys("acme@1.1.0.jar");
        assertThat(other.settled).isOne();
        assertThat(other.pruned).isOne();
        assertThat(other.run(other.bring(), "site.zip", "confirm=1m")).startsWith("nothing to change");
    }

    @Test
    void theSameSetUpIsTheSameArchive() throws Exception {
        bench.run(bench.export(), "a.zip");
        bench.run(bench.export(), "b.zip");
        assertThat(folder.resolve("one/files/a.zip")).hasSameBinaryContentAs(folder.resolve("one/files/b.zip"));
        assertThat(bench.fails(bench.export(), "a.zip")).contains("exists already");
    }

    @Test
    void aSecretInClearTextLeavesNoGateway() throws Exception {
        bench.configurations.put(UPLINK, "password", "very secret");
        assertThat(bench.fails(bench.export(), "site.zip"))
                .isEqualTo("error: " + UPLINK + ": password in clear text (expected: @NAME, see secret:set)\n");
        assertThat(folder.resolve("one/files/site.zip")).doesNotExist();
    }

    @Test
    void whatAnotherGatewayCouldNotReadIsNotExported() throws Exception {
        bench.configurations.put(UPLINK, "user", "\uFFFD");
        assertThat(bench.fails(bench.export(), "site.zip"))
                .isEqualTo("error: " + UPLINK + ": not UTF-8; correct it first\n");
    }

    @Test
    void aWantedDriverThatIsNotThereIsMissed() throws Exception {
        bench.drivers.clear();
        assertThat(bench.fails(bench.export(), "site.zip")).contains("the driver acme@1.1 is wanted, but not here");
    }

    @Test
    void whatIsRefusedLeavesNoDriverBehind() throws Exception {
        bench.run(bench.export(), "site.zip");
        Bench other = other(Files.readAllBytes(folder.resolve("one/files/site.zip")));
        other.configurations.refuse(java.util.List.of(UPLINK + ": address: missing"));
        assertThat(other.fails(other.bring(), "site.zip")).contains("error: " + UPLINK + ": address: missing");
        assertThat(other.pruned).isOne();
        bench.drivers.put("acme@1.1.0.jar", "bad one".getBytes(StandardCharsets.UTF_8));
        bench.run(bench.export(), "bad.zip");
        Bench third = other(Files.readAllBytes(folder.resolve("one/files/bad.zip")));
        assertThat(third.fails(third.bring(), "site.zip")).isEqualTo("error: acme@1.1.0.jar: no driver\n");
        assertThat(third.configurations.changes()).isEmpty();
        assertThat(third.pruned).isOne();
    }

    @Test
    void hostileArchivesAreRefusedInOneLine() throws Exception {
        refused(zip(Map.of()), "no headgate.json");
        refused(with("etc/../../secrets/key", "x = 1"), "'etc/../../secrets/key' in it");
        refused(with("/etc/" + UPLINK, "x = 1"), "in it");
        refused(with("etc/headgate.device-UPPER.cfg", ""), "in it");
        refused(with("etc/sub/" + UPLINK, ""), "in it");
        refused(with("etc\\" + UPLINK, ""), "in it");
        refused(with("drivers/../acme@1.jar", ""), "in it");
        refused(with("drivers/acme.exe", ""), "in it");
        refused(with("\u001b[2J", ""), "'?[2J' in it");
        refused(with("etc/headgate.rule-more.cfg", "sql = x"), "not the files that headgate.json names");
        refused(with("etc/" + UPLINK, "#".repeat((1 << 20) + 1)), "too large");
        refused(
                with("headgate.json", "{\"format\":2,\"headgate\":\"9.0\"}"),
                "format 2 of Headgate 9.0 (expected: format 1)");
        refused(with("headgate.json", "[]"), "no object");
        refused(with("headgate.json", "{"), "headgate.json: ");
        refused(new byte[100], "no headgate.json");
        refused(twice(with("etc/headgate.uplink-clouD.cfg", "sql = x")), "twice");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 2001; i++) {
            many.put("etc/headgate.rule-r" + i + ".cfg", new byte[0]);
        }
        refused(zip(many), "too many entries");
    }

    /** Small in the archive, and far more than the memory when it is unpacked. */
    @Test
    void aBombIsNotUnpacked() throws Exception {
        Map<String, byte[]> bomb = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            bomb.put("etc/headgate.rule-r" + i + ".cfg", new byte[1 << 20]);
        }
        refused(zip(bomb), "too large");
        // Nor where nothing is kept of it.
        refused(entry("drivers/acme@1.1.0.jar", 65), "'drivers/acme@1.1.0.jar' is too large");
        refused(entry("drivers/", 1), "'drivers/' is no folder");
        refused(entry("etc/", 1), "'etc/' is no folder");
    }

    /** An archive with one entry of so many MiB of nothing. */
    private static byte[] entry(String name, int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(name));
            byte[] nothing = new byte[1 << 20];
            for (int i = 0; i < mebibytes; i++) {
                out.write(nothing);
            }
        }
        return bytes.toByteArray();
    }

    /** Whatever happens to an archive on its way: it is refused in one line, or it is what it was. */
    @Test
    void damageIsNoticed() throws Exception {
        bench.run(bench.export(), "site.zip");
        byte[] whole = Files.readAllBytes(folder.resolve("one/files/site.zip"));
        Random random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = random.nextBoolean() ? whole.clone() : Arrays.copyOf(whole, random.nextInt(whole.length));
            if (damaged.length == whole.length) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Bench other = other(damaged);
            String out = other.run(other.bring(), "site.zip");
            if (other.console.status() == 0) {
                assertThat(other.configurations.values(UPLINK)).isEqualTo(bench.configurations.values(UPLINK));
            } else {
                refused++;
                assertThat(out.lines()).hasSize(1);
                assertThat(other.configurations.changes()).isEmpty();
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    private void refused(byte[] zip, String why) throws Exception {
        Bench other = other(zip);
        String out = other.fails(other.bring(), "site.zip");
        assertThat(out).startsWith("error: site.zip: ").contains(why);
        assertThat(out.lines()).hasSize(1);
        assertThat(other.configurations.changes()).isEmpty();
        assertThat(other.drivers).isEmpty();
    }

    private Bench other(byte[] zip) throws IOException {
        Path home = Files.createTempDirectory(folder, "home");
        Bench other = new Bench(home);
        Files.write(home.resolve("files/site.zip"), zip);
        return other;
    }

    /** A good archive with one entry more, or another one. */
    private static byte[] with(String entry, String text) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "headgate.json",
                ("{\"format\":1,\"headgate\":\"0.1.0\",\"files\":[\"" + UPLINK + "\"],\"drivers\":[],\"secrets\":[]}")
                        .getBytes(StandardCharsets.UTF_8));
        entries.put("etc/" + UPLINK, "address = x\n".getBytes(StandardCharsets.UTF_8));
        entries.put(entry, text.getBytes(StandardCharsets.UTF_8));
        return zip(entries);
    }

    /** Both entries under one name, which no program writes. */
    private static byte[] twice(byte[] zip) {
        String text = new String(zip, StandardCharsets.ISO_8859_1).replace("clouD", "cloud");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
