package org.headgate.command.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;

/**
 * Who has asked for what with which id, and how it ended: what comes twice is done once. Refusals are remembered apart, so
 * that a flood of them cannot push out the answer of a command that was carried out. What commands gave back is kept while it is not too
 * much; of the older ones the answer stays without it.
 */
final class RecentAnswers {
    /** How many answers of each kind are remembered. */
    static final int MOST = 1000;
    /** How many characters of what commands gave back are kept in all. */
    static final int MOST_TEXT = 1 << 20;

    private static final String STRIPPED = "what it gave back is not kept any more";

    private final Map<Remembered.Key, CompletableFuture<CommandResult>> running = new HashMap<>();
    private final Map<Remembered.Key, CommandResult> begun = new LinkedHashMap<>();
    private final Map<Remembered.Key, CommandResult> refused = new LinkedHashMap<>();
    private long text;

    /** Remembers a command that begins now; if it is not the first of its id, the first one's answer. */
    synchronized Optional<CompletableFuture<CommandResult>> begin(
            Command command, CompletableFuture<CommandResult> answer) {
        Remembered.Key key = Remembered.Key.of(command);
        CommandResult known = begun.getOrDefault(key, refused.get(key));
        if (known != null) {
            return Optional.of(CompletableFuture.completedFuture(known));
        }
        return Optional.ofNullable(running.putIfAbsent(key, answer));
    }

    /** Remembers how a command ended; false where it is not one that was begun here. */
    synchronized boolean end(Command command, CommandResult result) {
        Remembered.Key key = Remembered.Key.of(command);
        if (running.remove(key) == null) {
            return false;
        }
        put(key, result);
        return true;
    }

    /** Remembers what an earlier run of the gateway has written down. */
    synchronized void recall(Remembered earlier) {
        CommandResult former = begun.remove(earlier.key());
        text -= former == null ? 0 : length(former);
        put(earlier.key(), earlier.answer());
    }

    /** The answers to commands that were begun, the oldest first. */
    synchronized List<Remembered> answers() {
        List<Remembered> all = new ArrayList<>(begun.size());
        begun.forEach((key, result) -> all.add(new Remembered(key, Optional.of(result))));
        return all;
    }

    private void put(Remembered.Key key, CommandResult result) {
        if (result.status() == CommandResult.Status.REFUSED) {
            refused.put(key, result);
            cut(refused);
            return;
        }
        begun.put(key, result);
        text += length(result) - (begun.size() > MOST ? length(cut(begun)) : 0);
        var oldest = begun.entrySet().iterator();
        while (text > MOST_TEXT && oldest.hasNext()) {
            Map.Entry<Remembered.Key, CommandResult> entry = oldest.next();
            text -= length(entry.getValue());
            entry.setValue(stripped(entry.getValue()));
        }
    }

    /** Takes the eldest out where there are too many. */
    private static CommandResult cut(Map<Remembered.Key, CommandResult> answers) {
        if (answers.size() <= MOST) {
            return null;
        }
        var eldest = answers.entrySet().iterator();
        CommandResult result = eldest.next().getValue();
        eldest.remove();
        return result;
    }

    private static CommandResult stripped(CommandResult result) {
        return result.values().isEmpty()
                ? result
                : new CommandResult(result.id(), result.status(), result.message() + "; " + STRIPPED, Map.of());
    }

    private static long length(CommandResult result) {
        return result.values().values().stream().mapToLong(String::length).sum();
    }
}
