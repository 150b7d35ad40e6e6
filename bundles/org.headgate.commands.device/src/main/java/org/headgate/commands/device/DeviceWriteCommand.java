package org.headgate.commands.device;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.command.api.Origin;
import org.headgate.console.api.Answer;
import org.headgate.console.api.ConsoleCommand;
import org.headgate.console.api.Invocation;
import org.headgate.console.api.Json;
import org.headgate.console.api.Signature;
import org.headgate.console.api.UsageException;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Devices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code device:write}. */
@Component(service = ConsoleCommand.class)
public final class DeviceWriteCommand implements ConsoleCommand {
    /** The router answers within a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(65);

    private final Devices devices;
    private final Commands commands;

    @Activate
    public DeviceWriteCommand(@Reference Devices devices, @Reference Commands commands) {
        this.devices = devices;
        this.commands = commands;
    }

    @Override
    public Signature signature() {
        return Signature.of("device:write", "Writes a value to a channel; type, range and access are checked first.")
                .words("DEVICE CHANNEL VALUE")
                .json()
                .more(
                        "The channel is read back at once; device:info shows it. A value that begins with - is typed as it is.")
                .example("device:write boiler pump on", "Switches the boiler's pump on.")
                .example("device:write boiler setpoint 65", "Lets the boiler settle at 65 degrees.");
    }

    @Override
    public List<String> complete(List<String> before) {
        return switch (before.size()) {
            case 0 -> Found.names(devices);
            case 1 ->
                devices.device(before.get(0)).stream()
                        .flatMap(device -> device.channels().stream())
                        .filter(channel -> channel.access().canWrite())
                        .map(Channel::name)
                        .toList();
            case 2 ->
                devices.device(before.get(0)).stream()
                                .flatMap(device -> device.channels().stream())
                                .anyMatch(channel ->
                                        channel.name().equals(before.get(1)) && channel.type() == Type.BOOLEAN)
                        ? List.of("true", "false")
                        : List.of();
            default -> List.of();
        };
    }

    @Override
    public int run(Invocation invocation) throws UsageException, InterruptedException {
        String device = invocation.word(0, "DEVICE");
        String channel = invocation.word(1, "CHANNEL");
        String value = invocation.word(2, "VALUE");
        invocation.atMost(3);
        // Whatever is asked for goes to the router, which writes it down; a device that is not there is refused behind
        // it.
        Command command = Command.of(
                "device.write",
                Map.of("device", device, "channel", channel, "value", value),
                Origin.caller(invocation.user()));
        Answer<CommandResult> answer = invocation.await(commands.submit(command), PATIENCE, "writing to " + device);
        CommandResult result = answer.value()
                .orElseGet(() -> CommandResult.failed(command, answer.failure().orElse("no answer")));
        if (invocation.json()) {
            invocation
                    .out()
                    .println(new Json()
                            .put("done", result.isDone())
                            .put("id", result.id())
                            .put("message", result.message()));
            return result.isDone() ? 0 : 1;
        }
        if (!result.isDone()) {
            return invocation.fail(result.message());
        }
        invocation.out().println(device + "/" + result.message());
        return 0;
    }
}
