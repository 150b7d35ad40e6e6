package org.headgate.command.router;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;

/**
 * The answers to commands of one kind. The last {@link #MOST} stay in any case, older ones until their command expires: a repeat that comes
 * later is refused by its expiry. What commands gave back is kept while it is not too much; of the older ones the answer stays without it.
 */
final class Shelf {
    /** How many answers are remembered whatever their age. */
    static final int MOST = 1000;
    /** How many characters of what commands gave back are kept in all. */
    static final int MOST_TEXT = 1 << 20;

    private static final String STRIPPED = "what it gave back is not kept any more";
    private static final int BRIEF = 200;

    private final Map<Remembered.Key, Remembered> answers = new LinkedHashMap<>();
    private final Consumer<Remembered> forgotten;
    private final Map<Origin, Integer> counts = new HashMap<>();
    private long text;

    /**
     * An empty one.
     *
     * @param forgotten is told of each answer that is not kept any more
     */
    Shelf(Consumer<Remembered> forgotten) {
        this.forgotten = forgotten;
    }

    Optional<CommandResult> find(Remembered.Key key) {
        return Optional.ofNullable(answers.get(key)).map(Remembered::answer);
    }

    int size() {
        return answers.size();
    }

    /** How many of them are those of one origin. */
    int size(Origin origin) {
        return counts.getOrDefault(origin, 0);
    }

    /** All of them, the oldest first. */
    Collection<Remembered> all() {
        return answers.values();
    }

    void put(Remembered answer, long nowNanos) {
        remove(answer.key());
        answers.put(answer.key(), answer);
        counts.merge(answer.key().origin(), 1, Integer::sum);
        text += length(answer.answer());
        forget(nowNanos);
        Iterator<Map.Entry<Remembered.Key, Remembered>> oldest =
                answers.entrySet().iterator();
        while (text > MOST_TEXT && oldest.hasNext()) {
            strip(oldest.next());
        }
    }

    void remove(Remembered.Key key) {
        Remembered former = answers.remove(key);
        if (former != null) {
            text -= length(former.answer());
            uncount(key);
        }
    }

    private void uncount(Remembered.Key key) {
        counts.computeIfPresent(key.origin(), (origin, count) -> count == 1 ? null : count - 1);
    }

    /** Forgets what has expired beyond the last ones, and keeps the others short. */
    void forget(long nowNanos) {
        Iterator<Map.Entry<Remembered.Key, Remembered>> oldest =
                answers.entrySet().iterator();
        for (int more = answers.size() - MOST; more > 0; more--) {
            Map.Entry<Remembered.Key, Remembered> entry = oldest.next();
            strip(entry);
            Remembered answer = entry.getValue();
            if (answer.print().expiresNanos() <= nowNanos) {
                oldest.remove();
                uncount(answer.key());
                forgotten.accept(answer);
            } else {
                entry.setValue(answer.with(brief(answer.answer())));
            }
        }
    }

    private void strip(Map.Entry<Remembered.Key, Remembered> entry) {
        CommandResult result = entry.getValue().answer();
        if (!result.values().isEmpty()) {
            text -= length(result);
            entry.setValue(entry.getValue()
                    .with(new CommandResult(
                            result.id(), result.status(), result.message() + "; " + STRIPPED, Map.of())));
        }
    }

    private static CommandResult brief(CommandResult result) {
        return result.message().length() <= BRIEF
                ? result
                : new CommandResult(
                        result.id(), result.status(), result.message().substring(0, BRIEF) + "…", result.values());
    }

    private static long length(CommandResult result) {
        return result.values().values().stream().mapToLong(String::length).sum();
    }
}
