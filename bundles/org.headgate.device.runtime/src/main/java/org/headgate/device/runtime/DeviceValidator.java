package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.api.Validator;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.channels.ChannelDefinition;
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges a device's file by the code that reads it later, and by its driver where that is there. */
@Component
public final class DeviceValidator implements Validator {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceValidator.class);

    private final DeviceRegistry registry;

    @Activate
    public DeviceValidator(@Reference DeviceRegistry registry) {
        this.registry = registry;
    }

    @Override
    public String kind() {
        return "device";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        List<String> problems = new ArrayList<>();
        DeviceConfiguration configuration = DeviceConfiguration.of(
                instance, name -> whole.instance("profile", name).map(Profile::of), Optional.empty());
        if (!Texts.isName(instance.name())) {
            problems.add(new Problem("name", instance.name(), Texts.NAME_EXPECTED).toString());
        } else if (whole.names("rule").contains(instance.name())) {
            problems.add(new Problem("name", instance.name(), "a name that no other device or rule has").toString());
        }
        instance.settings().problems().forEach(problem -> problems.add(problem.toString()));
        if (configuration.invalid().isEmpty()) {
            registry.driver(configuration.driver())
                    .flatMap(driver -> judged(configuration, driver))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    /** What the driver has against it; a driver that fails at judging says nothing. */
    private static Optional<String> judged(DeviceConfiguration configuration, Driver driver) {
        try {
            List<ChannelDefinition> channels =
                    new Blueprint(configuration, () -> Optional.of(driver)).definitions(driver);
            driver.check(configuration
                    .settings()
                    .withChannels(
                            channels.stream().map(ChannelDefinition::channel).toList()));
            return Optional.empty();
        } catch (InvalidSettingException wrong) {
            return Optional.of(Failures.line(wrong));
        } catch (RuntimeException defect) {
            LOG.error("device {}: the driver {} failed: {}", configuration.name(), driver.name(), defect.toString());
            return Optional.empty();
        }
    }
}
