package org.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.Secrets;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Randomness;
import org.headgate.system.api.Scheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.util.tracker.ServiceTracker;

/** The three services in a real framework, with the real Configuration Admin and a real folder. */
class HomeIT {
    private static final String BOILER = "headgate.device-boiler.cfg";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final BundleContext context = FrameworkUtil.getBundle(HomeIT.class).getBundleContext();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Dictionary<String, ?>> devices = new ConcurrentHashMap<>();
    private ServiceRegistration<?> world;

    @BeforeEach
    void start() {
        System.setProperty("headgate.home", home.toString());
        Hashtable<String, Object> pid = new Hashtable<>(Map.of("service.pid", "headgate.device"));
        context.registerService(ManagedServiceFactory.class, new Devices(), pid);
        world = context.registerService(
                new String[] {
                    Scheduler.class.getName(), Calls.class.getName(), Clock.class.getName(), Randomness.class.getName()
                },
                new RealWorld(executor),
                null);
    }

    @AfterEach
    void stop() {
        world.unregister();
        executor.shutdownNow();
    }

    private <T> T service(Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        return tracker.waitForService(PATIENCE.toMillis());
    }

    @Test
    void anEmptyHomeIsFilledAndEditsArriveInConfigurationAdmin() throws Exception {
        Configurations configurations = service(Configurations.class);
        Gateway gateway = service(Gateway.class);
        assertThat(gateway.id()).matches("gw-[0-9a-f]{8}");
        assertThat(gateway.version()).isEqualTo("0.1.0");
        assertThat(home.resolve("etc/headgate.gateway.cfg")).content().contains("id = " + gateway.id());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secrets"))))
                .isEqualTo("rwx------");
        assertThat(service(Secrets.class).resolve("@none")).isEmpty();

        Files.writeString(home.resolve("etc").resolve(BOILER), "driver = simulator\npoll = 1s\n");
        await().atMost(PATIENCE).until(() -> devices.containsKey("headgate.device~boiler"));
        assertThat(devices.get("headgate.device~boiler").get("driver")).isEqualTo("simulator");

        configurations.change(Change.by("test", "a test").set(BOILER, "poll", "2s"));
        await().atMost(PATIENCE)
                .until(() -> "2s".equals(devices.get("headgate.device~boiler").get("poll")));
        Files.delete(home.resolve("etc").resolve(BOILER));
        await().atMost(PATIENCE).until(devices::isEmpty);
    }

    private final class Devices implements ManagedServiceFactory {
        @Override
        public String getName() {
            return "devices";
        }

        @Override
        public void updated(String pid, Dictionary<String, ?> properties) {
            devices.put(pid, properties);
        }

        @Override
        public void deleted(String pid) {
            devices.remove(pid);
        }
    }
}
