package org.headgate.uplink.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.uplink.api.Incoming;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.Outlet;
import org.headgate.uplink.api.PayloadFormat;
import org.headgate.uplink.api.PayloadSession;
import org.headgate.uplink.api.PayloadSettings;
import org.headgate.uplink.api.Route;

/** Writes the numbers of rows; its sessions do what a test wants. */
class Numbers implements PayloadFormat {
    private final Consumer<Session> made;

    Numbers(Consumer<Session> made) {
        this.made = made;
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public PayloadSession open(PayloadSettings settings, Outlet outlet) {
        Session session = new Session(this, outlet);
        made.accept(session);
        return session;
    }

    List<Message> encode(OutboxBatch batch, Route route) {
        String text = String.join(
                " ", batch.rows().stream().map(row -> "" + row.asLong(0)).toList());
        return List.of(route.message(text.getBytes(StandardCharsets.UTF_8), ""));
    }

    static final class Session implements PayloadSession {
        final Outlet outlet;
        final List<String> heard = new ArrayList<>();
        List<Message> births = List.of();
        boolean closed;
        private final Numbers format;

        Session(Numbers format, Outlet outlet) {
            this.format = format;
            this.outlet = outlet;
        }

        @Override
        public List<Message> encode(OutboxBatch batch, Route route) {
            return format.encode(batch, route);
        }

        @Override
        public List<String> subscriptions() {
            return births.isEmpty() ? List.of("wanted/#") : List.of();
        }

        @Override
        public List<Message> births(long messageLimit) {
            return births;
        }

        @Override
        public void received(Incoming message) {
            heard.add(message.topic() + " " + new String(message.payload(), StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
