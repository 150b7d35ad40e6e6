package org.headgate.pi4j;

import java.util.List;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Judges {@code headgate.pi4j.cfg} before it is written. */
@Component
public final class PinsValidator implements Validator {
    /** For the service registry. */
    @Activate
    public PinsValidator() {}

    @Override
    public String kind() {
        return "pi4j";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        return problems(instance);
    }

    /** What is wrong with the file, a line each. */
    static List<String> problems(Instance instance) {
        if (instance.broken().isPresent()) {
            return List.of(instance.broken().get());
        }
        String wanted = instance.settings().text(PinsContext.PROVIDERS).orElse(PinsContext.LINUX);
        if (!PinsContext.KNOWN.contains(wanted)) {
            instance.settings().wrong(PinsContext.PROVIDERS, PinsContext.EXPECTED);
        }
        return instance.settings().problems().stream().map(Problem::toString).toList();
    }
}
