package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Configurations;
import org.headgate.config.api.Texts;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.Table;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.Devices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code opcua:certificates}. */
@Component(service = ConsoleCommand.class)
public final class CertificatesCommand implements ConsoleCommand {
    private static final String EXPORT = "--export";

    private final OpcUaDevices devices;
    private final Keyring keyring;

    @Activate
    public CertificatesCommand(
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference Configurations configurations,
            @Reference Keyring keyring) {
        this.devices = new OpcUaDevices(devices, commissioning, configurations);
        this.keyring = keyring;
    }

    @Override
    public Signature signature() {
        return Signature.of(
                        "opcua:certificates",
                        "Shows the gateway's own certificate for OPC UA, and which servers' ones are trusted.")
                .flag(EXPORT, "puts ours into HOME/files, without its key, makes it first where there is none")
                .json()
                .more("Servers must trust ours before they let the gateway in: carry " + Keyring.EXPORTED
                        + " of HOME/files there, or move it from the server's folder of rejected certificates to that of"
                        + " the trusted ones. It is made when it is first needed, but not before the clock is set."
                        + " The next one is made 60 days before its end, as " + Keyring.NEXT_EXPORTED
                        + ", and used when ours has ended.")
                .example("opcua:certificates", "Shows ours, and what each device trusts.")
                .example("opcua:certificates --export", "Puts ours where it can be fetched from.");
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        invocation.atMost(0);
        try {
            Optional<OwnCertificate> own = invocation.flag(EXPORT) ? Optional.of(keyring.own()) : keyring.held();
            Optional<OwnCertificate> next = keyring.next();
            Optional<String> exported = Optional.empty();
            if (invocation.flag(EXPORT)) {
                exported = Optional.of(keyring.exported(own.orElseThrow()).toString());
            }
            if (invocation.json()) {
                invocation.out().println(json(own, next, exported));
            } else {
                print(invocation, own, exported);
                next.ifPresent(one -> print(invocation, one));
                trusts(invocation);
            }
            return 0;
        } catch (IOException failure) {
            return invocation.fail(failure.getMessage());
        }
    }

    private void print(Invocation invocation, Optional<OwnCertificate> own, Optional<String> exported) {
        if (own.isEmpty()) {
            invocation.out().println("ours is not made yet: it is when a server first needs it, or by " + EXPORT);
        } else {
            invocation.out().println("ours, kept with its key in " + keyring.path());
            new Shown(own.get().certificate()).print(invocation.out());
        }
        exported.ifPresent(file -> invocation.out().println("to be carried to servers: " + file));
    }

    private void print(Invocation invocation, OwnCertificate next) {
        invocation.out().println();
        invocation.out().println("the next one, used when ours has ended; servers should trust it already");
        new Shown(next.certificate()).print(invocation.out());
        invocation.out().println("to be carried to servers: " + keyring.file(Keyring.NEXT_EXPORTED));
    }

    private void trusts(Invocation invocation) {
        Table table = new Table("DEVICE", "TRUSTS", "TOLERATES");
        List<String> names = devices.names();
        for (String device : names) {
            List<String> trusted = trusted(device).stream()
                    .map(one -> Fingerprint.parse(one).map(Fingerprint::brief).orElse(one))
                    .toList();
            table.row(
                    device,
                    trusted.isEmpty() ? "none" : String.join(", ", trusted),
                    devices.value(device, OpcUaDevices.TOLERATE));
        }
        if (!names.isEmpty()) {
            invocation.out().println();
            table.print(invocation.out());
        }
    }

    private Json json(Optional<OwnCertificate> own, Optional<OwnCertificate> next, Optional<String> exported) {
        List<Json> trusted = new ArrayList<>();
        for (String device : devices.names()) {
            trusted.add(new Json()
                    .put("device", device)
                    .put("trusts", trusted(device))
                    .put("tolerates", Texts.list(devices.value(device, OpcUaDevices.TOLERATE))));
        }
        return new Json()
                .put("own", own.map(ours -> new Shown(ours.certificate()).json()))
                .put("next", next.map(one -> new Shown(one.certificate()).json()))
                .put("file", exported)
                .put("devices", trusted);
    }

    private List<String> trusted(String device) {
        return Texts.list(devices.value(device, OpcUaDevices.TRUST));
    }
}
