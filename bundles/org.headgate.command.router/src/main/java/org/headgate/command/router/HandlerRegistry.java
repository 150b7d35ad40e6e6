package org.headgate.command.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.headgate.command.api.CommandHandler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers that are there now. Of two for one name the first is used; when it leaves, the second takes over. */
@Component(service = HandlerRegistry.class)
public final class HandlerRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerRegistry.class);

    private final TreeMap<String, List<BoundHandler>> handlers = new TreeMap<>();

    /** For the service registry. */
    @Activate
    public HandlerRegistry() {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bind(CommandHandler handler) {
        List<BoundHandler> same = handlers.computeIfAbsent(handler.name(), name -> new ArrayList<>(1));
        if (!same.isEmpty()) {
            LOG.warn("two bundles handle the command {}; the first one is used", handler.name());
        }
        same.add(new BoundHandler(handler));
    }

    void unbind(CommandHandler handler) {
        take(handler).ifPresent(BoundHandler::leave);
    }

    private synchronized Optional<BoundHandler> take(CommandHandler handler) {
        for (List<BoundHandler> same : handlers.values()) {
            for (BoundHandler bound : same) {
                if (bound.is(handler)) {
                    same.remove(bound);
                    handlers.values().removeIf(List::isEmpty);
                    return Optional.of(bound);
                }
            }
        }
        return Optional.empty();
    }

    synchronized Optional<BoundHandler> find(String command) {
        return Optional.ofNullable(handlers.get(command)).map(same -> same.get(0));
    }

    synchronized List<String> names() {
        return List.copyOf(handlers.keySet());
    }
}
