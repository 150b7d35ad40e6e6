package org.headgate.command.router;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.headgate.data.api.Row;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.stream.api.OverflowPolicy;
import org.headgate.stream.api.StreamBus;
import org.headgate.stream.api.Subscription;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Puts into the audit log what happened without a command: somebody was refused, or is at the gateway. */
@Component(service = EventAudit.class, immediate = true)
public final class EventAudit {
    private static final Set<String> KINDS = Set.of(Event.Kind.SECURITY.name(), Event.Kind.TAMPER.name());
    private static final int MOST_WAITING = 1000;

    private final Subscription subscription;

    @Activate
    public EventAudit(@Reference StreamBus bus, @Reference Clock clock) {
        this(bus, new AuditLog(clock)::write);
    }

    EventAudit(StreamBus bus, Consumer<Row> log) {
        subscription = bus.subscribe(
                "audit", List.of(Events.STREAM), MOST_WAITING, OverflowPolicy.DROP_NEWEST, (stream, event) -> {
                    if (KINDS.contains(event.asString(event.schema().indexOf("kind")))) {
                        log.accept(event);
                    }
                });
    }

    @Deactivate
    void stop() {
        subscription.close();
    }
}
