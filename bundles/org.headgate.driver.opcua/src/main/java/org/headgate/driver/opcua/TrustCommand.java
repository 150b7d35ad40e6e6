package org.headgate.driver.opcua;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Change;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
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
                .json()
                .more(
                        "Compare the fingerprint with what the server's own tools show: whoever stands between the gateway and"
                                + " the server can show a certificate, too, but not the same one. It is kept as trust = SHA256 in the"
                                + " device's file, in place of the one before; what is wrong with it beside is named, and kept as"
                                + " tolerate = dates, host or uri.")
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
            return decide(invocation, device, certificate, flaws, wanted.flatMap(Fingerprint::parse));
        } catch (IOException | InvalidSettingException refused) {
            return invocation.fail(refused.getMessage());
        }
    }

    private int decide(
            Invocation invocation,
            String device,
            X509Certificate certificate,
            Map<Flaw, String> flaws,
            Optional<Fingerprint> wanted)
            throws InterruptedException {
        Fingerprint seen = Fingerprint.of(certificate);
        if (!invocation.json()) {
            new Shown(certificate).print(invocation.out());
            Shown.print(flaws, invocation.out());
            earlier(device, seen).ifPresent(line -> Shown.line(invocation.out(), line));
        }
        if (wanted.isPresent() && !wanted.get().equals(seen)) {
            return invocation.fail(
                    "the server shows " + seen.brief() + ", not " + wanted.get().brief() + "; nothing has changed");
        }
        if (wanted.isEmpty()) {
            Optional<Boolean> yes = invocation.confirm("Is this the certificate of the server of " + device + "?");
            if (yes.isEmpty()) {
                return invocation.fail("nobody can be asked here (expected: " + FINGERPRINT + " SHA256)");
            }
            if (!yes.get()) {
                invocation.out().println("nothing has changed");
                return 1;
            }
        }
        return new Edits(devices.configurations())
                .make(invocation, change(invocation, device, seen, flaws), device + " trusts " + seen.brief());
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

    private Change change(Invocation invocation, String device, Fingerprint seen, Map<Flaw, String> flaws) {
        Map<String, Optional<String>> keys = new LinkedHashMap<>();
        keys.put(OpcUaDevices.TRUST, Optional.of(seen.toString()));
        String before = devices.value(device, OpcUaDevices.TRUST);
        String words = devices.value(device, OpcUaDevices.TOLERATE);
        Set<String> tolerated = new LinkedHashSet<>();
        // What a person took with another certificate is no reason to take it with this one.
        if (before.isEmpty() || before.contains(seen.toString())) {
            tolerated.addAll(Texts.list(words));
        }
        flaws.keySet().forEach(flaw -> tolerated.add(flaw.word()));
        if (!tolerated.isEmpty() || !words.isEmpty()) {
            keys.put(
                    OpcUaDevices.TOLERATE,
                    tolerated.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", tolerated)));
        }
        return Edits.of(invocation).keys(devices.file(device), keys);
    }
}
