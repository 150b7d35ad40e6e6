package org.headgate.device.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.api.Validator;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.device.channels.Profile;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a device's file by the code that reads it later, and by its driver where that is there. */
@Component
public final class DeviceValidator implements Validator {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceValidator.class);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DeviceRegistry registry;
    private final Calls calls;

    @Activate
    public DeviceValidator(@Reference DeviceRegistry registry, @Reference Calls calls) {
        this.registry = registry;
        this.calls = calls;
    }

    @Override
    public String kind() {
        return "device";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        List<String> problems = new ArrayList<>();
        DeviceConfiguration configuration = DeviceConfiguration.of(
                instance,
                (name, driver) -> whole.instance("profile", name)
                        .map(Profile::of)
                        .or(() -> ProfileSource.ofDriver(name, driver, registry.driver(driver))),
                Optional.empty());
        if (!Texts.isName(instance.name())) {
            problems.add(new Problem("name", instance.name(), Texts.NAME_EXPECTED).toString());
        } else if (whole.names("rule").contains(instance.name())) {
            problems.add(new Problem("name", instance.name(), "a name that no other device or rule has").toString());
        } else if (whole.names("table").contains(instance.name())) {
            problems.add(new Problem("name", instance.name(), "a name that no table has").toString());
        }
        instance.settings().problems().forEach(problem -> problems.add(problem.toString()));
        if (configuration.invalid().isEmpty()) {
            registry.driver(configuration.driver())
                    .flatMap(driver -> judged(configuration, driver))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    /**
     * What the driver has against it; a driver that fails at judging says nothing, one that hangs keeps nobody from his work. Its code runs
     * on a thread that may be abandoned, and where a missing class is its own failure.
     */
    private Optional<String> judged(DeviceConfiguration configuration, Driver driver) {
        String owner = "judge:" + driver.name();
        if (calls.stuck(owner) > 0) {
            LOG.error("device {}: not judged: the driver {} hangs in judging", configuration.name(), driver.name());
            return Optional.empty();
        }
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        calls.submit(
                owner,
                () -> {
                    check(configuration, driver);
                    return true;
                },
                PATIENCE,
                Runnable::run,
                outcome -> answer.complete(
                        outcome.failure().flatMap(failure -> line(configuration.name(), driver.name(), failure))));
        try {
            return answer.get(PATIENCE.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.of("the driver " + driver.name() + " was not asked to the end");
        } catch (TimeoutException | ExecutionException unheard) {
            LOG.error("device {}: the driver {} was not heard", configuration.name(), driver.name());
            return Optional.empty();
        }
    }

    private static void check(DeviceConfiguration configuration, Driver driver) throws InvalidSettingException {
        List<ChannelDefinition> channels = new Blueprint(configuration, () -> Optional.of(driver)).definitions(driver);
        driver.check(configuration
                .settings()
                .withChannels(channels.stream().map(ChannelDefinition::channel).toList()));
    }

    /** What is wrong with the device by a failure; a defect of the driver is logged as text, which keeps no class of the driver's. */
    private static Optional<String> line(String device, String driver, Exception failure) {
        if (failure instanceof InvalidSettingException) {
            return Optional.of(Failures.lineOfDevice(failure));
        }
        LOG.error(
                "device {}: not judged: the driver {} {}",
                device,
                driver,
                failure instanceof TimeoutException ? "hangs in judging" : "failed: " + failure);
        return Optional.empty();
    }
}
