package org.headgate.driver.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.headgate.data.api.Type;
import org.headgate.device.api.Access;
import org.headgate.device.api.Channel;
import org.headgate.device.api.DeviceSettings;
import org.headgate.system.api.kit.MovedClock;

/** The servlet in the Jetty that it runs in, without Felix around it, with as many threads. */
final class JettySite implements AutoCloseable {
    static final Channel TEMPERATURE = Channel.readable("temperature", "/temperature", Type.DOUBLE, "Cel");
    static final Channel STATE = Channel.readable("state", "/state", Type.STRING, "");
    static final Channel FAN = new Channel("fan", "/fan", Type.LONG, "", Access.READ_WRITE, Map.of());

    /** Devices that have a file. */
    final Set<String> configured = ConcurrentHashMap.newKeySet();

    final Inbox inbox = new Inbox(configured::contains);
    final Crowd crowd = new Crowd(new MovedClock());
    /** What the servlet, and each web socket, measures its times with. */
    final MovedClock clock = new MovedClock();

    final QueuedThreadPool threads = new QueuedThreadPool(6);
    private final Server server = new Server(threads);
    private final ServerConnector connector;

    JettySite(long idleMillis, long wholeBodyMillis) throws Exception {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(8 << 10);
        connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(idleMillis);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder holder = new ServletHolder(new InServlet(inbox, crowd, clock, wholeBodyMillis));
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/in/*");
        server.setHandler(context);
        server.start();
        // As Felix does.
        Connector none = new JettyTuning(crowd).createConnector(server);
        server.addConnector(none);
        none.start();
    }

    int port() {
        return connector.getLocalPort();
    }

    String url(String scheme, String device) {
        return scheme + "://127.0.0.1:" + port() + "/in/" + device;
    }

    /** How many connections are open. */
    int connections() {
        return connector.getConnectedEndPoints().size();
    }

    static DeviceSettings device(String name, String... options) {
        DeviceSettings settings = Station.at("", options);
        Map<String, String> all = new TreeMap<>(settings.options());
        all.putIfAbsent("listen", "in");
        all.putIfAbsent("token", "@meter-token");
        return new DeviceSettings(
                name,
                "",
                settings.timeout(),
                List.of(TEMPERATURE, STATE, FAN, Counters.CHANNELS.get(0), Counters.CHANNELS.get(1)),
                all);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
