package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.headgate.system.api.Deadline;

/**
 * What a server says about itself when a session begins.
 *
 * @param namespaces the table of namespaces: a URI's place in it is its index, until the table changes
 * @param mostReads how many nodes one Read may name
 * @param mostItems how many monitored items one request may name
 */
record ServerFacts(List<String> namespaces, int mostReads, int mostItems) {
    static final ServerFacts UNKNOWN = new ServerFacts(List.of(), 100, 100);

    /** What is asked for at once from a server that has no limit (it says 0), so that a message is no larger than ours may be. */
    private static final int MOST = 1000;

    static ServerFacts read(Session session, Deadline deadline) throws IOException {
        DataValue[] values = new Reader(session, UNKNOWN.mostReads)
                .read(
                        List.of(
                                Reader.value(NodeIds.Server_NamespaceArray, ""),
                                Reader.value(NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead, ""),
                                Reader.value(
                                        NodeIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
                                        "")),
                        deadline);
        List<String> namespaces = namespaces(values[0]);
        if (namespaces.isEmpty()) {
            throw new IOException("the server does not give its table of namespaces");
        }
        return new ServerFacts(namespaces, limit(values[1]), limit(values[2]));
    }

    /** The table in a value of the node NamespaceArray; empty when there is none. */
    static List<String> namespaces(DataValue value) {
        return value.value().value() instanceof String[] uris
                ? Arrays.stream(uris)
                        .map(uri -> Objects.requireNonNullElse(uri, ""))
                        .toList()
                : List.of();
    }

    private static int limit(DataValue value) {
        return value.value().value() instanceof UInteger limit && limit.longValue() > 0
                ? (int) Math.min(MOST, limit.longValue())
                : MOST;
    }
}
