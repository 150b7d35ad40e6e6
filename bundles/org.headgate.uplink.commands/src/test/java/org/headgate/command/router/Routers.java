package org.headgate.command.router;

import java.util.Map;
import org.headgate.command.api.CommandHandler;
import org.headgate.command.api.Commands;
import org.headgate.system.api.Storage;
import org.headgate.system.api.kit.SimulatedSystem;

/** The real router in simulated time: its package is where its parts are bound. */
public final class Routers {
    private Routers() {}

    /** A router of one handler, which remembers on a disk. */
    public static Commands router(CommandHandler handler, SimulatedSystem system, Storage disk) {
        HandlerRegistry handlers = new HandlerRegistry();
        handlers.bind(handler);
        return new CommandRouter(Map.of(), handlers, system, system, system, system, disk);
    }
}
