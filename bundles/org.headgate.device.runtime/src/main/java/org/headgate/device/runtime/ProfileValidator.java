package org.headgate.device.runtime;

import java.util.ArrayList;
import java.util.List;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.api.Validator;
import org.headgate.device.channels.Profile;
import org.osgi.service.component.annotations.Component;

/** Judges a profile's file by the code that reads it later. Sources are judged with a device, whose driver knows them. */
@Component
public final class ProfileValidator implements Validator {
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
        return problems;
    }
}
