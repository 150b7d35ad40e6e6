package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.kit.RecordedReadings;
import org.headgate.device.api.kit.RecordedReports;
import org.headgate.system.api.kit.MovedClock;

/** A server with a device named {@code meter}, and requests byte by byte as no client would make them. */
final class Intake implements AutoCloseable {
    static final String ROW = "{\"temperature\":21.5,\"state\":\"ok\"}";
    static final String TAKEN = "HTTP/1.1 204 ";

    final JettySite site;
    final HttpDriver driver;
    final Connection meter;
    final RecordedReports reports = new RecordedReports();

    Intake(Path folder, long idleMillis, long wholeBodyMillis) throws Exception {
        site = new JettySite(idleMillis, wholeBodyMillis);
        driver = new HttpDriver(new Home().vault(folder), site.inbox, () -> {}, Home.NAMES, new MovedClock());
        site.configured.add("meter");
        meter = open(JettySite.device("meter", "message.max=4KiB"), reports);
    }

    /** How many messages the meter was refused, as its channel says. */
    long errors() throws IOException {
        RecordedReadings readings = new RecordedReadings();
        meter.read(List.of(Counters.CHANNELS.get(1)), readings);
        return (long) readings.number(0);
    }

    Connection open(DeviceSettings settings, RecordedReports into) throws Exception {
        Connection connection = driver.open(settings);
        List<?> taken = connection.subscribe(settings.channels(), into);
        assertThat(taken).isNotEmpty();
        return connection;
    }

    Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    static byte[] head(String method, String device, String token, String fields) {
        return (method + " /in/" + device + " HTTP/1.1\r\nHost: localhost\r\n"
                        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n") + fields + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] request(String method, String device, String token, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head(
                method,
                device,
                token,
                "Connection: close\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n"));
        all.writeBytes(bytes);
        return all.toByteArray();
    }

    /** The whole answer to a post to the meter, with its token. */
    String post(String body) throws IOException {
        return answer("POST", "meter", Home.TOKEN, body);
    }

    String answer(String method, String device, String token, String body) throws IOException {
        try (Socket socket = socket()) {
            socket.getOutputStream().write(request(method, device, token, body));
            return text(socket);
        }
    }

    static String text(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        meter.close();
        site.close();
    }
}
