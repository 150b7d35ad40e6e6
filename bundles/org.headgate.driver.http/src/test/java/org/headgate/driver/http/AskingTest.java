package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.ActionNeededException;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls and writes, against the JDK's server. */
class AskingTest {
    private static final Duration PATIENT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final Home home = new Home();
    private HttpDriver driver;
    private Station station;

    @BeforeEach
    void start() throws IOException {
        driver = new HttpDriver(home.vault(folder), new Inbox(any -> true), () -> {}, Home.NAMES, new MovedClock());
        station = new Station();
    }

    @AfterEach
    void stop() {
        station.close();
    }

    private DeviceSettings settings(String... options) {
        DeviceSettings quick = Station.at(station.address().getPort(), options);
        return new DeviceSettings(quick.device(), quick.address(), PATIENT, quick.channels(), quick.options());
    }

    private RecordedReadings read(String... options) throws Exception {
        DeviceSettings settings = settings(options);
        try (Connection connection = driver.open(settings)) {
            return read(connection, settings);
        }
    }

    private static RecordedReadings read(Connection connection, DeviceSettings settings) throws IOException {
        RecordedReadings readings = new RecordedReadings();
        connection.read(settings.channels(), readings);
        return readings;
    }

    @Test
    void anAnswerBecomesValues() throws Exception {
        RecordedReadings readings = read();
        assertThat(readings.number(0)).isEqualTo(0.25);
        assertThat(readings.values.get(1)).isEqualTo("roof");
        assertThat(readings.number(2)).isEqualTo(3);
        assertThat(station.asked.peek()).startsWith("GET /status?all=1 ");
    }

    @Test
    void whoWeAreIsSaid() throws Exception {
        read("user=anna", "password=@password", "header.X-Tenant=north");
        assertThat(station.asked.poll()).contains("[Basic YW5uYTpvcGVuIHNlc2FtZQ==] [north]");
        read("token=@meter-token");
        assertThat(station.asked.poll()).contains("[Bearer s3cret-token]");
        read("header.Authorization=@meter-token");
        assertThat(station.asked.poll()).contains("[s3cret-token]");
    }

    @Test
    void aSecretThatIsNotThereIsAskedFor() {
        assertThatThrownBy(() -> driver.open(settings("token=@none")))
                .isInstanceOf(ActionNeededException.class)
                .hasMessageContaining("@none")
                .extracting(needed -> ((ActionNeededException) needed).command())
                .isEqualTo("secret:set none");
    }

    @Test
    void aSecretCannotAddAFieldOfItsOwn() {
        home.put("bad", "x\r\nX-Evil: 1");
        assertThatThrownBy(() -> driver.open(settings("token=@bad"))).isInstanceOf(ActionNeededException.class);
        assertThat(station.asked).isEmpty();
    }

    @Test
    void oneConnectionCarriesManyPollsAndIsReplacedWhenTheServerHungUp() throws Exception {
        DeviceSettings settings = settings();
        List<Integer> ports = new ArrayList<>();
        try (Connection connection = driver.open(settings)) {
            for (int i = 0; i < 6; i++) {
                boolean hangUp = i == 2;
                station.next(exchange -> {
                    ports.add(exchange.getRemoteAddress().getPort());
                    if (hangUp) {
                        exchange.getResponseHeaders().set("Connection", "close");
                    }
                    Station.say(exchange, 200, "{}");
                });
                read(connection, settings);
            }
        }
        assertThat(ports.subList(0, 3)).containsOnly(ports.get(0));
        assertThat(ports.subList(3, 6)).containsOnly(ports.get(3)).doesNotContain(ports.get(0));
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() throws Exception {
        DeviceSettings settings = settings();
        try (Connection connection = driver.open(settings)) {
            station.next(exchange -> {
                exchange.getResponseHeaders().set("ETag", "\"7\"");
                Station.say(exchange, 200, "{\"fan\":9}");
            });
            station.next(exchange -> Station.say(exchange, 304, ""));
            assertThat(read(connection, settings).number(2)).isEqualTo(9);
            assertThat(read(connection, settings).number(2)).isEqualTo(9);
            assertThat(station.asked).last().asString().contains("[\"7\"]");
            assertThat(read(connection, settings).number(2)).isEqualTo(3);
            assertThat(read(connection, settings).number(2)).isEqualTo(3);
            assertThat(station.asked).last().asString().doesNotContain("\"7\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | HTTP 401 Unauthorized: check user and password, or token",
                "403 | HTTP 403 Forbidden: check user and password",
                "404 | HTTP 404 Not Found from http://127.0.0.1:",
                "500 | HTTP 500 Internal Server Error from",
                "307 | HTTP 307: moved to /other, set address to that, or redirects"
            })
    void anAnswerThatIsNoneFailsInWords(int status, String line) {
        station.next(exchange -> {
            exchange.getResponseHeaders().set("Location", "/other");
            Station.say(exchange, status, "x");
        });
        assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessageStartingWith(line);
    }

    /** RFC 9110, 10.2.2: relative to what was asked, which is not what was asked first. */
    @Test
    void aSecondRedirectionLeadsOnFromTheServerOfTheFirst() throws Exception {
        try (Station other = new Station()) {
            String there = "http://127.0.0.1:" + other.address().getPort() + "/a/b";
            station.next(exchange -> moved(exchange, there));
            other.next(exchange -> moved(exchange, "c"));
            assertThat(read("redirects=2", "token=@meter-token").number(0)).isEqualTo(0.25);
            assertThat(station.asked).hasSize(1);
            assertThat(other.asked)
                    .hasSize(2)
                    .noneMatch(line -> line.contains("Bearer"))
                    .last()
                    .asString()
                    .startsWith("GET /a/c ");
            station.next(exchange -> moved(exchange, there));
            other.next(exchange ->
                    moved(exchange, "http://127.0.0.1:" + station.address().getPort() + "/back"));
            read("redirects=2", "token=@meter-token");
            assertThat(station.asked).last().asString().startsWith("GET /back [Bearer s3cret-token]");
        }
    }

    @Test
    void redirectionsAreFollowedWhereThatIsWantedAndTellOthersNothing() throws Exception {
        try (Station other = new Station()) {
            station.next(exchange -> moved(exchange, "/there?x=%20y"));
            station.next(exchange ->
                    moved(exchange, "http://127.0.0.1:" + other.address().getPort() + "/far"));
            RecordedReadings readings =
                    read("redirects=2", "token=@meter-token", "header.X-Tenant=north", "message.max=1KiB");
            assertThat(readings.number(2)).isEqualTo(3);
            assertThat(station.asked).last().asString().startsWith("GET /there?x=%20y [Bearer s3cret-token] [north]");
            assertThat(other.asked).containsExactly("GET /far [] [] [] ");
        }
        station.next(exchange -> moved(exchange, "/1"));
        station.next(exchange -> moved(exchange, "/2"));
        assertThatThrownBy(() -> read("redirects=1")).hasMessageContaining("moved to /2");
        station.next(exchange -> moved(exchange, "ftp://elsewhere/"));
        assertThatThrownBy(() -> read("redirects=1")).isInstanceOf(IOException.class);
    }

    private static void moved(HttpExchange exchange, String where) throws IOException {
        exchange.getResponseHeaders().set("Location", where);
        Station.say(exchange, 307, "");
    }

    @Test
    void whatIsNoMessageIsBadAndCountedAndTheConnectionStays() throws Exception {
        DeviceSettings plain = settings("message.max=100");
        DeviceSettings settings = plain.withChannels(List.of(Station.LOAD, Counters.CHANNELS.get(1)));
        try (Connection connection = driver.open(settings)) {
            station.next(exchange -> Station.say(exchange, 200, "<html>"));
            station.next(exchange -> Station.say(exchange, 200, "{\"x\":\"" + "y".repeat(200) + "\"}"));
            station.next(exchange -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(new byte[5000]);
                exchange.close();
            });
            for (int i = 1; i <= 3; i++) {
                RecordedReadings readings = read(connection, settings);
                assertThat(readings.bad).containsOnlyKeys(0);
                assertThat(readings.number(1)).isEqualTo(i);
            }
            RecordedReadings readings = read(connection, settings);
            assertThat(readings.bad).isEmpty();
            assertThat(readings.number(0)).isEqualTo(0.25);
        }
    }

    @Test
    void aWriteGoesToItsPathAndFailsWhereItIsRefused() throws Exception {
        DeviceSettings settings = settings("write.method=POST");
        try (Connection connection = driver.open(settings)) {
            connection.write(Station.FAN, 8L);
            assertThat(station.asked.poll()).startsWith("POST /set/fan ").endsWith(" {\"fan\":8}");
            assertThat(read(connection, settings).number(2)).isEqualTo(8);
            station.next(exchange -> Station.say(exchange, 409, ""));
            assertThatThrownBy(() -> connection.write(Station.FAN, 9L)).hasMessageStartingWith("HTTP 409 ");
            assertThatThrownBy(() -> connection.write(Station.LOAD, 9.0)).hasMessageContaining("cannot be written");
        }
    }

    /** Else a value would choose what our credentials are shown for. */
    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/../b", "..\\b", "..;x", "%2e%2E", "%252e.", "x/%2e"})
    void aValueDoesNotLeaveItsPath(String value) throws Exception {
        Channel room = new Channel("room", "/room", Type.STRING, "", Access.READ_WRITE, Map.of("write", "/api/{}/on"));
        try (Connection connection = driver.open(settings().withChannels(List.of(room)))) {
            assertThatThrownBy(() -> connection.write(room, value))
                    .isInstanceOf(IOException.class)
                    .hasMessage("room: . and .. cannot stand in a path");
            assertThat(station.asked).isEmpty();
            connection.write(room, "a.b/c?%..d ...");
            assertThat(station.asked).last().asString().startsWith("PUT /api/a.b%2Fc%3F%25..d%20.../on ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://host/ | user=a | password: missing (expected: user and password, both or none)",
                "http://host/ | password=clear | password: *** (expected: @name of a secret",
                "http://host/ | token=clear | token: *** (expected: @name",
                "http://host/ | header.X-Api-Key=clear | header.X-Api-Key: *** (expected: @name",
                "http://host/ | header.Cookie=clear | header.Cookie: *** (expected: @name",
                "http://host/ | header.Host=x | header.Host: x (expected: a header field that is not Headgate's own)",
                "http://host/ | header.A:B=x | header.A:B: x (expected: a header field",
                "http://host/ | redirects=9 | redirects: 9 (expected: from 0 to 5)",
                "http://host/ | tls.ca=ca.pem | tls.ca: ca.pem (expected: an address with https://)",
                "https://host/ | tls.pin=x | tls.pin: x (expected: sha256:",
                "http://host/ | write.method=DELETE | write.method: DELETE (expected: one of PUT, POST, PATCH)",
                "ftp://host/ | rate=1 | rate: 1 (expected: one of user,",
                "ftp://host/ | redirects=0 | address: ftp://host/ (expected: http://HOST",
                "http://a:b@host/ | redirects=0 | address: http://a:b@host/ (expected: http://HOST",
                "http://host:99999/ | redirects=0 | address: http://host:99999/ (expected",
                "http://ho st/ | redirects=0 | address: http://ho st/ (expected",
                "'' | redirects=0 | address: missing (expected: http://HOST"
            })
    void aWrongSettingIsNamedWithWhatIsRight(String address, String option, String line) {
        assertThatThrownBy(() -> driver.check(Station.at(address, option))).hasMessageStartingWith(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token= | token: missing (expected: @name of a secret that the device shows)",
                "token=clear | token: *** (expected",
                "listen=out | listen: out (expected: in, for POST /in/meter)",
                "rate=0 | rate: 0 (expected: messages in a second",
                "user=x | user: x (expected: one of listen, token"
            })
    void aListenersWrongSettingIsNamedToo(String option, String line) {
        assertThatThrownBy(() -> driver.check(JettySite.device("meter", option)))
                .hasMessageStartingWith(line);
    }
}
