package org.headgate.command.router;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;

/**
 * Who has asked for what with which id, and how it ended: what comes twice is done once. Refusals are remembered apart, so
 * that a flood of them cannot push out the answer of a command that was carried out. The two maps hold plain values: to
 * survive a restart they are all that has to be written down.
 */
final class RecentAnswers {
    /** How many answers of each kind are remembered. */
    static final int MOST = 1000;

    private final Map<Key, CompletableFuture<CommandResult>> running = new HashMap<>();
    private final Map<Key, CommandResult> begun = new Recent();
    private final Map<Key, CommandResult> refused = new Recent();

    private record Key(Origin origin, String id) {
        static Key of(Command command) {
            return new Key(command.origin(), command.id());
        }
    }

    /** Remembers a command that begins now; if it is not the first of its id, the first one's answer. */
    synchronized Optional<CompletionStage<CommandResult>> begin(
            Command command, CompletableFuture<CommandResult> answer) {
        Key key = Key.of(command);
        CommandResult known = begun.getOrDefault(key, refused.get(key));
        if (known != null) {
            return Optional.of(CompletableFuture.completedFuture(known));
        }
        return Optional.ofNullable(running.putIfAbsent(key, answer)).map(CompletableFuture::copy);
    }

    /** Remembers how a command ended, if it is one that was begun here. */
    synchronized void end(Command command, CommandResult result) {
        Key key = Key.of(command);
        if (running.remove(key) != null) {
            (result.status() == CommandResult.Status.REFUSED ? refused : begun).put(key, result);
        }
    }

    private static final class Recent extends LinkedHashMap<Key, CommandResult> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CommandResult> eldest) {
            return size() > MOST;
        }
    }
}
