package org.headgate.outbox.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.headgate.stream.api.Event;
import org.headgate.stream.api.Events;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with the disk now: a line in the log and an event when it begins, and when it is over. What else goes wrong meanwhile
 * only shows in the status. Thread-safe.
 */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);

    private final String log;
    private final Events events;
    private final Map<Doing, String> problems = new EnumMap<>(Doing.class);

    Trouble(String log, Events events) {
        this.log = log;
        this.events = events;
    }

    /** What the log was doing when it went wrong. */
    enum Doing {
        WRITE("write", "rows wait in memory, and are sent from there while the link is up"),
        READ("read", "rows wait on disk"),
        REMEMBER("write down what is sent", "after a power cut it is sent again"),
        DELETE("delete what is sent", "it is tried again");

        private final String words;
        private final String then;

        Doing(String words, String then) {
            this.words = words;
            this.then = then;
        }
    }

    /** What is wrong; empty when nothing is. */
    synchronized String problem() {
        return problems.isEmpty() ? "" : problems.values().iterator().next();
    }

    synchronized void is(Doing doing, IOException why) {
        boolean first = problems.isEmpty();
        problems.put(doing, "cannot " + doing.words + ": " + words(why));
        if (first) {
            LOG.warn("{}: the outbox {}; {}", log, problem(), doing.then);
            events.raise(Event.of(Event.Kind.DROP, "outbox:" + log, "FAILING", problem()));
        }
    }

    synchronized void isOver(Doing doing) {
        if (problems.remove(doing) != null && problems.isEmpty()) {
            LOG.info("{}: the outbox works again", log);
            events.raise(Event.of(Event.Kind.DROP, "outbox:" + log, "RUNNING", "it works again"));
        }
    }

    /** How it went. */
    void went(Doing doing, Optional<Exception> failure) {
        if (failure.isEmpty()) {
            isOver(doing);
        } else {
            is(
                    doing,
                    failure.get() instanceof IOException io
                            ? io
                            : new IOException(failure.get().toString()));
        }
    }

    /** Whether the disk is full; nothing but the words says so. */
    static boolean isFull(IOException why) {
        return String.valueOf(why.getMessage()).contains("No space left");
    }

    private static String words(IOException why) {
        String message = String.valueOf(why.getMessage());
        if (isFull(why)) {
            return message + ": make room or give it a smaller outbox.max-bytes";
        }
        if (message.contains("Read-only file system")) {
            return message + ": see in dmesg why, and mount it again";
        }
        return why instanceof NoSuchFileException
                ? message + " is not there: mount its disk, or start the uplink again"
                : message;
    }
}
