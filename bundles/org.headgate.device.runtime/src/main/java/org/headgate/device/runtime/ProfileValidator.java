package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.List;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.api.Validator;
import org.headgate.device.api.DeviceState;
import org.headgate.device.channels.Profile;
import org.headgate.system.api.Calls;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Judges a profile's file by the code that reads it later, and by the devices that use it: one that runs must not be stopped by what its
 * profile would become. Sources are judged with a device, whose driver knows them.
 */
@Component
public final class ProfileValidator implements Validator {
    private final DeviceRegistry registry;
    private final DeviceValidator devices;

    @Activate
    public ProfileValidator(@Reference DeviceRegistry registry, @Reference Calls calls) {
        this.registry = registry;
        this.devices = new DeviceValidator(registry, calls);
    }

    @Override
    public String kind() {
        return "profile";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        List<String> problems = new ArrayList<>();
        Profile.of(instance);
        if (!Texts.isName(instance.name())) {
            problems.add(new Problem("name", instance.name(), Texts.NAME_EXPECTED).toString());
        }
        instance.settings().problems().forEach(problem -> problems.add(problem.toString()));
        if (problems.isEmpty()) {
            for (String name : whole.names("device")) {
                whole.instance("device", name)
                        .filter(device -> uses(device, instance.name()))
                        .ifPresent(device -> devices.problems(device, whole)
                                .forEach(problem -> problems.add("device " + name + ": " + problem)));
            }
        }
        return problems;
    }

    /** Whether the profile is a device's that is not wrong already: what was wrong before is no fault of the profile. */
    private boolean uses(Instance device, String profile) {
        return device.settings().text("profile").filter(profile::equals).isPresent()
                && registry.device(device.name())
                        .filter(now -> !(now.state() instanceof DeviceState.Invalid))
                        .isPresent();
    }
}
