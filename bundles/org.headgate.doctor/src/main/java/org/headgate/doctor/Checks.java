package org.headgate.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.headgate.doctor.api.HealthCheck;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The checks that there are. They are made when the doctor is called and let go afterwards, so that they cost nothing at the start and
 * hold no bundle. Thread-safe.
 */
@Component(service = Checks.class)
public final class Checks {
    private final List<ComponentServiceObjects<HealthCheck>> offered = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ComponentServiceObjects<HealthCheck> check) {
        offered.add(check);
    }

    void unbind(ComponentServiceObjects<HealthCheck> check) {
        offered.remove(check);
    }

    /** All checks, for the time of one visit. */
    Visit visit() {
        List<Visit.Taken> taken = new ArrayList<>();
        for (ComponentServiceObjects<HealthCheck> objects : offered) {
            HealthCheck check = objects.getService();
            if (check != null) {
                taken.add(new Visit.Taken(check, objects));
            }
        }
        return new Visit(taken);
    }

    /** Checks that were taken; to be closed. */
    record Visit(List<Taken> taken) implements AutoCloseable {
        private record Taken(HealthCheck check, ComponentServiceObjects<HealthCheck> from) {}

        /** Sorted by name. */
        List<HealthCheck> checks() {
            return taken.stream()
                    .map(Taken::check)
                    .sorted(Comparator.comparing(HealthCheck::name))
                    .toList();
        }

        /** Their names, sorted. */
        List<String> names() {
            return checks().stream().map(HealthCheck::name).toList();
        }

        @Override
        public void close() {
            taken.forEach(each -> each.from().ungetService(each.check()));
        }
    }
}
