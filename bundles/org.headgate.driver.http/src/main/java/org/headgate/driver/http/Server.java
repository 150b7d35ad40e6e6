package org.headgate.driver.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Secrets;
import org.headgate.device.api.ActionNeededException;
import org.headgate.system.api.Disks;
import org.headgate.system.api.Randomness;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Felix's HTTP service with Jetty, as we want it: no port before the first device listens, on this machine only unless {@code
 * headgate.http.cfg} says otherwise, few threads, no word about itself. It has a port of its own by default, so this is started before it.
 */
@Component(service = Entrance.class, configurationPid = "headgate.http", immediate = true)
public final class Server implements Entrance {
    /** The PID of the HTTP service. */
    static final String PID = "org.apache.felix.http";

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final int IDLE_MILLIS = 30_000;
    private static final int THREADS = 6;
    private static final int HEAD_BYTES = 8 << 10;

    private final ConfigurationAdmin admin;
    private final ServerSettings settings;
    private final KeyFile keys;
    private final String invalid;
    private boolean open;

    /** For the service registry. */
    @Activate
    public Server(
            Map<String, Object> properties,
            @Reference ConfigurationAdmin admin,
            @Reference Crowd crowd,
            @Reference Gateway gateway,
            @Reference Secrets secrets,
            @Reference Disks disks,
            @Reference Randomness randomness)
            throws IOException {
        this(
                Instance.of(properties),
                admin,
                crowd,
                new Vault(new HomeFiles(gateway.home()), secrets),
                new KeyFile(gateway.home().resolve("cache").resolve("http"), disks, randomness));
    }

    Server(Instance instance, ConfigurationAdmin admin, Crowd crowd, Vault vault, KeyFile keys) throws IOException {
        this.admin = admin;
        this.keys = keys;
        this.settings = ServerSettings.read(instance.settings(), vault::file);
        this.invalid = instance.broken()
                .or(() -> instance.settings().problems().stream().findFirst().map(Object::toString))
                .orElse("");
        crowd.limit(settings.connections());
        if (!invalid.isEmpty()) {
            LOG.warn("http: {} is wrong, nothing is listened to ({})", ServerSettings.FILE, invalid);
        }
        configure(closed());
    }

    @Override
    public synchronized void open() throws IOException {
        if (!invalid.isEmpty()) {
            throw new IOException(ServerSettings.FILE + ": " + invalid);
        }
        if (open) {
            return;
        }
        Dictionary<String, Object> properties = properties();
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(settings.address());
        } catch (IOException taken) {
            throw new ActionNeededException(
                    settings.place() + " cannot be listened on (" + taken.getMessage() + ")",
                    "edit listen in " + ServerSettings.FILE);
        }
        configure(properties);
        open = true;
        LOG.info("http: listens on {}{}", settings.place(), settings.tls().isPlain() ? "" : " with TLS");
    }

    /** The port is closed; the service itself goes with its bundle. */
    @Deactivate
    synchronized void close() throws IOException {
        open = false;
        configure(closed());
        if (!settings.tls().isPlain()) {
            keys.delete();
        }
    }

    private Dictionary<String, Object> properties() throws IOException {
        boolean tls = !settings.tls().isPlain();
        Dictionary<String, Object> properties = closed();
        properties.put(
                "org.apache.felix.http.host", settings.address().getAddress().getHostAddress());
        properties.put("org.apache.felix.http.enable", !tls);
        properties.put(
                "org.osgi.service.http.port", tls ? -1 : settings.address().getPort());
        properties.put("org.apache.felix.https.enable", tls);
        properties.put(
                "org.osgi.service.http.port.secure", tls ? settings.address().getPort() : -1);
        if (tls) {
            String password = keys.write(settings.tls());
            properties.put("org.apache.felix.https.keystore", keys.path().toString());
            properties.put("org.apache.felix.https.keystore.type", "PKCS12");
            properties.put("org.apache.felix.https.keystore.password", password);
            properties.put("org.apache.felix.https.keystore.key.password", password);
        }
        return properties;
    }

    private static Dictionary<String, Object> closed() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("org.apache.felix.http.enable", false);
        properties.put("org.apache.felix.https.enable", false);
        properties.put("org.apache.felix.http.host", "127.0.0.1");
        properties.put("org.apache.felix.http.timeout", IDLE_MILLIS);
        properties.put("org.apache.felix.http.jetty.threadpool.max", THREADS);
        // The selector accepts, too.
        properties.put("org.apache.felix.http.jetty.acceptors", 0);
        properties.put("org.apache.felix.http.jetty.selectors", 1);
        properties.put("org.apache.felix.http.jetty.headerBufferSize", HEAD_BYTES);
        properties.put("org.apache.felix.http.jetty.sendServerHeader", false);
        return properties;
    }

    private void configure(Dictionary<String, Object> properties) throws IOException {
        Configuration configuration = admin.getConfiguration(PID, null);
        configuration.updateIfDifferent(properties);
    }
}
