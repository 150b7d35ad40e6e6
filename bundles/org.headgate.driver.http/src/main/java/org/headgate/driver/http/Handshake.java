package org.headgate.driver.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpStream;
import org.headgate.system.api.Clock;

/**
 * Turns a request into a web socket (RFC 6455, 4.2). Jetty's own web sockets are seven more bundles with a service loader beside, and
 * {@code HttpServletRequest.upgrade} is not there in Jetty 12 (EE 10); what hands a connection over is.
 */
final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final int UPGRADE_REQUIRED = 426;

    private Handshake() {}

    static boolean isWanted(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && has(request.getHeader("Connection"), "upgrade")
                && has(request.getHeader("Upgrade"), "websocket");
    }

    static void shake(
            HttpServletRequest request,
            HttpServletResponse response,
            Recipient recipient,
            Clock clock,
            long wholeMillis)
            throws IOException {
        String key = request.getHeader("Sec-WebSocket-Key");
        if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            response.setHeader("Sec-WebSocket-Version", "13");
            Bodies.answer(response, new Verdict(UPGRADE_REQUIRED, "Sec-WebSocket-Version 13 is understood"));
            return;
        }
        if (key == null || !isKey(key)) {
            Bodies.answer(response, Verdict.refused("Sec-WebSocket-Key is none"));
            return;
        }
        ServletContextRequest core = ServletContextRequest.getServletContextRequest(request);
        Connector connector = core.getConnectionMetaData().getConnector();
        DeviceSocket socket =
                new DeviceSocket(endPoint(request), connector.getExecutor(), recipient, clock, wholeMillis);
        // As Jetty does with its own kinds of connections.
        connector.getEventListeners().forEach(socket::addEventListener);
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", accept(key));
        if (Gate.protocols(request).contains(Gate.PROTOCOL)) {
            response.setHeader("Sec-WebSocket-Protocol", Gate.PROTOCOL);
        }
        core.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, socket);
        response.flushBuffer();
    }

    /** Whose end of the connection a request has come to. */
    static EndPoint endPoint(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean has(String list, String word) {
        return list != null
                && Arrays.stream(list.split(",")).anyMatch(part -> part.strip().equalsIgnoreCase(word));
    }

    static String accept(String key) {
        try {
            byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
