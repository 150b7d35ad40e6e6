package org.headgate.driver.opcua;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** Nodes as they stand in a file: by the URI of their namespace, which outlives a change of the server's table. */
record NodeText(List<String> namespaces) {
    /** Empty where a node cannot be written so that it is read as the same again. */
    Optional<String> of(NodeId node) {
        int place = node.getNamespaceIndex().intValue();
        if (place >= namespaces.size()) {
            return Optional.empty();
        }
        String space = place == 0 ? "" : "nsu=" + escaped(namespaces.get(place)) + ";";
        String text = space + identifier(node);
        return NodeAddress.parse(text)
                .flatMap(read -> read.in(namespaces))
                .filter(node::equals)
                .map(same -> text)
                .filter(plain -> !plain.matches("(?s).*[\\s\\p{Cntrl}].*"));
    }

    private static String identifier(NodeId node) {
        Object id = node.getIdentifier();
        return switch (node.getType()) {
            case Numeric -> "i=" + id;
            case String -> "s=" + id.toString().replace(" ", "\\s");
            case Guid -> "g=" + id;
            case Opaque -> "b=" + Base64.getEncoder().encodeToString(((ByteString) id).bytesOrEmpty());
        };
    }

    private static String escaped(String uri) {
        return uri.replace("%", "%25").replace(";", "%3B").replace(" ", "\\s");
    }
}
