package org.headgate.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import com.pi4j.plugin.linuxfs.provider.pwm.LinuxFsPwmProvider;
import com.pi4j.plugin.linuxfs.provider.spi.LinuxFsSpiProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProvider;
import com.pi4j.plugin.mock.provider.pwm.MockPwmProvider;
import com.pi4j.plugin.mock.provider.spi.MockSpiProvider;
import com.pi4j.provider.Provider;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.linux.EdgePump;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Outcome;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pi4J's context as a service, with the providers that {@code headgate.pi4j.cfg} names; without the file with ours. An edit makes a new context: the
 * drivers see the service go and come, and open their devices anew. The service is Pi4J's own object, so it is registered by hand.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "headgate.pi4j")
public final class PinsContext {
    static final String PROVIDERS = "providers";
    static final String LINUX = "linux";
    static final String MOCK = "mock";
    static final String PI4J = "pi4j";
    static final List<String> KNOWN = List.of(LINUX, MOCK, PI4J);
    static final String EXPECTED = "one of " + String.join(", ", KNOWN);

    private static final Logger LOG = LoggerFactory.getLogger(PinsContext.class);

    private final EdgePump pump = new EdgePump();
    private final Optional<Context> context;
    private final Optional<ServiceRegistration<Context>> registration;

    /** With a file that is wrong there is no context: a typo must not drive real pins where mocks were meant. */
    @Activate
    public PinsContext(BundleContext bundle, Map<String, Object> properties, @Reference Calls calls) {
        Instance instance = Instance.of(properties);
        List<String> problems = properties.containsKey(Instance.NAME) ? PinsValidator.problems(instance) : List.of();
        if (!problems.isEmpty()) {
            LOG.warn("headgate.pi4j.cfg: INVALID {}; drivers of pins wait", String.join("; ", problems));
            context = Optional.empty();
            registration = Optional.empty();
            return;
        }
        String wanted = instance.settings().text(PROVIDERS).orElse(LINUX);
        Context made = context(wanted, pump);
        calls.submit("pi4j:edges", pump, Duration.ZERO, Runnable::run, PinsContext::pumped);
        Dictionary<String, Object> described = new Hashtable<>();
        described.put(PROVIDERS, wanted);
        context = Optional.of(made);
        registration = Optional.of(bundle.registerService(Context.class, made, described));
    }

    /** The lines have been told; this is for whoever looks for the reason. */
    private static void pumped(Outcome<Void> outcome) {
        outcome.failure().ifPresent(why -> LOG.error("edges are not taken any more", why));
    }

    /**
     * A context without a framework around it, for tools and tests; whoever makes it ends it.
     *
     * @param providers {@code linux}, {@code mock} or {@code pi4j}
     * @param pump where our inputs get their edges from; needs a thread of its own
     */
    public static Context context(String providers, EdgePump pump) {
        return Pi4J.newContextBuilder()
                .noAutoDetectPlatforms()
                .noAutoDetectProviders()
                .disableShutdownHook()
                .add(
                        switch (providers) {
                            case MOCK -> mocks();
                            case PI4J -> pi4js();
                            default -> LinuxProviders.all(pump);
                        })
                .build();
    }

    private static Provider<?, ?, ?>[] mocks() {
        return new Provider<?, ?, ?>[] {
            MockDigitalInputProvider.newInstance(),
            MockDigitalOutputProvider.newInstance(),
            MockI2CProvider.newInstance(),
            MockSpiProvider.newInstance(),
            MockPwmProvider.newInstance()
        };
    }

    private static Provider<?, ?, ?>[] pi4js() {
        return new Provider<?, ?, ?>[] {
            GpioDDigitalInputProvider.newInstance(),
            GpioDDigitalOutputProvider.newInstance(),
            LinuxFsI2CProvider.newInstance(),
            LinuxFsSpiProvider.newInstance(),
            LinuxFsPwmProvider.newInstance("/sys/class/pwm", 0)
        };
    }

    /** Called by Declarative Services. */
    @Deactivate
    void stop() {
        registration.ifPresent(ServiceRegistration::unregister);
        context.ifPresent(Context::shutdown);
        pump.close();
    }
}
