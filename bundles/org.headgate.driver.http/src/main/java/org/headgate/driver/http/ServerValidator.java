package org.headgate.driver.http;

import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.osgi.service.component.annotations.Component;

/** Judges {@code headgate.http.cfg} before it is written. */
@Component
public final class ServerValidator implements Validator {
    @Override
    public String kind() {
        return ServerSettings.KIND;
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        if (instance.broken().isPresent()) {
            return List.of(instance.broken().get());
        }
        ServerSettings.read(instance.settings(), name -> Optional.empty());
        return instance.settings().problems().stream().map(Problem::toString).toList();
    }
}
