package org.headgate.commands.setup;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.headgate.device.api.DriverFiles;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The drivers, where their service is there: going back to what was must be possible without it. Thread-safe. */
@Component(service = DriverAccess.class)
public final class DriverAccess {
    private final AtomicReference<DriverFiles> files = new AtomicReference<>();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bind(DriverFiles service) {
        files.set(service);
    }

    void unbind(DriverFiles service) {
        files.compareAndSet(service, null);
    }

    Optional<DriverFiles> files() {
        return Optional.ofNullable(files.get());
    }
}
