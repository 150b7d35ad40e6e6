package org.headgate.uplink.runtime;

import java.util.List;
import java.util.Optional;
import org.headgate.config.api.Settings;
import org.headgate.uplink.api.RemoteCommands;

/**
 * What an uplink takes in, and what it tells of itself.
 *
 * @param allowed the commands that may come in, {@code *} for any text; none by default
 * @param admin whether what comes in may change what comes in, and programs; judged where files are written
 * @param topic where they come
 * @param responseTopic where answers go, with {@code {id}}, when a request names no topic
 * @param stateTopic where the uplink's state is told; {@code none} for nowhere
 */
record Remote(List<String> allowed, boolean admin, String topic, String responseTopic, String stateTopic) {
    static Remote of(Settings keys, String gateway, String uplink) {
        return new Remote(
                keys.list("commands"),
                keys.flag("command.admin", false),
                topic(keys, "command.topic", "headgate/{gateway}/command", gateway, uplink),
                topic(keys, "command.response", "headgate/{gateway}/response/{id}", gateway, uplink),
                topic(keys, "state.topic", "headgate/{gateway}/state", gateway, uplink));
    }

    private static String topic(Settings keys, String key, String otherwise, String gateway, String uplink) {
        String topic =
                keys.text(key).orElse(otherwise).replace("{gateway}", gateway).replace("{uplink}", uplink);
        if (topic.isBlank() || topic.replace("{id}", "").matches(".*[{}#+].*")) {
            keys.wrong(key, "a topic such as " + otherwise + ", without # and +");
        }
        return topic;
    }

    /** What is wrong where commands are allowed and nobody carries them out. */
    Optional<String> note(Optional<RemoteCommands> commands) {
        return allowed.isEmpty() || commands.isPresent()
                ? Optional.empty()
                : Optional.of("commands: no bundle carries them out");
    }

    /** Where a command came through. */
    RemoteCommands.Source source(UplinkSettings settings) {
        return new RemoteCommands.Source(settings.name(), settings.link().gateway(), allowed, responseTopic);
    }

    /** Whether the uplink tells its state. */
    boolean tellsState() {
        return !stateTopic.equals("none");
    }
}
