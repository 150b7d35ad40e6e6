package org.headgate.uplink.commands;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.CommandResult.Status;
import org.headgate.command.api.Commands;
import org.headgate.command.api.Origin;
import org.headgate.system.api.Clock;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.RemoteCommands;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Hands requests from brokers to the router, which sees to it that each is done once, in time and not too often, and writes it down. */
@Component
public final class BrokerCommands implements RemoteCommands {
    private final Commands commands;
    private final ConsoleRun runs;
    private final RemoteConsole console;
    private final Malformed malformed;

    /** Called by Declarative Services. */
    @Activate
    public BrokerCommands(
            @Reference Commands commands,
            @Reference ConsoleRun runs,
            @Reference RemoteConsole console,
            @Reference Clock clock) {
        this.commands = commands;
        this.runs = runs;
        this.console = console;
        malformed = new Malformed(clock);
    }

    @Override
    public void received(Source from, Incoming incoming, Consumer<Reply> answers) {
        runs.allow(from.uplink(), from.allowed());
        try {
            Request request = Request.read(incoming.payload());
            if (incoming.retained()) {
                throw new MalformedRequestException(
                        request.id(),
                        "retained (expected: published without retain; the broker would hand it out again at each connection)");
            }
            if (!Response.fits(incoming)) {
                throw new MalformedRequestException(
                        request.id(),
                        "correlation data: " + incoming.correlation().length + " bytes (expected: at most "
                                + Response.MOST_CORRELATION + ")");
            }
            commands.submit(new Command(
                            request.id(),
                            ConsoleRun.NAME,
                            ConsoleRun.arguments(request),
                            Origin.cloud(from.uplink()),
                            OptionalLong.of(request.expiresNanos())))
                    .thenAccept(result -> answers.accept(Response.of(result, from, incoming)));
        } catch (MalformedRequestException wrong) {
            malformed.count(from.uplink(), wrong.getMessage());
            if (!wrong.id().isEmpty()) {
                CommandResult refused = new CommandResult(wrong.id(), Status.REFUSED, wrong.getMessage(), Map.of());
                answers.accept(Response.of(refused, from, incoming));
            }
        }
    }

    @Override
    public List<String> unknown(List<String> allowed) {
        List<String> names = console.names();
        return allowed.stream()
                .filter(name -> names.stream().noneMatch(AllowList.of(List.of(name))::allows))
                .toList();
    }

    @Override
    public long malformed(String uplink) {
        return malformed.of(uplink);
    }
}
