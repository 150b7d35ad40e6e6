package org.headgate.device.runtime;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.headgate.config.api.Settings;

/**
 * For which devices the simulator stands in: {@code simulate = all} or {@code simulate = NAME, ...} of {@code headgate.gateway.cfg}, with
 * {@code simulate.recording = FILE} from a recording.
 *
 * @param all whether for all of them
 * @param names those for which it does
 * @param recording the recording in {@code HOME/files}; made-up values where it is empty
 */
record StandIns(boolean all, Set<String> names, Optional<String> recording) {
    /** The keys of the gateway's file. */
    static final List<String> KEYS = List.of("simulate", "simulate.recording");

    static final StandIns NONE = new StandIns(false, Set.of(), Optional.empty());

    static StandIns of(Settings settings) {
        List<String> names = settings.list(KEYS.get(0));
        return new StandIns(
                names.contains("all"),
                Set.copyOf(names),
                settings.text(KEYS.get(1)).filter(file -> !file.isBlank()));
    }

    /** The simulator's address for a device; empty for one that is real. */
    Optional<String> address(String device) {
        return all || names.contains(device)
                ? Optional.of(recording.map(file -> "recording:" + file).orElse("mirror"))
                : Optional.empty();
    }
}
