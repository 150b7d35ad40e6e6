package org.headgate.driver.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;

/** A weather station that answers with JSON, by the JDK's server; it keeps what was put into it. */
final class Station implements Closeable {
    static final Channel LOAD = Channel.readable("load", "/system/load", Type.DOUBLE, "");
    static final Channel NAME = Channel.readable("name", "/name", Type.STRING, "");
    static final Channel FAN =
            new Channel("fan", "/fan", Type.LONG, "", Access.READ_WRITE, Map.of("write", "/set/{channel}"));

    /** What was asked, with the interesting header fields. */
    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    /** How the next requests are answered, in place of the station's own answer. */
    final Queue<Handler> script = new ArrayDeque<>();

    private final HttpServer server;
    private final ExecutorService threads = started();
    private volatile String fan = "3";

    /** An answer. */
    interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    Station() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    /** All at once, so that none is taken for one that the driver has left behind. */
    private static ExecutorService started() {
        ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(4);
        pool.prestartAllCoreThreads();
        return pool;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getOrDefault("Authorization", List.of()) + " "
                + exchange.getRequestHeaders().getOrDefault("X-tenant", List.of()) + " "
                + exchange.getRequestHeaders().getOrDefault("If-none-match", List.of()) + " "
                + new String(body, StandardCharsets.UTF_8));
        Handler next;
        synchronized (script) {
            next = script.poll();
        }
        if (next != null) {
            next.answer(exchange);
        } else if (exchange.getRequestMethod().equals("GET")) {
            say(exchange, 200, "{\"system\":{\"load\":0.25},\"name\":\"roof\",\"fan\":" + fan + "}");
        } else {
            fan = new String(body, StandardCharsets.UTF_8).replaceAll("\\D", "");
            say(exchange, 204, "");
        }
    }

    void next(Handler handler) {
        synchronized (script) {
            script.add(handler);
        }
    }

    static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    static DeviceSettings at(int port, String... options) {
        return at("http://127.0.0.1:" + port + "/status?all=1", options);
    }

    /** A device that may take so long. */
    static DeviceSettings at(int port, Duration timeout) {
        DeviceSettings usual = at(port);
        return new DeviceSettings(usual.device(), usual.address(), timeout, usual.channels(), usual.options());
    }

    static DeviceSettings at(String address, String... options) {
        Map<String, String> map = new TreeMap<>();
        for (String option : options) {
            map.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return new DeviceSettings("roof", address, Duration.ofSeconds(1), List.of(LOAD, NAME, FAN), map);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
