package org.headgate.uplink.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.headgate.outbox.api.OutboxBatch;
import org.headgate.outbox.api.OutboxBatch.Part;
import org.headgate.uplink.api.Message;
import org.headgate.uplink.api.PayloadSession;

/** Encodes batches, in pieces where the server does not take them whole. On threads that may block; a session is asked by one at a time. */
final class Cutter {
    private static final String GZIP = "application/gzip";

    private final PayloadSession session;
    private final Routes routes;
    private final boolean gzip;
    private final long wanted;
    private final long limit;

    /**
     * Encodes for one link.
     *
     * @param wanted bytes that topic and payload of a message should have together at most, if more than one row makes them more
     * @param limit bytes that they may have
     */
    Cutter(PayloadSession session, Routes routes, boolean gzip, long wanted, long limit) {
        this.session = session;
        this.routes = routes;
        this.gzip = gzip;
        this.wanted = Math.min(wanted, limit);
        this.limit = limit;
    }

    /** What came of rows: pieces in order, rows that are too large even alone, and those that were not asked for. */
    record Cut(List<Piece> pieces, TreeSet<Integer> tooLarge, BitSet arrived) {}

    /** A whole batch, in as few pieces as the limit allows, but for those that have arrived. */
    synchronized Cut whole(OutboxBatch batch, BitSet arrived) {
        Cut cut = new Cut(new ArrayList<>(), new TreeSet<>(), arrived);
        cut(batch, 0, batch.rows().size(), Part.WHOLE, "", cut);
        return cut;
    }

    /** Each row as a piece of its own, but for some and for those that have arrived. */
    synchronized Cut single(OutboxBatch batch, Set<Integer> without, BitSet arrived) {
        Cut cut = new Cut(new ArrayList<>(), new TreeSet<>(), arrived);
        int rows = batch.rows().size();
        for (int row = 0; row < rows; row++) {
            if (!without.contains(row)) {
                cut(batch, row, row + 1, new Part(row + 1, rows), "", cut);
            }
        }
        return cut;
    }

    /** The two halves of a piece that was refused, or of what of it goes to one topic. */
    synchronized Cut halves(OutboxBatch batch, Piece piece, String topic) {
        Cut cut = new Cut(new ArrayList<>(), new TreeSet<>(), new BitSet());
        halves(batch, piece.from(), piece.to(), piece.part(), topic, cut);
        return cut;
    }

    /** Something of a batch that was encoded before is not sent, or was refused; on any thread. */
    void unsaid(OutboxBatch batch) {
        session.unsaid(batch, true);
    }

    private void halves(OutboxBatch batch, int from, int to, Part part, String topic, Cut into) {
        int middle = (from + to) >>> 1;
        cut(batch, from, middle, new Part(2 * part.number() - 1, 2 * part.of()), topic, into);
        cut(batch, middle, to, new Part(2 * part.number(), 2 * part.of()), topic, into);
    }

    private void cut(OutboxBatch batch, int from, int to, Part part, String topic, Cut into) {
        if (into.arrived().nextClearBit(from) >= to) {
            return;
        }
        List<Routes.Share> shares = routes.shares(
                part.equals(Part.WHOLE) ? batch : batch.piece(batch.rows().subList(from, to), part), topic);
        List<Message> messages = encode(shares);
        // What comes with a row, a birth for example, is not less when there are fewer rows: the server has the last
        // word.
        long most = to - from == 1 ? limit : wanted;
        if (messages.stream().allMatch(message -> size(message) <= most)) {
            Set<String> topics =
                    shares.stream().map(share -> share.route().topic()).collect(Collectors.toSet());
            into.pieces().add(new Piece(from, to, part, messages, topic, topics));
            return;
        }
        for (int i = shares.size() - 1; i >= 0; i--) {
            session.unsaid(shares.get(i).batch(), false);
        }
        if (to - from == 1) {
            into.tooLarge().add(from);
        } else {
            halves(batch, from, to, part, topic, into);
        }
    }

    private List<Message> encode(List<Routes.Share> shares) {
        List<Message> messages = new ArrayList<>();
        for (Routes.Share share : shares) {
            for (Message message : session.encode(share.batch(), share.route())) {
                messages.add(gzip ? smaller(message) : message);
            }
        }
        return messages;
    }

    private static long size(Message message) {
        // Three bytes are the most that a character of a topic takes in UTF-8.
        return message.payload().length + 3L * message.topic().length();
    }

    /** Compressed where that pays; it is recognised by its first two bytes (RFC 1952, 2.3.1). */
    private static Message smaller(Message message) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(message.payload().length / 2 + 32);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(message.payload());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return packed.size() < message.payload().length ? message.carrying(packed.toByteArray(), GZIP) : message;
    }
}
