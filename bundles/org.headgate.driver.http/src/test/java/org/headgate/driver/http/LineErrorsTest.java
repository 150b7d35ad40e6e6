package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no request for a device: one line, the end of the connection, and no word of what server this is. */
class LineErrorsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1 | 404 | there is nothing here: devices post to /in/NAME",
                "GET /index.html?a=b HTTP/1.1 | 404 | there is nothing here: devices post to /in/NAME",
                "DELETE /in HTTP/1.1 | 401 |",
                "PUT /in/none HTTP/1.1 | 401 |",
                "TRACE /in/meter HTTP/1.1 | 401 |",
                "GET /in/..;/x HTTP/1.1 | 400 | bad request",
                "GET /%2e%2e/in%2fmeter HTTP/1.1 | 400 | bad request",
                "nonsense | 400 | bad request",
                "GET / HTTP/3.7 | 505 | http version not supported",
                "GET /LONG HTTP/1.1 | 414 | uri too long",
            })
    void isALine(String request, int status, String line) throws Exception {
        try (Intake intake = new Intake(folder, 2000, 600);
                Socket socket = intake.socket()) {
            String text =
                    request.replace("LONG", "x".repeat(9000)) + "\r\nHost: localhost\r\nAccept: text/html\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            String answer = Intake.text(socket);
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("Connection: close\r\n")
                    .endsWith("\r\n\r\n" + (line == null ? "" : line + "\n"))
                    .doesNotContainIgnoringCase("jetty")
                    .doesNotContainIgnoringCase("server:")
                    .doesNotContain("<");
        }
    }

    @Test
    void anotherMethodOfADeviceIsTold() throws Exception {
        try (Intake intake = new Intake(folder, 2000, 600)) {
            assertThat(intake.answer("DELETE", "meter", Home.TOKEN, ""))
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: POST\r\n")
                    .endsWith("\r\n\r\nPOST is understood\n");
        }
    }
}
