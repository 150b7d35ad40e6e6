package org.headgate.device.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Instance;
import org.headgate.device.api.DeviceState;
import org.headgate.device.api.DeviceStatus;
import org.headgate.device.api.Devices;
import org.headgate.device.api.Driver;
import org.headgate.stream.api.Events;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.common.annotation.Property;
import org.osgi.test.common.annotation.Property.Type;
import org.osgi.test.common.annotation.config.WithFactoryConfiguration;

/** Inside a real framework: drivers and configurations come and go in any order, as bundles and files do. */
class DeviceRegistryIT {
    @InjectBundleContext
    BundleContext context;

    @InjectService(timeout = 10_000)
    Devices devices;

    /** What other bundles bring: somebody who takes the events, and the files of a gateway that simulates nothing. */
    @BeforeAll
    static void surround() {
        BundleContext bundle = FrameworkUtil.getBundle(DeviceRegistryIT.class).getBundleContext();
        bundle.registerService(Events.class, event -> {}, null);
        Object files = Proxy.newProxyInstance(
                DeviceRegistryIT.class.getClassLoader(),
                new Class<?>[] {Configurations.class},
                (self, method, arguments) -> method.getName().equals("value") ? Optional.empty() : null);
        bundle.registerService(Configurations.class, (Configurations) files, null);
    }

    @Test
    @WithFactoryConfiguration(
            factoryPid = "headgate.device",
            name = "itest",
            properties = {
                @Property(key = Instance.NAME, value = "itest"),
                @Property(key = Instance.KEYS, value = "driver", type = Type.Array),
                @Property(key = "driver", value = "fake")
            })
    void aDriverThatComesGoesAndComesBackFindsItsDeviceAgain() {
        awaitState(DeviceState.WaitingForDriver.class);
        FakeDriver driver = new FakeDriver();
        ServiceRegistration<Driver> registration = context.registerService(Driver.class, driver, null);
        awaitState(DeviceState.Online.class);
        registration.unregister();
        assertThat(state()).isInstanceOf(DeviceState.WaitingForDriver.class);
        assertThat(driver.open)
                .as("unregistering returns when the connections are closed")
                .isZero();
        registration = context.registerService(Driver.class, new FakeDriver(), null);
        awaitState(DeviceState.Online.class);
        registration.unregister();
    }

    private void awaitState(Class<? extends DeviceState> wanted) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(state()).isInstanceOf(wanted));
    }

    /** Null while the device is not there yet. */
    private DeviceState state() {
        return devices.device("itest").map(DeviceStatus::state).orElse(null);
    }
}
