package org.headgate.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Gateway;
import org.headgate.config.api.HomeFiles;
import org.headgate.config.api.NamedFiles;
import org.headgate.config.api.Secrets;
import org.headgate.doctor.api.Finding;
import org.headgate.doctor.api.HealthCheck;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Outcome;
import org.headgate.tls.TlsSettings;
import org.headgate.uplink.api.UplinkStatus;
import org.headgate.uplink.api.UplinkStatus.State;
import org.headgate.uplink.api.Uplinks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where the uplinks stand, whether their servers can be reached, and how long the servers' certificates are good for. */
@Component
public final class UplinksCheck implements HealthCheck {
    /** Two time-outs of a probe, and less than the doctor waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Pattern SECRET = Pattern.compile("secret:set [A-Za-z0-9][A-Za-z0-9._-]*");

    private final Uplinks uplinks;
    private final Configurations configurations;
    private final ServerProbe servers;
    private final Function<String, Optional<byte[]>> files;
    private final SideBySide sideBySide;

    @Activate
    public UplinksCheck(
            @Reference Uplinks uplinks,
            @Reference Configurations configurations,
            @Reference Calls calls,
            @Reference Clock clock,
            @Reference Secrets secrets,
            @Reference Gateway gateway) {
        this(
                uplinks,
                configurations,
                calls,
                new ServerProbe(clock),
                new NamedFiles(new HomeFiles(gateway.home()), secrets)::content);
    }

    UplinksCheck(
            Uplinks uplinks,
            Configurations configurations,
            Calls calls,
            ServerProbe servers,
            Function<String, Optional<byte[]>> files) {
        this.uplinks = uplinks;
        this.configurations = configurations;
        this.servers = servers;
        this.files = files;
        this.sideBySide = new SideBySide(calls, PATIENCE);
    }

    @Override
    public String name() {
        return "uplinks";
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        List<UplinkStatus> all = uplinks.list();
        if (all.isEmpty()) {
            return List.of(Finding.unknown("", "there is none yet (uplink:add NAME ADDRESS makes one)"));
        }
        List<Finding> findings = new ArrayList<>();
        List<Callable<Finding>> probes = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        for (UplinkStatus uplink : all) {
            state(uplink).ifPresent(findings::add);
            Optional<Endpoint> server = Endpoint.of(uplink.address());
            if (uplink.state() == State.DISABLED || server.isEmpty()) {
                continue;
            }
            Map<String, String> keys = configurations.values("headgate.uplink-" + uplink.name() + ".cfg");
            if (keys.containsKey("proxy")) {
                findings.add(Finding.unknown(
                        subject(uplink), "is reached through a proxy; uplink:test " + uplink.name() + " tries it"));
            } else if (uplink.state() != State.INVALID) {
                asked.add(subject(uplink));
                probes.add(() -> servers.probe(uplink.name(), server.get(), TlsSettings.of(keys, files)));
            }
        }
        findings.addAll(probed(asked, probes));
        return findings;
    }

    private List<Finding> probed(List<String> asked, List<Callable<Finding>> probes) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try {
            List<Outcome<Finding>> outcomes = sideBySide.start(probes).get();
            for (int i = 0; i < outcomes.size(); i++) {
                String subject = asked.get(i);
                Optional<Exception> failure = outcomes.get(i).failure();
                findings.add(outcomes.get(i)
                        .value()
                        .orElseGet(() -> Finding.fail(
                                subject,
                                "its server could not be tried within " + PATIENCE.toSeconds() + " s"
                                        + failure.map(why -> ": " + why).orElse(""),
                                "resolvectl status tells whether the name server answers; then uplink:test "
                                        + subject.substring(subject.indexOf(' ') + 1))));
            }
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
        return findings;
    }

    private static Optional<Finding> state(UplinkStatus uplink) {
        String subject = subject(uplink);
        String text = uplink.state() + (uplink.detail().isEmpty() ? "" : ": " + uplink.detail());
        return switch (uplink.state()) {
            case INVALID ->
                Optional.of(Finding.fail(subject, text, Mending.of("uplink", uplink.name(), uplink.detail())));
            case WAITING_FOR_TRANSPORT ->
                Optional.of(Finding.fail(
                        subject,
                        text,
                        "uplink:set " + uplink.name() + " transport=mqtt format=json, or install what it names"));
            case OFFLINE -> Optional.of(Finding.warn(subject, text + "; rows wait in the outbox", remedy(uplink)));
            case DISABLED -> Optional.of(Finding.ok(subject, "is switched off"));
            case ONLINE, CONNECTING -> Optional.empty();
        };
    }

    /** Where the uplink itself names the command, it is that. */
    private static String remedy(UplinkStatus uplink) {
        Matcher secret = SECRET.matcher(uplink.detail());
        return secret.find() ? secret.group() : "uplink:test " + uplink.name() + " tries it and says why";
    }

    private static String subject(UplinkStatus uplink) {
        return "uplink " + uplink.name();
    }
}
