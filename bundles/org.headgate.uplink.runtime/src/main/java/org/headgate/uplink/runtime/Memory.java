package org.headgate.uplink.runtime;

import java.util.Optional;
import org.headgate.uplink.api.RemoteCommands;
import org.headgate.uplink.api.UplinkStatus;

/**
 * What outlives an uplink whose file is edited.
 *
 * @param totals what it has done
 * @param hold which of its rows wait for the clock
 * @param budget what it has spent
 * @param answers what is to be said when there is a link
 */
record Memory(Totals totals, ClockHold hold, Budget budget, Answers answers) {
    /** What nobody has heard of what came in and should have gone out. */
    UplinkStatus.Ignored ignored(Optional<RemoteCommands> commands, String uplink) {
        long malformed = commands.map(found -> found.malformed(uplink)).orElse(0L);
        return new UplinkStatus.Ignored(malformed, answers.lost(), totals.unheard());
    }
}
