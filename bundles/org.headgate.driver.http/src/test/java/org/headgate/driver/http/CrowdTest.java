package org.headgate.driver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.headgate.system.api.kit.MovedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More connections than there may be: who has shown a right token is not kept out, and not driven out, by who has not. */
class CrowdTest {
    private static final int MOST = 10;
    private static final String POST = "POST /in/meter HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + Home.TOKEN + "\r\nContent-Length: " + Intake.ROW.length() + "\r\n\r\n" + Intake.ROW;
    private static final String UPGRADE = "GET /in/meter HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + Home.TOKEN + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    @TempDir
    private Path folder;

    private Intake intake;
    private final List<Socket> all = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        intake = new Intake(folder, 60_000, 60_000);
        intake.site.crowd.limit(MOST);
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : all) {
            socket.close();
        }
        await().until(() -> intake.site.crowd.size() == 0);
        intake.close();
    }

    private Socket socket() throws IOException {
        Socket socket = intake.socket();
        all.add(socket);
        return socket;
    }

    /** Asks, and stays. */
    private static String ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b >= 0 && !head.toString().endsWith("\r\n\r\n"); b = in.read()) {
            head.append((char) b);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static boolean isServed(Socket socket) {
        try {
            return ask(socket, POST).startsWith(Intake.TAKEN);
        } catch (IOException closed) {
            return false;
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return reset.getMessage().contains("reset");
        }
    }

    @Test
    void aFloodOfStrangersDrivesOutTheOldestOfThemOnly() throws Exception {
        Socket device = socket();
        assertThat(ask(device, POST)).startsWith(Intake.TAKEN);
        Socket slow = socket();
        slow.getOutputStream().write("POST /in/meter HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            idle.add(socket());
        }
        assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
        await().atMost(Duration.ofSeconds(10)).until(() -> intake.site.connections() <= MOST);
        assertThat(isClosed(slow)).isTrue();
        // Six threads take connections up, and each may hold one back until it is one of the newest.
        assertThat(idle.subList(0, 200).stream().filter(CrowdTest::isClosed)).hasSizeGreaterThanOrEqualTo(194);
        assertThat(ask(device, POST)).startsWith(Intake.TAKEN);
        assertThat(idle.subList(200, 300)).anyMatch(CrowdTest::isServed);
        assertThat(intake.site.threads.getThreads()).isLessThanOrEqualTo(6);
    }

    @Test
    void whereAllHaveShownATokenTheOneGoesThatDidSoLongestAgo() throws Exception {
        List<Socket> devices = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            devices.add(socket());
            assertThat(ask(devices.get(i), POST)).startsWith(Intake.TAKEN);
        }
        assertThat(ask(devices.get(0), POST)).startsWith(Intake.TAKEN);
        Socket last = socket();
        assertThat(ask(last, POST)).startsWith(Intake.TAKEN);
        assertThat(isClosed(devices.get(1))).isTrue();
        assertThat(ask(devices.get(0), POST)).startsWith(Intake.TAKEN);
        assertThat(ask(devices.get(2), POST)).startsWith(Intake.TAKEN);
    }

    @Test
    void aWebSocketCountsAndStays() throws Exception {
        Socket device = socket();
        assertThat(ask(device, UPGRADE)).startsWith("HTTP/1.1 101 ");
        assertThat(intake.site.crowd.size()).isOne();
        Socket first = socket();
        // Else, on a machine that is busy, it may be taken up as one of the last.
        await().atMost(Duration.ofSeconds(30)).until(() -> intake.site.crowd.size() == 2);
        for (int i = 0; i < 3 * MOST; i++) {
            socket();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> isClosed(first));
        // The answer to the upgrade may be here before the socket is known to the device.
        await().ignoreExceptions().untilAsserted(() -> intake.meter.write(JettySite.FAN, 3L));
        byte[] text = new byte[2 + "{\"fan\":3}".length()];
        assertThat(device.getInputStream().readNBytes(text, 0, text.length)).isEqualTo(text.length);
        assertThat(new String(text, 2, text.length - 2, StandardCharsets.US_ASCII))
                .isEqualTo("{\"fan\":3}");
    }

    /** Jetty tells of both layers of a connection with TLS. */
    @Test
    void whatIsInsideOfTlsIsTheSameConnection() {
        Crowd crowd = new Crowd(new MovedClock());
        crowd.limit(2);
        List<String> closed = new ArrayList<>();
        EndPoint device = endPoint("device", null, closed);
        crowd.onOpened(connection(device));
        crowd.onOpened(connection(endPoint("inside", device, closed)));
        assertThat(crowd.size()).isOne();
        crowd.known(endPoint("inside", device, closed));
        crowd.onOpened(connection(endPoint("idle", null, closed)));
        crowd.onOpened(connection(endPoint("last", null, closed)));
        assertThat(closed).containsExactly("idle");
        assertThat(crowd.size()).isEqualTo(2);
    }

    static Connection connection(EndPoint endPoint) {
        return proxy(Connection.class, (name, proxy) -> endPoint);
    }

    static EndPoint endPoint(String name, EndPoint wrapped, List<String> closed) {
        BiFunction<String, Object, Object> answers = (method, proxy) -> switch (method) {
            case "unwrap" -> wrapped;
            case "close" -> closed.add(name) ? null : "";
            case "hashCode" -> name.hashCode();
            default -> false;
        };
        return wrapped == null ? proxy(EndPoint.class, answers) : proxy(Inside.class, answers);
    }

    private interface Inside extends EndPoint, EndPoint.Wrapper {}

    private static <T> T proxy(Class<T> type, BiFunction<String, Object, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("equals")
                        ? proxy == arguments[0]
                        : answers.apply(method.getName(), proxy)));
    }

    @Test
    void whoLeavesMakesRoom() throws Exception {
        for (int i = 0; i < 3 * MOST; i++) {
            assertThat(intake.post(Intake.ROW)).startsWith(Intake.TAKEN);
        }
        await().until(() -> intake.site.crowd.size() == 0);
    }
}
