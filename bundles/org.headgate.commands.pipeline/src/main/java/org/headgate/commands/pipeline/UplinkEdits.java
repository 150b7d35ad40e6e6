package org.headgate.commands.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.commands.kit.Assignments;
import org.headgate.commands.kit.Edits;
import org.headgate.commands.kit.Instances;
import org.headgate.commands.kit.Readers;
import org.headgate.commands.kit.Settling;
import org.headgate.commands.kit.Switch;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.console.api.Invocation;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Scheduler;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;
import org.headgate.uplink.api.Uplinks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the commands that change uplinks have in common: writes, and says where the uplink stands. */
@Component(service = UplinkEdits.class)
public final class UplinkEdits {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final List<String> KEYS = List.of(
            "address=",
            "backlog.after=10s",
            "backlog.rate=",
            "backlog.share=25%",
            "batch.max-bytes=256KiB",
            "budget=50MB/month",
            "client-id=",
            "command.topic=",
            "commands=",
            "commit=100ms",
            "durability=always",
            "durability=offline",
            "enabled=true",
            "enabled=false",
            "format=json",
            "format=senml",
            "format=senml-cbor",
            "format=sparkplug",
            "gzip=true",
            "inflight=20",
            "keepalive=30s",
            "max-hold=10m",
            "outbox.dir=",
            "outbox.drop=oldest",
            "outbox.drop=newest",
            "outbox.max-age=",
            "outbox.max-bytes=16MiB",
            "outbox.min-free=16MiB",
            "password=@",
            "priority.high=",
            "priority.low=",
            "proxy=",
            "qos=1",
            "require-mount=true",
            "retain=false",
            "state.topic=",
            "streams=",
            "time.unit=ms",
            "time.unit=us",
            "time.unit=ns",
            "timeout=5s",
            "tls.ca=",
            "tls.certificate=",
            "tls.key=",
            "tls.pin=sha256:",
            "token=@",
            "topic=headgate/{gateway}/{stream}",
            "transport=mqtt",
            "user=",
            "version=3.1.1",
            "version=5");

    private final Configurations configurations;
    private final Instances files;
    private static final long NANOS_TO_LOOK_FOR_A_TRANSPORT = 1_000_000_000L;

    private final Uplinks uplinks;
    private final Clock clock;
    private final Settling settling;

    /** Edits the files of uplinks. */
    @Activate
    public UplinkEdits(
            @Reference Configurations configurations,
            @Reference Uplinks uplinks,
            @Reference Clock clock,
            @Reference Scheduler scheduler) {
        this.configurations = configurations;
        this.uplinks = uplinks;
        this.clock = clock;
        files = new Instances(configurations, "uplink");
        settling = new Settling(scheduler);
    }

    /** The uplinks' files. */
    Instances files() {
        return files;
    }

    /** All settings of an uplink's file. */
    Map<String, String> settings(String name) {
        return configurations.values(files.file(name));
    }

    /** One uplink as it stands. */
    Optional<UplinkStatus> status(String name) {
        return uplinks.list().stream()
                .filter(uplink -> uplink.name().equals(name))
                .findFirst();
    }

    /** Completion of {@code key=value}. */
    static List<String> keys(List<String> before) {
        return Assignments.complete(before, KEYS);
    }

    /** Makes a change, and says where the uplink stands then. */
    int make(Invocation invocation, Change change, String name, String done) throws InterruptedException {
        Map<String, String> before = settings(name);
        long beganNanos = clock.epochNanos();
        int status = new Edits(configurations).make(invocation, change, done);
        if (status == 0 && !invocation.json()) {
            misspelt(name).forEach(word -> invocation.out().println("note: " + word));
            strangers(name).forEach(stranger -> invocation.out().println("note: " + stranger));
            Optional<UplinkStatus> settled = settings(name).equals(before)
                    ? Optional.empty()
                    : settling.await(
                            invocation, () -> settled(name, beganNanos), PATIENCE, "connecting to " + address(name));
            settled.or(() -> status(name)).ifPresent(uplink -> invocation.out().println(said(uplink)));
        }
        return status;
    }

    /** A transport or a format that is not there may come with a bundle, so it is no mistake; one that is almost there is. */
    private List<String> misspelt(String name) {
        List<String> notes = new ArrayList<>();
        for (String key : List.of("transport", "format")) {
            List<String> known = KEYS.stream()
                    .filter(word -> word.startsWith(key + "="))
                    .map(word -> word.substring(key.length() + 1))
                    .toList();
            files.value(name, key)
                    .filter(value -> !known.contains(value)
                            && Texts.nearest(value, known).isPresent())
                    .ifPresent(value ->
                            notes.add(Instances.none(key, value, known, "there are: " + String.join(", ", known))));
        }
        return notes;
    }

    /** What an uplink is to send and nobody has: the writer refuses that only where nothing else is to be sent. */
    private List<String> strangers(String name) {
        List<String> streams = new ArrayList<>(new Instances(configurations, "device").names());
        streams.addAll(new Instances(configurations, "rule").names());
        streams.add(Events.STREAM);
        return files.value(name, "streams").map(Texts::list).orElse(List.of()).stream()
                .filter(pattern -> streams.stream().noneMatch(stream -> Readers.matches(pattern, stream)))
                .map(pattern -> Instances.none("stream", pattern, streams, "stream:list shows them"))
                .toList();
    }

    /** Makes a change after which there is no uplink. */
    int remove(Invocation invocation, String name) {
        return new Edits(configurations)
                .make(invocation, Edits.of(invocation).remove(files.file(name)), "uplink " + name + " is removed");
    }

    /** What switches them on and off. */
    Switch switching() {
        return new Switch(files, this::make);
    }

    private String address(String name) {
        return files.value(name, "address").orElse(name);
    }

    /** The uplink as it is configured now, not as it was before the change, and not while it connects. */
    private Optional<UplinkStatus> settled(String name, long beganNanos) {
        return status(name)
                .filter(uplink -> uplink.sinceNanos() >= beganNanos)
                .filter(uplink -> files.isEnabled(name) == (uplink.state() != State.DISABLED))
                .filter(uplink -> uplink.state() != State.CONNECTING)
                .filter(uplink -> uplink.state() != State.WAITING_FOR_TRANSPORT || isOld(uplink));
    }

    /** An uplink is made before it is told which transports there are. */
    private boolean isOld(UplinkStatus uplink) {
        return clock.epochNanos() - uplink.sinceNanos() >= NANOS_TO_LOOK_FOR_A_TRANSPORT;
    }

    private static String said(UplinkStatus uplink) {
        String state = uplink.name() + ": " + uplink.state();
        return uplink.detail().isEmpty() ? state : state + ", " + uplink.detail();
    }
}
