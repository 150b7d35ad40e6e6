package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.List;
import org.headgate.commands.kit.Edits;
import org.headgate.config.api.Configurations;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.device.api.Commissioning;
import org.headgate.device.api.Devices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code opcua:distrust}. */
@Component(service = ConsoleCommand.class)
public final class DistrustCommand implements ConsoleCommand {
    private final OpcUaDevices devices;

    @Activate
    public DistrustCommand(
            @Reference Devices devices,
            @Reference Commissioning commissioning,
            @Reference Configurations configurations) {
        this.devices = new OpcUaDevices(devices, commissioning, configurations);
    }

    @Override
    public Signature signature() {
        return Signature.of("opcua:distrust", "Trusts the certificate of a device's server no longer.")
                .words("DEVICE")
                .json()
                .more(
                        "Takes trust and tolerate out of the device's file. The connection ends at once, and none is made before"
                                + " somebody decides anew.")
                .example("opcua:distrust press", "Ends the connection to press until it is trusted again.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return before.isEmpty()
                ? devices.names().stream()
                        .filter(device ->
                                !devices.value(device, OpcUaDevices.TRUST).isEmpty())
                        .toList()
                : List.of();
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        invocation.atMost(1);
        try {
            devices.settings(device);
        } catch (IOException noneOfOurs) {
            return invocation.fail(noneOfOurs.getMessage());
        }
        String file = devices.file(device);
        return new Edits(devices.configurations())
                .make(
                        invocation,
                        Edits.of(invocation).unset(file, OpcUaDevices.TRUST).unset(file, OpcUaDevices.TOLERATE),
                        device + " trusts no certificate any more");
    }
}
