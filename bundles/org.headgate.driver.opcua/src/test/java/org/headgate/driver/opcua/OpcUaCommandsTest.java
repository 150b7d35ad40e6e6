package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.kit.MemoryConfigurations;
import org.headgate.console.api.UsageException;
import org.headgate.console.api.kit.Console;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpcUaCommandsTest {
    private static final String FILE = "headgate.device-press.cfg";

    @TempDir
    Path folder;

    private final MemoryConfigurations configurations = new MemoryConfigurations();
    private final Console console = new Console();
    private final Reactor reactor = Ground.loaded();
    private final Known known = new Known(configurations);
    private Ground ground;
    private SecuredServer server;
    private TrustCommand trust;

    @BeforeEach
    void build() throws Exception {
        ground = new Ground(folder);
        server = new SecuredServer().offeringTheUsual().start();
        configurations.with(FILE, new LinkedHashMap<>(Map.of("driver", "opcua", "address", server.address())));
        configurations.with("headgate.device-self.cfg", new LinkedHashMap<>(Map.of("driver", "host")));
        trust = new TrustCommand(known, known, configurations, ground.keyring, reactor, new MovedClock());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        reactor.stop();
    }

    private String fingerprint() {
        return Fingerprint.of(server.certificate()).toString();
    }

    private Optional<String> trusted() {
        return configurations.value(FILE, "trust");
    }

    @Test
    void showsWhatIsToBeComparedAndTrustsItWhenAPersonSaysSo() throws Exception {
        console.dialogue(new Person("n", "y"));
        assertThat(console.run(trust, "press"))
                .contains("subject      ", "issuer       itself", "application  urn:headgate:test:press")
                .contains("hosts        localhost, 127.0.0.1", "valid        from ", "  " + fingerprint())
                .endsWith("nothing has changed\n");
        assertThat(console.status()).isEqualTo(1);
        assertThat(trusted()).isEmpty();
        assertThat(console.run(trust, "press"))
                .contains("press trusts " + fingerprint().substring(0, 11) + "...");
        assertThat(trusted()).contains(fingerprint());
        assertThat(configurations.value(FILE, "tolerate")).isEmpty();
        assertThat(configurations.changes()).hasSize(1).first().satisfies(change -> {
            assertThat(change.by()).isEqualTo("admin");
            assertThat(change.what()).isEqualTo("opcua:trust press");
        });
    }

    @Test
    void trustsForAProgramOnlyWhatItNames() throws Exception {
        assertThat(console.run(trust, "press")).contains("nobody can be asked here (expected: --fingerprint SHA256)");
        assertThat(console.status()).isEqualTo(1);
        String other = "AB".repeat(32);
        assertThat(console.run(trust, "press", "--fingerprint", other))
                .contains("error: the server shows " + fingerprint().substring(0, 11)
                        + "..., not AB:AB:AB:AB...; nothing has changed");
        assertThat(trusted()).isEmpty();
        JsonNode json = console.json(
                trust, "press", "--json", "--fingerprint", fingerprint().replace(":", ""));
        assertThat(json.get("files")).hasToString("[\"" + FILE + "\"]");
        assertThat(trusted()).contains(fingerprint());
    }

    @Test
    void tellsAChangedCertificateAndWhatIsWrongWithIt() throws Exception {
        String old = "AB".repeat(32);
        configurations.put(FILE, "trust", old);
        configurations.put(FILE, "tolerate", "host, dates");
        server.stop();
        server.showing(
                        SecuredServer.OTHER_KEYS,
                        SecuredServer.certificate(
                                SecuredServer.OTHER_KEYS,
                                "urn:other",
                                List.of(),
                                Instant.now().minus(Duration.ofDays(400))))
                .start();
        console.dialogue(new Person("y"));
        assertThat(console.run(trust, "press"))
                .contains("attention: the server's certificate is for the application urn:other")
                .contains("attention: the server's certificate expired on ")
                .contains("attention: press has trusted another one until now");
        assertThat(trusted()).contains(fingerprint());
        assertThat(configurations.value(FILE, "tolerate"))
                .as("what this one needs")
                .contains("uri, dates");
    }

    /** A program that names a fingerprint has not seen what else is wrong: what it does not name is not taken. */
    @Test
    void toleratesForAProgramOnlyWhatItNames() throws Exception {
        server.stop();
        server.showing(
                        SecuredServer.OTHER_KEYS,
                        SecuredServer.certificate(
                                SecuredServer.OTHER_KEYS,
                                "urn:other",
                                List.of(),
                                Instant.now().minus(Duration.ofDays(400))))
                .start();
        assertThat(console.run(trust, "press", "--fingerprint", fingerprint()))
                .contains("attention: the server's certificate expired on ")
                .endsWith("error: wrong in its certificate: uri,dates (expected: --tolerate uri,dates)\n");
        assertThat(console.status()).isEqualTo(1);
        String[] answer = console.run(trust, "press", "--json", "--fingerprint", fingerprint(), "--tolerate", "dates")
                .split("\n");
        assertThat(answer[1]).isEqualTo("error: wrong in its certificate: uri (expected: --tolerate uri)");
        JsonNode refused = new ObjectMapper().readTree(answer[0]);
        assertThat(refused.at("/flaws/dates").asText()).startsWith("the server's certificate expired on ");
        assertThat(refused.at("/flaws/uri").asText()).contains("urn:other");
        assertThat(refused.at("/certificate/fingerprint").asText()).isEqualTo(fingerprint());
        assertThat(trusted()).isEmpty();
        JsonNode made =
                console.json(trust, "press", "--json", "--fingerprint", fingerprint(), "--tolerate", "dates,uri");
        assertThat(made.at("/flaws").size()).isEqualTo(2);
        assertThat(made.at("/files/0").asText()).isEqualTo(FILE);
        assertThat(trusted()).contains(fingerprint());
        assertThat(configurations.value(FILE, "tolerate")).contains("dates, uri");
        console.run(trust, "press", "--fingerprint", fingerprint());
        assertThat(console.status()).as("tolerated already").isZero();
    }

    @Test
    void saysWhatItTolerates() {
        assertThatThrownBy(() -> console.run(trust, "press", "--fingerprint", fingerprint(), "--tolerate", "hosts"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--tolerate: hosts (expected: dates, host or uri)");
        assertThatThrownBy(() -> console.run(trust, "press", "--tolerate", "host"))
                .hasMessage("--tolerate: host (expected: --fingerprint beside it)");
    }

    @Test
    void whatWasToleratedForAnotherCertificateIsNotForThisOne() throws Exception {
        configurations.put(FILE, "tolerate", "host");
        console.run(trust, "press", "--fingerprint", fingerprint());
        assertThat(configurations.value(FILE, "tolerate"))
                .as("written before any was trusted")
                .contains("host");
        console.run(trust, "press", "--fingerprint", fingerprint());
        assertThat(configurations.value(FILE, "tolerate"))
                .as("the same one again")
                .contains("host");
        configurations.put(FILE, "trust", "AB".repeat(32));
        console.run(trust, "press", "--fingerprint", fingerprint());
        assertThat(configurations.value(FILE, "tolerate")).isEmpty();
    }

    @Test
    void saysWhichDevicesItIsNotFor() throws Exception {
        assertThat(console.run(trust, "self"))
                .isEqualTo("error: self is a device of the driver host (expected: one of opcua)\n");
        assertThat(console.run(trust, "pres"))
                .isEqualTo("error: no device pres; did you mean press? device:list shows them\n");
        server.stop();
        assertThat(console.run(trust, "press")).startsWith("error: the connection is refused");
        server.start();
        assertThat(trust.complete(List.of())).containsExactly("press");
    }

    @Test
    void trustsNoLongerWhatIsTakenBack() throws Exception {
        configurations.put(FILE, "trust", fingerprint());
        configurations.put(FILE, "tolerate", "host");
        DistrustCommand distrust = new DistrustCommand(known, known, configurations);
        assertThat(distrust.complete(List.of())).containsExactly("press");
        assertThat(console.run(distrust, "press")).contains("press trusts no certificate any more");
        assertThat(configurations.values(FILE)).containsOnlyKeys("driver", "address");
        assertThat(console.run(distrust, "self")).contains("self is a device of the driver host");
    }

    @Test
    void showsOursAndTheirsAndPutsOursWhereItCanBeFetched() throws Exception {
        CertificatesCommand certificates = new CertificatesCommand(known, known, configurations, ground.keyring);
        assertThat(console.run(certificates)).contains("ours is not made yet").contains("press   none");
        assertThat(ground.secret(Keyring.NAME)).doesNotExist();
        configurations.put(FILE, "trust", fingerprint());
        OwnCertificate own = ground.certified();
        assertThat(console.run(certificates, "--export"))
                .contains("  " + own.fingerprint(), "press   " + fingerprint().substring(0, 11))
                .doesNotContain("PRIVATE");
        assertThat(folder.resolve("files/opcua-client.der")).hasBinaryContent(own.der());
        assertThat(console.run(certificates)).doesNotContain("the next one");
        ground.system.step(Duration.ofDays(3650 - 30));
        assertThat(console.run(certificates, "--export"))
                .contains("  " + own.fingerprint(), "the next one")
                .contains("  " + ground.keyring.next().orElseThrow().fingerprint())
                .contains(folder.resolve("files/opcua-client-next.der").toString());
        ground.system.step(Duration.ofDays(30 - 3650));
        JsonNode json = console.json(certificates, "--json");
        assertThat(json.at("/next/fingerprint").asText())
                .isEqualTo(ground.keyring.next().orElseThrow().fingerprint().toString());
        assertThat(json.at("/own/application").asText()).isEqualTo("urn:headgate:gw-1");
        assertThat(json.at("/devices/0/trusts/0").asText()).isEqualTo(fingerprint());
    }
}
