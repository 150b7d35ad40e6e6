package org.headgate.rule.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headgate.config.api.Instance;
import org.headgate.config.api.Problem;
import org.headgate.config.api.SetUp;
import org.headgate.config.api.Texts;
import org.headgate.config.api.Validator;
import org.osgi.service.component.annotations.Component;

/** Judges tables before they are written: settings, the name, and the device. The file is not judged: it may be copied later. */
@Component
public final class TableValidator implements Validator {
    @Override
    public String kind() {
        return "table";
    }

    @Override
    public List<String> problems(Instance instance, SetUp whole) {
        TableSettings settings = TableSettings.of(instance.settings());
        Optional<String> invalid = instance.invalid();
        if (invalid.isPresent()) {
            return List.of(invalid.get());
        }
        List<String> problems = new ArrayList<>();
        if (Stream.of("device", "rule").anyMatch(kind -> whole.names(kind).contains(instance.name()))) {
            problems.add(LiveTables.nameTaken(instance.name()));
        }
        List<String> devices = whole.names("device");
        settings.device().filter(device -> !devices.contains(device)).ifPresent(device -> {
            String expected = Texts.nearest(device, devices)
                    .map(nearest -> "did you mean " + nearest + "?")
                    .orElse("the name of a device");
            problems.add(new Problem("device", device, expected).toString());
        });
        return problems;
    }
}
