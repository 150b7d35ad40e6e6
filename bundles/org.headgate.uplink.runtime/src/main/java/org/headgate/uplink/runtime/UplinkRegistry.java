package org.headgate.uplink.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Storage;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.Transport;
import org.headgate.uplink.api.TrialStep;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkTrials;
import org.headgate.uplink.api.Uplinks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the configured uplinks with the transports and formats that come and go. */
@Component(service = {Uplinks.class, UplinkTrials.class, UplinkRegistry.class})
public final class UplinkRegistry implements Uplinks, UplinkTrials {
    private static final Logger LOG = LoggerFactory.getLogger(UplinkRegistry.class);
    private static final int RELEASE_SECONDS = 5;

    private final TreeMap<String, Transport> transports = new TreeMap<>();
    private final TreeMap<String, PayloadFormat> formats = new TreeMap<>();
    private final TreeMap<String, Uplink> uplinks = new TreeMap<>();
    private final TreeMap<String, Memory> memories = new TreeMap<>();
    private volatile Optional<RemoteCommands> commands = Optional.empty();

    /** For the service registry. */
    @Activate
    public UplinkRegistry() {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindTransport(Transport transport) {
        if (transports.putIfAbsent(transport.name(), transport) == null) {
            users(transport.name()).forEach(uplink -> uplink.use(Optional.of(transport)));
        }
    }

    /** Returns when the links of the leaving transport are closed, after five seconds at most. */
    void unbindTransport(Transport transport) {
        await(release(transport), "transport " + transport.name() + ": left with a link that does not close");
    }

    private static void await(CompletableFuture<Void> released, String otherwise) {
        try {
            released.get(RELEASE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stuck) {
            LOG.warn("{}", otherwise);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized CompletableFuture<Void> release(Transport transport) {
        if (!transports.remove(transport.name(), transport)) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(users(transport.name()).stream()
                .map(uplink -> uplink.use(Optional.empty()))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindFormat(PayloadFormat format) {
        if (formats.putIfAbsent(format.name(), format) == null) {
            encoders(format.name()).forEach(uplink -> uplink.format(Optional.of(format)));
        }
    }

    /** Returns when nothing is encoded in the leaving format any more, after five seconds at most. */
    void unbindFormat(PayloadFormat format) {
        await(release(format), "format " + format.name() + ": left while it encodes");
    }

    synchronized CompletableFuture<Void> release(PayloadFormat format) {
        if (!formats.remove(format.name(), format)) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(encoders(format.name()).stream()
                .map(uplink -> uplink.format(Optional.empty()))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindCommands(RemoteCommands found) {
        commands = Optional.of(found);
    }

    synchronized void unbindCommands(RemoteCommands gone) {
        commands = commands.filter(known -> known != gone);
    }

    /** What carries out commands, where a bundle does. A link's thread asks for it, which nobody keeps waiting. */
    Optional<RemoteCommands> commands() {
        return commands;
    }

    /** What is remembered of an uplink of this name, whichever is configured now. */
    synchronized Memory memory(String uplink, Clock clock, Calls calls, Storage var) {
        return memories.computeIfAbsent(
                uplink,
                name -> new Memory(
                        new Totals(), new ClockHold(clock), new Budget(name, var, clock, calls), new Answers()));
    }

    /** The format of a name, where a bundle offers it. */
    synchronized Optional<PayloadFormat> format(String name) {
        return Optional.ofNullable(formats.get(name));
    }

    synchronized void add(Uplink uplink) {
        uplinks.put(uplink.name(), uplink);
        Optional.ofNullable(formats.get(uplink.settings().format()))
                .ifPresent(format -> uplink.format(Optional.of(format)));
        transport(uplink.settings().transport()).ifPresent(transport -> uplink.use(Optional.of(transport)));
    }

    synchronized void remove(Uplink uplink) {
        uplinks.remove(uplink.name(), uplink);
    }

    @Override
    public List<UplinkStatus> list() {
        return all().stream().map(Uplink::status).toList();
    }

    /** A copy: what one of them keeps waiting for keeps no other one waiting. */
    private synchronized List<Uplink> all() {
        return List.copyOf(uplinks.values());
    }

    @Override
    public synchronized CompletionStage<List<TrialStep>> test(String name) {
        Uplink uplink = uplinks.get(name);
        return uplink == null
                ? Trial.refused("no uplink " + name)
                : uplink.trial()
                        .start(
                                transport(uplink.settings().transport()),
                                format(uplink.settings().format()));
    }

    /** The transport of a name, where a bundle offers it. */
    synchronized Optional<Transport> transport(String name) {
        return Optional.ofNullable(transports.get(name));
    }

    private List<Uplink> encoders(String name) {
        List<Uplink> encoders = new ArrayList<>(uplinks.values());
        encoders.removeIf(uplink -> !uplink.settings().format().equals(name));
        return encoders;
    }

    private List<Uplink> users(String name) {
        List<Uplink> users = new ArrayList<>(uplinks.values());
        users.removeIf(uplink -> !uplink.settings().transport().equals(name));
        return users;
    }
}
