package org.headgate.driver.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.headgate.config.api.Texts;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Discovered;
import org.headgate.device.api.Discovered.Point;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerDiscoveryTest {
    @TempDir
    Path folder;

    private final Reactor reactor = Ground.loaded();
    private Ground ground;
    private SecuredServer server;
    private Plant plant;

    @BeforeEach
    void build() throws Exception {
        ground = new Ground(folder);
        server = new SecuredServer().having(milo -> plant = new Plant(milo));
    }

    @AfterEach
    void stop() throws Exception {
        server.assertNoSession();
        server.close();
        reactor.stop();
    }

    private List<Discovered> search(Duration patience, String... keysAndValues) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        List<Discovered> found = new ArrayList<>();
        new ServerDiscovery(ground.keyring, reactor, new MovedClock())
                .search(new DeviceSettings("discover", server.address(), patience, List.of(), options), found::add);
        return found;
    }

    private Discovered unsecured() throws Exception {
        List<Discovered> found = search(Duration.ofSeconds(30), "security", "none");
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Map<String, Point> byName(Discovered found) {
        Map<String, Point> points = new HashMap<>();
        found.points()
                .forEach(point -> assertThat(points.put(point.name(), point)).isNull());
        return points;
    }

    private void start() throws Exception {
        server.offering(SecurityPolicy.None, MessageSecurityMode.None).start();
    }

    @Test
    void makesChannelsOfVariablesWithTypesUnitsAndAccess() throws Exception {
        start();
        Discovered found = unsecured();
        assertThat(found.name()).isEqualTo("Press 3");
        assertThat(found.address()).isEqualTo(server.address());
        assertThat(found.settings()).containsExactly(Map.entry("security", "none"));
        Map<String, Point> points = byName(found);
        String temperature = "nsu=urn:plant;s=Boiler/Temperature double unit=Cel";
        assertThat(points.get("boiler-temperature"))
                .isEqualTo(new Point("boiler-temperature", temperature, "Boiler / Temperature", ""));
        assertThat(points.get("oven-temperature").text())
                .isEqualTo("nsu=urn:plant;s=Oven/Temperature float32 unit=[degF]");
        assertThat(points.get("set-point").text()).isEqualTo("nsu=urn:plant;i=77 int16 access=rw");
        assertThat(points.get("n3rd-valve").text()).isEqualTo("nsu=urn:plant;s=3rd\\sValve bool access=w");
        assertThat(points.get("mode").text()).isEqualTo("nsu=urn:plant;s=Mode int32");
        assertThat(points.get("hidden").obstacle()).isEqualTo("may neither be read nor written by this user");
        assertThat(points.get("curve").obstacle())
                .isEqualTo("an array: index=0 takes its first element, string all of it");
        assertThat(points.get("limits").obstacle()).isEqualTo("a structure, which is no value of a channel");
        assertThat(points.get("start").obstacle()).startsWith("a method: ");
        assertThat(points.get("start").text())
                .isEqualTo("method:nsu=urn:plant;s=Boiler/nsu=urn:plant;s=Boiler/Start string access=rw");
        assertThat(points.keySet()).allMatch(Texts::isName).noneMatch(name -> name.contains("server-status"));
        assertThat(found.points()).as("a circle is gone once").hasSize(9);
    }

    @Test
    void endsInTimeAndInSizeHoweverLargeTheServerIs() throws Exception {
        server.having(milo -> plant.grow(60, 200));
        start();
        Discovered found = unsecured();
        assertThat(found.points()).as("a thousand variables and a method").hasSize(1001);
        assertThat(found.description()).endsWith(", the first of more");
        assertThat(byName(found)).hasSameSizeAs(found.points());
    }

    @Test
    void goesFifteenLevelsDeepAndSaysThatThereIsMore() throws Exception {
        server.having(milo -> plant.nest(20));
        start();
        Discovered found = unsecured();
        assertThat(byName(found)).containsKeys("at-1", "at-14").doesNotContainKey("at-15");
        assertThat(found.description()).endsWith(", the first of more");
    }

    @Test
    void seesWhatTheServerGivesInPortionsToTheEnd() throws Exception {
        server.having(milo -> plant.widen(950));
        start();
        Discovered found = unsecured();
        assertThat(found.points()).as("one portion is a thousand").hasSize(9 + 950 + 90);
        assertThat(found.description()).doesNotContain("the first of more");
    }

    @Test
    void showsAHundredMethodsForMoreNobodyReads() throws Exception {
        server.having(milo -> plant.methods(130));
        start();
        assertThat(unsecured().points())
                .filteredOn(point -> point.obstacle().startsWith("a method: "))
                .hasSize(100);
    }

    @Test
    void asksForLessWhereThatIsTooMuchForTheServer() throws Exception {
        Narrow[] narrow = new Narrow[1];
        server.having(milo -> plant.grow(30, 3)).having(milo -> narrow[0] = Narrow.of(milo, server.address(), 4));
        start();
        Discovered found = unsecured();
        assertThat(found.points())
                .hasSize(9 + 90)
                .noneMatch(point -> point.text().isEmpty());
        assertThat(narrow[0].refused()).isPositive();
    }

    @Test
    void stopsWithWhatItHasWhenTheTimeIsOver() throws Exception {
        start();
        Setup setup = Setup.parse(Ground.device(server.address(), "security", "none"), ground.keyring);
        MovedClock clock = new MovedClock();
        try (Session session =
                Session.open(new Dial(setup.address(), setup.timeout(), setup.security(), reactor, clock))) {
            Browser browser = new Browser(session, Deadline.within(Duration.ZERO, clock));
            browser.go();
            assertThat(browser.rest()).isEqualTo(", the first of more");
            assertThat(browser.variables()).isEmpty();
        }
    }

    @Test
    void saysWhatToAddToTheSearchBeforeAServerIsTrusted() throws Exception {
        server.offeringTheUsual()
                .offering(SecurityPolicy.None, MessageSecurityMode.None)
                .trusting(ground.certified().certificate())
                .start();
        String trust = Fingerprint.of(server.certificate()).toString();
        assertThatThrownBy(() -> search(Duration.ofSeconds(20)))
                .hasMessage("nobody has decided to trust server certificate " + trust.substring(0, 11)
                        + "...: compare its SHA-256 with what the server's own tools show, then repeat with trust="
                        + trust);
        Discovered found = search(Duration.ofSeconds(20), "trust", trust).get(0);
        assertThat(found.settings()).containsExactly(Map.entry("trust", trust));
    }

    @Test
    void saysThatNoneMustBeWritten() throws Exception {
        start();
        assertThatThrownBy(() -> search(Duration.ofSeconds(20)))
                .hasMessage("the server encrypts nothing: repeat with security=none");
    }
}
