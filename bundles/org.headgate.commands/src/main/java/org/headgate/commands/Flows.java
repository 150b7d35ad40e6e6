package org.headgate.commands;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.data.api.FlowSnapshot;
import org.headgate.data.api.FlowSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The edges of the whole graph: whoever owns some offers them as a {@link FlowSource}. */
@Component(service = Flows.class)
public final class Flows {
    /** The producer's name of an edge that leads from a driver to a device. */
    static final String DRIVER = "driver:";

    private final List<FlowSource> sources = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(FlowSource source) {
        sources.add(source);
    }

    void unbind(FlowSource source) {
        sources.remove(source);
    }

    /** All edges; drivers first, then by name. */
    List<FlowSnapshot> all() {
        List<FlowSnapshot> all = new ArrayList<>();
        sources.forEach(source -> all.addAll(source.flows()));
        all.sort(Comparator.comparing((FlowSnapshot flow) -> !flow.from().startsWith(DRIVER))
                .thenComparing(FlowSnapshot::from)
                .thenComparing(FlowSnapshot::to));
        return all;
    }

    /** Rows that devices have published. */
    long rowsRead() {
        return all().stream()
                .filter(flow -> flow.from().startsWith(DRIVER))
                .mapToLong(FlowSnapshot::emitted)
                .sum();
    }
}
