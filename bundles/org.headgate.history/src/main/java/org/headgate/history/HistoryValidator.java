package org.headgate.history;

import java.util.List;
import org.headgate.config.api.Instance;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Judges {@code headgate.history.cfg} before it is written. */
@Component
public final class HistoryValidator implements Validator {
    /** For the service registry. */
    @Activate
    public HistoryValidator() {}

    @Override
    public String kind() {
        return "history";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        String problem = HistorySettings.of(instance).problem();
        return problem.isEmpty() ? List.of() : List.of(problem);
    }
}
