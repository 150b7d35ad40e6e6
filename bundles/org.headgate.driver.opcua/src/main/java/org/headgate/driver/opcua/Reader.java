package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.headgate.system.api.Deadline;

/** Reads attributes, no more at once than the server takes. */
final class Reader {
    private final Session session;
    private int most;
    private long answered = Times.NONE;

    Reader(Session session, int most) {
        this.session = session;
        this.most = most;
    }

    /** A node's value, or a range of it. */
    static ReadValueId value(NodeId node, String range) {
        return attribute(node, AttributeId.Value, range);
    }

    static ReadValueId attribute(NodeId node, AttributeId attribute, String range) {
        return new ReadValueId(node, attribute.uid(), range.isEmpty() ? null : range, QualifiedName.NULL_VALUE);
    }

    /**
     * What was asked for, in its order. What the server refuses as too much is asked for in halves, and from then on so.
     *
     * @throws IOException when the server does not answer
     */
    DataValue[] read(List<ReadValueId> nodes, Deadline deadline) throws IOException {
        DataValue[] all = new DataValue[nodes.size()];
        for (int from = 0; from < all.length; ) {
            int count = Math.min(most, all.length - from);
            try {
                DataValue[] some = once(nodes.subList(from, from + count), deadline);
                System.arraycopy(some, 0, all, from, count);
                from += count;
            } catch (StatusException refused) {
                if (!Faults.isTooMuch(refused)) {
                    throw refused;
                }
                if (count == 1) {
                    all[from++] = new DataValue(refused.status());
                } else {
                    most = count / 2;
                }
            }
        }
        return all;
    }

    /** When the server gave its last answer, by its own clock; {@link Times#NONE} where it does not say. */
    long answered() {
        return answered;
    }

    private DataValue[] once(List<ReadValueId> nodes, Deadline deadline) throws IOException {
        ReadResponse response =
                session.await(session.client().readAsync(0.0, TimestampsToReturn.Both, nodes), deadline);
        answered = Times.of(response.getResponseHeader().getTimestamp());
        DataValue[] values = response.getResults();
        if (values == null || values.length != nodes.size()) {
            throw new IOException("the server's answer has " + (values == null ? 0 : values.length)
                    + " values instead of " + nodes.size());
        }
        return values;
    }
}
