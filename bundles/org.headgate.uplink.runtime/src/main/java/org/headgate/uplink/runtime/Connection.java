package org.headgate.uplink.runtime;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.headgate.system.api.Outcome;
import org.headgate.uplink.api.Link;
import org.headgate.uplink.api.LinkSettings;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.Transport;

/** A link with the format's session on it. Opening and closing block. */
final class Connection implements AutoCloseable {
    /** How long the last messages may take. */
    private static final long FAREWELL_MILLIS = 500;

    private final Link link;
    private final PayloadSession payload;
    private final Announcement announcement;
    private final List<Message> births;
    private final Ear ear;
    private final String note;

    private Connection(
            Link link, PayloadSession payload, Announcement announcement, List<Message> births, Ear ear, String note) {
        this.link = link;
        this.payload = payload;
        this.announcement = announcement;
        this.births = births;
        this.ear = ear;
        this.note = note;
    }

    /** Connects and subscribes. */
    static Connection open(
            UplinkSettings settings,
            Surroundings with,
            Transport through,
            PayloadFormat as,
            LinkSettings current,
            Ear ear,
            Outlet outlet)
            throws IOException {
        PayloadSession payload = as.open(settings.payload(), outlet);
        boolean done = false;
        try {
            Announcement announcement = new Announcement(settings, payload, with.clock());
            ear.tells(payload);
            Link link = through.open(current.withWill(announcement.will()), ear);
            try {
                link.subscribe(payload.subscriptions());
                String note = listen(settings, link);
                List<Message> births = announcement.births(link.messageLimit());
                Connection connection = new Connection(link, payload, announcement, births, ear, note);
                done = true;
                return connection;
            } finally {
                if (!done) {
                    link.close();
                }
            }
        } finally {
            if (!done) {
                payload.close();
            }
        }
    }

    /** Why there is none. */
    static String why(Outcome<Connection> outcome) {
        return outcome.failure()
                .map(failure -> failure.getMessage() == null ? failure.toString() : failure.getMessage())
                .orElse("the transport gave no link");
    }

    /** Whoever may not listen for commands can still send rows. */
    private static String listen(UplinkSettings settings, Link link) {
        if (settings.remote().allowed().isEmpty()) {
            return "";
        }
        try {
            link.subscribe(List.of(settings.remote().topic()));
            return "";
        } catch (IOException refused) {
            return "commands: " + refused.getMessage();
        }
    }

    Link link() {
        return link;
    }

    /** What goes first. */
    List<Message> births() {
        return births;
    }

    /** What does not work beside the link itself; empty when everything does. */
    String note() {
        return note;
    }

    /** Encodes for this link. */
    Cutter cutter(UplinkSettings settings) {
        Sending sending = settings.sending();
        return new Cutter(payload, settings.routes(), sending.gzip(), sending.batchBytes(), link.messageLimit());
    }

    /** Ends it, in good order where the link is still there. */
    @Override
    public void close() {
        try {
            if (!ear.isOver()) {
                say(announcement.farewell());
            }
        } finally {
            link.close();
            payload.close();
        }
    }

    private void say(List<Message> farewell) {
        CountDownLatch answers = ear.expect(farewell.size());
        for (int i = 0; i < farewell.size(); i++) {
            link.send(-1L - i, farewell.get(i));
        }
        try {
            answers.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
