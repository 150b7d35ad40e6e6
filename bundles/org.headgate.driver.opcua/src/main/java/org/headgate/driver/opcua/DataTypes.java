package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.headgate.system.api.Deadline;

/** Which built-in type stands behind a data type, as a server says (OPC 10000-3, 8). Used by one thread at a time. */
final class DataTypes {
    /** More levels than any model has: a server whose types go in a circle must not hold us. */
    private static final int DEEPEST = 20;

    private final Session session;
    private final Map<NodeId, Optional<OpcUaDataType>> known = new HashMap<>();

    DataTypes(Session session) {
        this.session = session;
    }

    /**
     * What a variable takes.
     *
     * @param type its built-in type
     * @param dimensions how many an array has; 0 for a single value
     */
    record Shape(OpcUaDataType type, int dimensions) {}

    /** The shape of a variable; of one that takes several, that of the value it has. */
    Shape of(NodeId variable, Deadline deadline) throws IOException {
        DataValue[] said = new Reader(session, session.facts().mostReads())
                .read(
                        List.of(
                                Reader.attribute(variable, AttributeId.DataType, ""),
                                Reader.attribute(variable, AttributeId.Value, ""),
                                Reader.attribute(variable, AttributeId.ValueRank, "")),
                        deadline);
        Object value = said[1].value().value();
        int dimensions = value == null ? dimensions(said[2].value().value()) : dimensionsOf(value);
        Optional<OpcUaDataType> type =
                said[0].value().value() instanceof NodeId id ? builtin(id, deadline) : Optional.empty();
        if (type.isEmpty() || type.get() == OpcUaDataType.Variant) {
            type = value == null ? type : Optional.ofNullable(of(value));
        }
        if (type.isEmpty()) {
            throw new IOException(
                    said[0].statusCode().isBad()
                            ? Faults.text(said[0].statusCode())
                            : "the server does not say of what type it is");
        }
        return new Shape(type.get(), dimensions);
    }

    private static int dimensionsOf(Object value) {
        return value instanceof Matrix matrix ? matrix.getDimensions().length : value instanceof Object[] ? 1 : 0;
    }

    /** Where there is no value yet, the rank tells: 0 is an array of one dimension or more, and less may be none (OPC 10000-3, 5.6.2). */
    static int dimensions(Object rank) {
        return rank instanceof Integer known && known >= 0 ? Math.max(1, known) : 0;
    }

    private static OpcUaDataType of(Object value) {
        Object one = value instanceof Matrix matrix ? matrix.getElements() : value;
        Class<?> kind = one instanceof Object[] ? one.getClass().getComponentType() : one.getClass();
        return OpcUaDataType.isBuiltin(kind) ? OpcUaDataType.fromBackingClass(kind) : null;
    }

    /** The built-in type of a data type; Variant for an abstract one, empty for what is none. */
    Optional<OpcUaDataType> builtin(NodeId type, Deadline deadline) throws IOException {
        Optional<OpcUaDataType> already = known.get(type);
        if (already != null) {
            return already;
        }
        NodeId at = type;
        for (int level = 0; level < DEEPEST; level++) {
            Optional<OpcUaDataType> found = direct(at);
            if (found.isPresent()) {
                known.put(type, found);
                return found;
            }
            Optional<NodeId> above = supertype(at, deadline);
            if (above.isEmpty()) {
                break;
            }
            at = above.get();
        }
        known.put(type, Optional.empty());
        return Optional.empty();
    }

    private static Optional<OpcUaDataType> direct(NodeId type) {
        if (type.equals(NodeIds.Enumeration)) {
            return Optional.of(OpcUaDataType.Int32);
        }
        if (type.equals(NodeIds.Number) || type.equals(NodeIds.Integer) || type.equals(NodeIds.UInteger)) {
            return Optional.of(OpcUaDataType.Variant);
        }
        return OpcUaDataType.isBuiltin(type) ? Optional.ofNullable(OpcUaDataType.fromNodeId(type)) : Optional.empty();
    }

    private Optional<NodeId> supertype(NodeId type, Deadline deadline) throws IOException {
        BrowseResult result = session.await(
                session.client()
                        .browseAsync(new BrowseDescription(
                                type, BrowseDirection.Inverse, NodeIds.HasSubtype, false, UInteger.MIN, UInteger.MIN)),
                deadline);
        return result.getReferences() == null || result.getReferences().length == 0
                ? Optional.empty()
                : result.getReferences()[0]
                        .getNodeId()
                        .toNodeId(session.client().getNamespaceTable());
    }
}
