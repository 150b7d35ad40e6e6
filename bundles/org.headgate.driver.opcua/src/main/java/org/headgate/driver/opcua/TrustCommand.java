package org.headgate.driver.opcua;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.Devices;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.driver.opcua.SecuritySettings.Flaw;
import org.headgate.system.api.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code opcua:trust}: a person decides that a server's certificate is the right one. Nothing but the question for it is sent before. */
@Component(service = ConsoleCommand.class)
public final class TrustCommand implements ConsoleCommand {
    private static final String FINGERPRINT = "--fingerprint";
    private static final String TOLERATE = "--tolerate";

    private final OpcUaDevices devices;
    private final Keyring keyring;
    private final Reactor reactor;
    private final Clock clock;

    @Activate
    public TrustCommand(
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference Configurations configurations,
            @Reference Keyring keyring,
            @Reference Reactor reactor,
            @Reference Clock clock) {
        this.devices = new OpcUaDevices(devices, commissioning, configurations);
        this.keyring = keyring;
        this.reactor = reactor;
        this.clock = clock;
    }

    @Override
    public Signature signature() {
        return Signature.of("opcua:trust", "Shows the certificate of a device's server, and trusts it when you say so.")
                .words("DEVICE")
                .option(FINGERPRINT + " SHA256", "trusts this certificate, if it is what the server shows; asks nobody")
                .option(TOLERATE + " FLAWS", "beside it: what may be wrong all the same, of dates,host,uri")
                .json()
                .more(
                        "Compare the fingerprint with what the server's own tools show: whoever stands between the gateway and"
                                + " the server can show a certificate, too, but not the same one. It is kept as trust = SHA256 in the"
                                + " device's file, in place of the one before; what is wrong with it beside is named, and kept as"
                                + " tolerate = dates, host or uri. --json has it as flaws, by the words of --tolerate, also where it"
                                + " is refused for them.")
                .example("opcua:trust press", "Asks whether the certificate of press is the right one.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty() ? devices.names() : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        invocation.atMost(1);
        Optional<String> wanted = invocation.option(FINGERPRINT);
        if (wanted.isPresent() && Fingerprint.parse(wanted.get()).isEmpty()) {
            throw new UsageException(FINGERPRINT + ": " + wanted.get() + " (expected: " + Fingerprint.EXPECTED + ")");
        }
        Set<Flaw> tolerated = tolerated(invocation);
        try {
            Setup setup = Setup.parse(devices.settings(device), keyring);
            Dial dial = new Dial(setup.address(), setup.timeout(), setup.security(), reactor, clock);
            EndpointDescription endpoint = setup.security().candidate(Endpoints.ask(dial, dial.deadline()));
            if (endpoint.getSecurityMode() == MessageSecurityMode.None
                    && endpoint.getServerCertificate().isNullOrEmpty()) {
                return invocation.fail(device + " has security = none, and its server shows no certificate");
            }
            X509Certificate certificate = Security.certificate(endpoint);
            Map<Flaw, String> flaws = setup.security().judge().flaws(certificate, Security.application(endpoint));
            Server server = new Server(device, certificate, flaws);
            return decide(invocation, server, wanted.flatMap(Fingerprint::parse), tolerated);
        } catch (IOException | InvalidSettingException refused) {
            return invocation.fail(refused.getMessage());
        }
    }

    private static Set<Flaw> tolerated(Invocation invocation) throws UsageException {
        Optional<String> words = invocation.option(TOLERATE);
        if (words.isPresent() && invocation.option(FINGERPRINT).isEmpty()) {
            throw new UsageException(TOLERATE + ": " + words.get() + " (expected: " + FINGERPRINT + " beside it)");
        }
        try {
            return SecuritySettings.tolerated(words.orElse(""));
        } catch (InvalidSettingException unknown) {
            throw new UsageException("--" + unknown.getMessage());
        }
    }

    private int decide(Invocation invocation, Server server, Optional<Fingerprint> wanted, Set<Flaw> tolerated)
            throws InterruptedException {
        Fingerprint seen = server.seen();
        if (!invocation.json()) {
            new Shown(server.certificate()).print(invocation.out());
            Shown.print(server.flaws(), invocation.out());
            earlier(server.device(), seen).ifPresent(line -> Shown.line(invocation.out(), line));
        }
        if (wanted.isPresent() && !wanted.get().equals(seen)) {
            return refuse(
                    invocation,
                    server,
                    "the server shows " + seen.brief() + ", not " + wanted.get().brief() + "; nothing has changed");
        }
        Set<String> words = kept(server);
        tolerated.forEach(flaw -> words.add(flaw.word()));
        if (wanted.isPresent()) {
            // A program compares a fingerprint and reads no warnings: what else it takes it must say.
            String wrong = server.flaws().keySet().stream()
                    .map(Flaw::word)
                    .filter(word -> !words.contains(word))
                    .collect(Collectors.joining(","));
            if (!wrong.isEmpty()) {
                return refuse(
                        invocation,
                        server,
                        "wrong in its certificate: " + wrong + " (expected: " + TOLERATE + " " + wrong + ")");
            }
        } else {
            Optional<Boolean> yes =
                    invocation.confirm("Is this the certificate of the server of " + server.device() + "?");
            if (yes.isEmpty()) {
                return refuse(invocation, server, "nobody can be asked here (expected: " + FINGERPRINT + " SHA256)");
            }
            if (!yes.get()) {
                invocation.out().println("nothing has changed");
                return 1;
            }
            server.flaws().keySet().forEach(flaw -> words.add(flaw.word()));
        }
        return change(invocation, server, words);
    }

    /** A program sees what it has refused to trust. */
    private static int refuse(Invocation invocation, Server server, String why) {
        if (invocation.json()) {
            invocation.out().println(server.json(new Json()));
        }
        return invocation.fail(why);
    }

    /** What a person took with another certificate is no reason to take it with this one. */
    private Set<String> kept(Server server) {
        String before = devices.value(server.device(), OpcUaDevices.TRUST);
        return before.isEmpty() || before.contains(server.seen().toString())
                ? new LinkedHashSet<>(Texts.list(devices.value(server.device(), OpcUaDevices.TOLERATE)))
                : new LinkedHashSet<>();
    }

    private Optional<String> earlier(String device, Fingerprint seen) {
        String before = devices.value(device, OpcUaDevices.TRUST);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                before.contains(seen.toString())
                        ? device + " trusts it already"
                        : "attention: " + device + " has trusted another one until now, " + before
                                + ": does the server's owner know that it has changed?");
    }

    private int change(Invocation invocation, Server server, Set<String> tolerated) {
        Map<String, Optional<String>> keys = new LinkedHashMap<>();
        keys.put(OpcUaDevices.TRUST, Optional.of(server.seen().toString()));
        if (!tolerated.isEmpty()
                || !devices.value(server.device(), OpcUaDevices.TOLERATE).isEmpty()) {
            keys.put(
                    OpcUaDevices.TOLERATE,
                    tolerated.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", tolerated)));
        }
        Change change = Edits.of(invocation).keys(devices.file(server.device()), keys);
        if (!invocation.json()) {
            return new Edits(devices.configurations())
                    .make(
                            invocation,
                            change,
                            server.device() + " trusts " + server.seen().brief());
        }
        try {
            invocation
                    .out()
                    .println(server.json(Edits.json(devices.configurations().change(change))));
            return 0;
        } catch (IOException refused) {
            return Edits.refused(invocation, refused);
        }
    }

    /**
     * What a device's server shows.
     *
     * @param flaws what is wrong with its certificate, beside its being known or not
     */
    private record Server(String device, X509Certificate certificate, Map<Flaw, String> flaws) {
        Fingerprint seen() {
            return Fingerprint.of(certificate);
        }

        Json json(Json into) {
            return into.put("certificate", new Shown(certificate).json()).put("flaws", Shown.json(flaws));
        }
    }
}
