package org.headgate.command.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Commands;
import org.headgate.command.api.Origin;

/**
 * Who has asked for what with which id, and how it ended: what comes twice is done once. What may have changed something is remembered apart from
 * what only looked, and refusals apart from both, so that a flood of one cannot push out another. Thread-safe.
 */
final class RecentAnswers {
    /** How many refusals are remembered. */
    static final int MOST = Shelf.MOST;
    /** How many commands that change something may be remembered or under way; all but the last {@link Shelf#MOST} have not expired. */
    static final int MOST_CHANGES = 5 * Shelf.MOST;
    /** How many of these may be those of one origin: whoever floods shuts out himself first. */
    static final int MOST_OF_ONE = 2 * Shelf.MOST;

    private final LongSupplier nowNanos;
    private final Map<Remembered.Key, Running> running = new HashMap<>();
    private final Shelf changes = new Shelf(gone -> forgetTwin(gone.print(), gone.key()));
    private final Shelf looks = new Shelf(gone -> {});
    private final Map<String, Remembered.Key> firsts = new HashMap<>();
    private final Map<Remembered.Key, CommandResult> refused = new LinkedHashMap<>();

    private record Running(Fingerprint print, CompletableFuture<CommandResult> answer) {}

    /**
     * Remembers nothing yet.
     *
     * @param nowNanos the time in nanoseconds since the epoch; 0 while nobody knows it
     */
    RecentAnswers(LongSupplier nowNanos) {
        this.nowNanos = nowNanos;
    }

    /** Remembers a command that begins now; if it is not the first of its id, the first one's answer. */
    synchronized Optional<CompletableFuture<CommandResult>> begin(
            Command command, CompletableFuture<CommandResult> answer) {
        Remembered.Key key = Remembered.Key.of(command);
        return find(key).or(() -> {
            running.put(key, new Running(Fingerprint.HARMLESS, answer));
            return Optional.empty();
        });
    }

    private Optional<CompletableFuture<CommandResult>> find(Remembered.Key key) {
        Running now = running.get(key);
        return now != null
                ? Optional.of(now.answer())
                : changes.find(key)
                        .or(() -> looks.find(key))
                        .or(() -> Optional.ofNullable(refused.get(key)))
                        .map(CompletableFuture::completedFuture);
    }

    /**
     * Notes that a command that has begun may change something. The very same one, with the same id, arguments and expiry, may have come through
     * another uplink: two that hear the same topic of the same broker, by whatever address.
     *
     * @return what its answer is without carrying it out: that of the same command, or a refusal; empty where it is to be carried out
     */
    synchronized Optional<CompletableFuture<CommandResult>> admit(Command command) {
        Remembered begun = Remembered.begun(command);
        // One that never expires has nothing that tells it from another one whose sender counts from 1, too.
        Remembered.Key first = begun.print().expiresNanos() == 0
                ? null
                : firsts.get(begun.print().digest());
        Optional<CompletableFuture<CommandResult>> twin = first == null ? Optional.empty() : find(first);
        if (twin.isPresent()) {
            running.computeIfPresent(begun.key(), (key, now) -> new Running(begun.print(), now.answer()));
            return twin.map(answer -> answer.thenApply(result -> new CommandResult(
                    command.id(),
                    result.status(),
                    result.message() + "; it came by another uplink, too",
                    result.values())));
        }
        changes.forget(nowNanos.getAsLong());
        Origin origin = command.origin();
        long underWay = running.keySet().stream()
                .filter(key -> key.origin().equals(origin))
                .count();
        if (changes.size(origin) + underWay > MOST_OF_ONE) {
            return refusal(command, changes.size(origin) + " of " + origin);
        }
        if (changes.size() + running.size() > MOST_CHANGES) {
            return refusal(command, changes.size() + " of all");
        }
        running.computeIfPresent(begun.key(), (key, now) -> new Running(begun.print(), now.answer()));
        firsts.put(begun.print().digest(), begun.key());
        return Optional.empty();
    }

    private static Optional<CompletableFuture<CommandResult>> refusal(Command command, String many) {
        return Optional.of(CompletableFuture.completedFuture(CommandResult.refused(
                command,
                Commands.TOO_MANY + ": " + many + " that have not expired are remembered, lest one is done twice")));
    }

    /** Remembers how a command ended; empty where it is not one that was begun here. */
    synchronized Optional<Remembered> end(Command command, CommandResult result) {
        Remembered.Key key = Remembered.Key.of(command);
        Running ended = running.remove(key);
        if (ended == null) {
            return Optional.empty();
        }
        Remembered answer = new Remembered(key, ended.print(), Optional.of(result));
        put(answer);
        return Optional.of(answer);
    }

    /** Remembers what an earlier run of the gateway has written down. */
    synchronized void recall(Remembered earlier) {
        changes.remove(earlier.key());
        looks.remove(earlier.key());
        if (earlier.print().changes()) {
            firsts.putIfAbsent(earlier.print().digest(), earlier.key());
        }
        put(earlier.with(earlier.answer()));
    }

    /** The answers to commands that were begun, of each kind the oldest first. */
    synchronized List<Remembered> answers() {
        List<Remembered> all = new ArrayList<>(looks.all());
        all.addAll(changes.all());
        return all;
    }

    private void put(Remembered answer) {
        if (answer.answer().status() == CommandResult.Status.REFUSED) {
            // It may come again by another way, and be carried out then.
            forgetTwin(answer.print(), answer.key());
            refused.put(answer.key(), answer.answer());
            if (refused.size() > MOST) {
                refused.remove(refused.keySet().iterator().next());
            }
        } else {
            (answer.print().changes() ? changes : looks).put(answer, nowNanos.getAsLong());
        }
    }

    private void forgetTwin(Fingerprint print, Remembered.Key key) {
        firsts.remove(print.digest(), key);
    }
}
