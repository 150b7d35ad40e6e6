package org.headgate.features;

import java.util.List;
import org.headgate.config.api.Instance;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Validator;
import org.osgi.service.component.annotations.Component;

/**
 * Judges {@code headgate.broker.cfg} by the one key that {@code org.headgate.broker} reads: that bundle is only there when the broker is
 * wanted, and the file may be written before.
 */
@Component
public final class BrokerValidator implements Validator {
    @Override
    public String kind() {
        return "broker";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        if (instance.broken().isPresent()) {
            return List.of(instance.broken().get());
        }
        instance.settings().number("port", 1, 65_535, 1883);
        return instance.settings().problems().stream().map(Object::toString).toList();
    }
}
