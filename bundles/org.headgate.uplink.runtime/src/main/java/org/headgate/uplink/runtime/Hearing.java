package org.headgate.uplink.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;

/** What one link and the session on it have to say, on whatever thread; heard as long as they are the uplink's own. */
record Hearing(Uplink uplink, long session) implements Outlet {
    void acknowledged(long token) {
        hear(() -> uplink.sender().acknowledged(token));
    }

    void refused(long token, String why) {
        hear(() -> uplink.sender().refused(token, why));
    }

    /** It may be at fault or not. */
    void failed(long token, String why) {
        hear(() -> uplink.sender().failed(token, why));
    }

    void command(Incoming request) {
        uplink.command(request);
    }

    void lost(String why) {
        hear(() -> {
            uplink.sender().lost();
            uplink.lost(why);
        });
    }

    /** No message is at fault. */
    void exhausted(String why) {
        hear(() -> uplink.lost(why));
    }

    /** Runs on the uplink's loop, unless the link has been given up. */
    void hear(Runnable news) {
        uplink.hear(session, news);
    }

    @Override
    public void send(Supplier<List<Message>> messages) {
        hear(() -> uplink.sender().deliveries().ask(messages, Flight::of));
    }

    @Override
    public void births(Supplier<List<Message>> messages) {
        hear(() -> uplink.sender().deliveries().ask(messages, Flight::birth));
    }

    @Override
    public void ready(boolean now) {
        hear(() -> uplink.sender().open(now));
    }

    @Override
    public void unheard() {
        uplink.memory().totals().heardNot();
    }

    @Override
    public void reconnect(String why) {
        hear(() -> uplink.reopen(why));
    }
}
