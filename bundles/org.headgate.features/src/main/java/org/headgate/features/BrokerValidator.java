package org.headgate.features;

import java.util.ArrayList;
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
    private static final String FILE = "headgate.broker.cfg";
    private static final String PORT = "port";
    private static final long DEFAULT_PORT = 1883;

    @Override
    public String kind() {
        return "broker";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        if (instance.broken().isPresent()) {
            return List.of(instance.broken().get());
        }
        long port = port(instance);
        List<String> problems = new ArrayList<>();
        instance.settings().problems().forEach(problem -> problems.add(problem.toString()));
        whole.instance(GatewaySettings.FILE)
                .filter(gateway -> gateway.broken().isEmpty())
                .map(gateway -> GatewaySettings.of(gateway.settings()))
                .filter(gateway -> gateway.broker() && gateway.consolePort() == port)
                .ifPresent(gateway -> problems.add(PORT + ": " + port + " is the console's (expected: another one)"));
        return problems;
    }

    /** The port of the broker in a set-up. */
    static long port(SetUp whole) {
        return whole.instance(FILE)
                .filter(broker -> broker.broken().isEmpty())
                .map(BrokerValidator::port)
                .orElse(DEFAULT_PORT);
    }

    private static long port(Instance broker) {
        return broker.settings().number(PORT, GatewaySettings.LEAST_PORT, GatewaySettings.LARGEST_PORT, DEFAULT_PORT);
    }
}
