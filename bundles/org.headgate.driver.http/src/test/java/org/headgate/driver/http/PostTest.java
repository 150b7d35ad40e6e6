package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.RecordedReports;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posts over real sockets; by curl where a user would take it. */
class PostTest {
    private static final Path CURL = Path.of("/usr/bin/curl");

    @TempDir
    private Path folder;

    private Intake intake;

    @BeforeEach
    void start() throws Exception {
        intake = new Intake(folder, 60_000, 60_000);
    }

    @AfterEach
    void stop() throws Exception {
        intake.close();
    }

    @Test
    void whatCurlPostsBecomesARow() throws Exception {
        assertThat(curl("meter", Home.TOKEN, Intake.ROW)).isEqualTo("204");
        assertThat(intake.reports.last().values).isEqualTo(Map.of(0, 21.5, 1, "ok"));
    }

    @Test
    void aPackOfSenmlBecomesARowPerInstant() throws Exception {
        RecordedReports rows = new RecordedReports();
        DeviceSettings settings = JettySite.device("pack");
        Connection pack =
                intake.open(settings.withChannels(List.of(Channel.readable("t", "senml/t", Type.DOUBLE, "Cel"))), rows);
        String body =
                "[{\"bn\":\"\",\"bt\":1.7e9,\"n\":\"t\",\"u\":\"Cel\",\"v\":20.5},{\"n\":\"t\",\"u\":\"Cel\",\"t\":1,\"v\":21}]";
        assertThat(curl("pack", Home.TOKEN, body, "-H", "Content-Type: application/senml+json"))
                .isEqualTo("204");
        assertThat(rows.count()).isEqualTo(2);
        assertThat(rows.last().number(0)).isEqualTo(21);
        assertThat(rows.last().time).isEqualTo(1_700_000_001_000_000_000L);
        pack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", "s3cret-toke", "s3cret-token2", "S3CRET-TOKEN"})
    void aStrangerIsToldNothing(String token) throws Exception {
        String answer = intake.answer("POST", "meter", token, Intake.ROW);
        assertThat(answer).startsWith("HTTP/1.1 401 ").endsWith("\r\n\r\n").doesNotContain("meter");
        assertThat(answer).doesNotContainIgnoringCase("jetty").doesNotContainIgnoringCase("\r\nserver:");
        assertThat(intake.answer("POST", "nobody", token, Intake.ROW).replaceAll("(?m)^Date:.*$", ""))
                .isEqualTo(answer.replaceAll("(?m)^Date:.*$", ""));
        assertThat(intake.reports.count()).isZero();
    }

    @Test
    void theTokenOfOneDeviceOpensNoOther() throws Exception {
        Home home = new Home();
        home.put("other", "another");
        HttpDriver second =
                new HttpDriver(home.vault(folder), intake.site.inbox, () -> {}, Home.NAMES, new MovedClock());
        try (Connection other = second.open(JettySite.device("other", "token=@other"))) {
            assertThat(other).isNotNull();
            assertThat(intake.answer("POST", "other", Home.TOKEN, Intake.ROW)).startsWith("HTTP/1.1 401 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"temperature\":", "no json", "[]", "", "{\"other\":1}", "\u0000\u0001\u0002"})
    void whatIsNoMessageIsRefusedWithOneLine(String body) throws Exception {
        String answer = intake.post(body);
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).matches("[ -~]{5,}\n");
        assertThat(intake.errors()).isOne();
        assertThat(intake.reports.last().bad).containsOnlyKeys(0, 1, 2);
    }

    @Test
    void aWrongMessageMakesItsChannelsBadAndIsCounted() throws Exception {
        intake.post(Intake.ROW);
        intake.post("{");
        assertThat(intake.reports.last().bad).containsOnlyKeys(0, 1, 2);
        RecordedReadings readings = new RecordedReadings();
        intake.meter.read(JettySite.device("meter").channels(), readings);
        assertThat(readings.values).containsEntry(3, 2L).containsEntry(4, 1L);
    }

    /** It is refused, so that who has misspelt a name hears of it, but says nothing of the values that came before. */
    @Test
    void aHeartbeatBetweenGoodPostsLeavesTheChannelsAsTheyAre() throws Exception {
        intake.post(Intake.ROW);
        assertThat(intake.post("{\"uptime\":77}")).startsWith("HTTP/1.1 400 ");
        assertThat(intake.reports.count()).isOne();
        assertThat(intake.errors()).isOne();
        RecordedReadings readings = new RecordedReadings();
        intake.meter.read(JettySite.device("meter").channels(), readings);
        assertThat(readings.values).containsEntry(0, 21.5);
    }

    /** Bytes that come now and then keep a connection from being idle, but not from ending. */

    /** More slow bodies than there are threads: none of them has one. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS", "TRACE", "HEAD"})
    void onlyPostsAreTaken(String method) throws Exception {
        assertThat(intake.answer(method, "meter", Home.TOKEN, ""))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: POST");
    }

    /** The status that curl shows. */
    private String curl(String device, String token, String body, String... more) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(CURL), "curl is not installed: sudo apt-get install curl");
        List<String> command = new ArrayList<>(List.of(
                CURL.toString(),
                "-sS",
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
                "--max-time",
                "10",
                "-H",
                "Authorization: Bearer " + token,
                "--data-binary",
                body));
        command.addAll(List.of(more));
        command.add(intake.site.url("http", device));
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(15, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
