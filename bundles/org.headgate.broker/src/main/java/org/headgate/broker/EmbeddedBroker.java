package org.headgate.broker;

import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Instance;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT 3.1.1 broker (Moquette) on the loopback address, for the demo and for tests: anybody on this machine may connect,
 * nothing is kept on disk, nothing is reported to anybody. It runs when there is a {@code headgate.broker.cfg}.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "headgate.broker",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String HOST = "127.0.0.1";
    private static final int PORT = 1883;
    private static final int LARGEST_PORT = 65_535;
    private static final long PORT_CLOSES_MILLIS = 300;
    private static final int MESSAGE_BYTES = 8 << 20;

    private final Optional<Server> server;
    private final String problem;
    private final Calls calls;

    /** For the service registry. */
    @Activate
    public EmbeddedBroker(Map<String, Object> properties, @Reference Gateway gateway, @Reference Calls calls) {
        this(Instance.of(properties), gateway.home(), calls);
    }

    EmbeddedBroker(Instance instance, Path home, Calls calls) {
        this.calls = calls;
        int port = (int) instance.settings().number("port", 1, LARGEST_PORT, PORT);
        Optional<String> wrong = instance.broken()
                .or(() -> instance.settings().problems().stream().findFirst().map(Object::toString));
        if (wrong.isPresent()) {
            server = Optional.empty();
            problem = wrong.get();
        } else {
            Server started = new Server();
            problem = start(started, port, home);
            server = problem.isEmpty() ? Optional.of(started) : Optional.empty();
        }
        if (problem.isEmpty()) {
            LOG.info("broker: listens on {}:{}", HOST, port);
        } else {
            LOG.warn("broker: does not run ({})", problem);
        }
    }

    /** Why it does not run; empty when it does. */
    String problem() {
        return problem;
    }

    /**
     * Its port is closed at once; its threads take two seconds to end (Netty's quiet period, which Moquette does not let us
     * set). Nobody waits for those: a gateway must stop faster.
     */
    @Deactivate
    void close() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        server.ifPresentOrElse(
                running -> calls.submit(
                        "broker",
                        () -> {
                            running.stopServer();
                            return true;
                        },
                        Duration.ofSeconds(20),
                        Runnable::run,
                        outcome -> stopped.complete(null)),
                () -> stopped.complete(null));
        try {
            stopped.get(PORT_CLOSES_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException threadsStillEnding) {
            LOG.debug("broker: its threads are still ending");
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String start(Server server, int port, Path home) {
        Properties config = new Properties();
        config.setProperty(IConfig.HOST_PROPERTY_NAME, HOST);
        config.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
        config.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
        config.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        config.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        config.setProperty(IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(MESSAGE_BYTES));
        config.setProperty(
                IConfig.DATA_PATH_PROPERTY_NAME,
                home.resolve("cache").resolve("broker").toString());
        try {
            server.startServer(new MemoryConfig(config));
            return "";
        } catch (Exception failure) {
            // Netty throws checked exceptions that nobody declares, for example when the port is in use.
            stop(server);
            return HOST + ":" + port + ": " + failure.getMessage();
        }
    }

    private static void stop(Server halfStarted) {
        try {
            halfStarted.stopServer();
        } catch (RuntimeException neverGotThatFar) {
            LOG.debug("broker: stopped before it ran", neverGotThatFar);
        }
    }
}
