package org.headgate.mqtt.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Asks a proxy to connect us. The broker's name is looked up by the proxy: behind it names may mean other things. */
final class Tunnel {
    private static final int SOCKS = 5;
    private static final int NO_LOGIN = 0;
    private static final int PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int LONGEST = 255;
    private static final int UNAUTHORIZED = 407;
    private static final String WHO = ": check proxy.user and proxy.password";
    /** RFC 1928, 6. */
    private static final List<String> REPLIES = List.of(
            "done",
            "general failure",
            "not allowed by its rules",
            "network unreachable",
            "host unreachable",
            "connection refused",
            "TTL expired",
            "command not supported",
            "address type not supported");

    private Tunnel() {}

    static void through(ProxySettings proxy, Socket socket, MqttAddress server) throws IOException {
        try {
            if (proxy.socks()) {
                socks(proxy, socket, server);
            } else {
                http(proxy, socket, server);
            }
        } catch (EOFException | SocketException hungUp) {
            throw told(proxy, "hung up: is it a proxy of this kind?");
        }
    }

    private static Told told(ProxySettings proxy, String what) {
        return new Told("the proxy " + proxy.place() + " " + what);
    }

    /** CONNECT (RFC 9110, 9.3.6) with Basic authentication (RFC 7617). */
    private static void http(ProxySettings proxy, Socket socket, MqttAddress server) throws IOException {
        List<String> lines =
                new ArrayList<>(List.of("CONNECT " + server.place() + " HTTP/1.1", "Host: " + server.place()));
        if (!proxy.user().isEmpty()) {
            ByteArrayOutputStream who = new ByteArrayOutputStream();
            who.writeBytes((proxy.user() + ":").getBytes(StandardCharsets.UTF_8));
            who.writeBytes(proxy.secret());
            lines.add("Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(who.toByteArray()));
        }
        OutputStream out = socket.getOutputStream();
        out.write(HttpHead.bytes(lines.toArray(String[]::new)));
        out.flush();
        HttpHead head = HttpHead.read(socket.getInputStream());
        if (head.status() == UNAUTHORIZED) {
            throw told(proxy, "does not let us in (" + head.line() + ")" + WHO);
        }
        if (head.status() / 100 != 2) {
            throw told(proxy, "does not connect us to " + server.place() + " (" + head.line() + ")");
        }
    }

    /** SOCKS 5 (RFC 1928) with user and password (RFC 1929). */
    private static void socks(ProxySettings proxy, Socket socket, MqttAddress server) throws IOException {
        OutputStream out = socket.getOutputStream();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        boolean known = !proxy.user().isEmpty();
        out.write(known ? new byte[] {SOCKS, 2, NO_LOGIN, PASSWORD} : new byte[] {SOCKS, 1, NO_LOGIN});
        out.flush();
        if (in.readUnsignedByte() != SOCKS) {
            throw told(proxy, "does not speak SOCKS 5");
        }
        int method = in.readUnsignedByte();
        if (method == PASSWORD && known) {
            out.write(login(proxy));
            out.flush();
            in.readUnsignedByte();
            if (in.readUnsignedByte() != 0) {
                throw told(proxy, "does not let us in" + WHO);
            }
        } else if (method != NO_LOGIN) {
            throw told(proxy, "wants another log-in" + WHO);
        }
        out.write(request(server));
        out.flush();
        in.readUnsignedByte();
        int reply = in.readUnsignedByte();
        if (reply != 0) {
            String why = reply < REPLIES.size() ? REPLIES.get(reply) : "reply " + reply;
            throw told(proxy, "does not connect us to " + server.place() + " (" + why + ")");
        }
        in.readUnsignedByte();
        int kind = in.readUnsignedByte();
        int address = kind == NAME ? in.readUnsignedByte() : kind == IPV6 ? 16 : 4;
        in.readFully(new byte[address + 2]);
    }

    private static byte[] login(ProxySettings proxy) throws IOException {
        byte[] user = proxy.user().getBytes(StandardCharsets.UTF_8);
        byte[] secret = proxy.secret();
        if (user.length > LONGEST || secret.length > LONGEST) {
            throw told(proxy, "takes a user and a password of 255 bytes at most");
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(1);
        text.write(user.length);
        text.writeBytes(user);
        text.write(secret.length);
        text.writeBytes(secret);
        return text.toByteArray();
    }

    /** Always by name: a proxy takes the digits of an address as one, too. */
    private static byte[] request(MqttAddress server) throws IOException {
        byte[] host = server.host().getBytes(StandardCharsets.US_ASCII);
        if (host.length > LONGEST) {
            throw new Told("address: a name of 255 bytes at most");
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(new byte[] {SOCKS, CONNECT, 0, NAME});
        text.write(host.length);
        text.writeBytes(host);
        text.write(server.port() >> 8);
        text.write(server.port());
        return text.toByteArray();
    }
}
