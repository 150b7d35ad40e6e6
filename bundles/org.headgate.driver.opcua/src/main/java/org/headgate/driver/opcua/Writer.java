package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.headgate.system.api.Deadline;

/** Writes variables, each in its own type, which is asked for once. Used by one thread at a time. */
final class Writer {
    private final Session session;
    private final DataTypes types;
    private final Map<NodeId, DataTypes.Shape> shapes = new HashMap<>();

    Writer(Session session, DataTypes types) {
        this.session = session;
        this.types = types;
    }

    void write(Plan plan, NodeId node, Object value, Deadline deadline) throws IOException {
        DataTypes.Shape shape = shapes.get(node);
        if (shape == null) {
            shape = types.of(node, deadline);
            shapes.put(node, shape);
        }
        StatusCode[] results = session.await(
                        session.client()
                                .writeAsync(List.of(new WriteValue(
                                        node,
                                        AttributeId.Value.uid(),
                                        plan.range().isEmpty() ? null : plan.range(),
                                        DataValue.valueOnly(variant(plan, shape, value))))),
                        deadline)
                .getResults();
        if (results == null || results.length != 1) {
            throw new IOException("the server's answer has no result");
        }
        if (results[0].isBad()) {
            // A type that has changed on the server is asked for again.
            shapes.remove(node);
            throw new IOException(Faults.text(results[0]));
        }
    }

    /** An element is written as an array of one, that of a matrix as a matrix of one (OPC 10000-4, 5.10.4 and 7.27). */
    private static Variant variant(Plan plan, DataTypes.Shape shape, Object value) throws IOException {
        // An index may count in one dimension more: in the characters of a text.
        int dimensions = plan.range().isEmpty() ? shape.dimensions() : Math.min(shape.dimensions(), plan.dimensions());
        if (!plan.isElement()) {
            return Written.as(shape.type(), dimensions, value);
        }
        dimensions = Math.max(1, dimensions);
        Object element = value;
        for (int i = 0; i < dimensions; i++) {
            element = List.of(element);
        }
        return Written.as(shape.type(), dimensions, element);
    }
}
