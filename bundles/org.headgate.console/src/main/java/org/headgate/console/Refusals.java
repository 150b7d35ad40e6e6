package org.headgate.console;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.headgate.system.api.Loop;
import org.headgate.system.api.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Raises an event for whoever is refused: the first at once, then at most one a second for each source, with the count of
 * those that it stands for. The console works without anybody who listens: it is what one needs when something else does not.
 */
@Component(service = Refusals.class)
public final class Refusals {
    static final Duration PAUSE = Duration.ofSeconds(1);
    /** How many sources are told apart at a time; further ones are one. */
    static final int MOST = 20;

    private static final String OTHERS = "others";
    private static final int LONGEST = 200;

    private final Loop loop;
    private final Map<String, Held> recent = new HashMap<>();
    private Optional<Events> events = Optional.empty();

    /** For the service registry. */
    @Activate
    public Refusals(@Reference Scheduler scheduler) {
        loop = scheduler.loop("refusals");
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void bind(Events found) {
        events = Optional.of(found);
    }

    synchronized void unbind(Events gone) {
        events = events.filter(other -> !other.equals(gone));
    }

    @Deactivate
    void stop() {
        loop.close();
    }

    /** What was held back of one source since its last event. */
    private static final class Held {
        private long count;
        private String detail = "";
    }

    /**
     * Somebody was refused.
     *
     * @param who the user, or what he says he is
     * @param detail what he wanted, from where, and why not
     */
    public synchronized void refused(String who, String detail) {
        String source = printable(who);
        if (!recent.containsKey(source) && recent.size() >= MOST) {
            source = OTHERS;
        }
        Held held = recent.get(source);
        if (held != null) {
            held.count++;
            held.detail = detail;
            return;
        }
        recent.put(source, new Held());
        raise(source, detail, 1);
        pause(source);
    }

    /**
     * Who may log in is different now.
     *
     * @param who the user concerned
     * @param state {@code added} or {@code removed}
     * @param detail the role, and who has done it
     */
    public synchronized void changed(String who, String state, String detail) {
        Event event = Event.of(Event.Kind.SECURITY, printable(who), state, printable(detail));
        events.ifPresent(to -> to.raise(event));
    }

    private void pause(String source) {
        loop.schedule(PAUSE, () -> over(source));
    }

    private synchronized void over(String source) {
        Held held = recent.get(source);
        if (held.count == 0) {
            recent.remove(source);
            return;
        }
        raise(source, held.detail, held.count);
        held.count = 0;
        pause(source);
    }

    private void raise(String source, String detail, long count) {
        Event event = new Event(Event.Kind.SECURITY, source, "refused", printable(detail), count);
        events.ifPresent(to -> to.raise(event));
    }

    /** What strangers say ends up on terminals: without control characters, and short. */
    private static String printable(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replaceAll("[^ -~]", "?");
    }
}
