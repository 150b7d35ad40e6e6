package org.headgate.driver.opcua;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * A node as it stands in a file: {@code nsu=URI;s=NAME}, {@code ns=2;i=5}, {@code i=2258} (OPC 10000-6, 5.3.1.10 and 5.3.1.11).
 *
 * @param uri the namespace's; empty where an index counts
 * @param index the namespace's index, for which the server may have another meaning tomorrow
 * @param id the node in namespace 0
 */
record NodeAddress(String uri, int index, NodeId id) {
    static final String EXPECTED = "nsu=URI;s=NAME, with i= g= b= for s= or ns=2; for nsu=, \\s for a blank";

    private static final String NUMBER = "i=(?<number>[0-9]{1,10})";
    private static final String NAME = "s=(?<name>.+)";
    private static final String GUID =
            "g=(?<guid>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})";
    private static final String BYTES = "b=(?<bytes>[A-Za-z0-9+/]+={0,2})";
    private static final Pattern SYNTAX = Pattern.compile("(?:nsu=(?<uri>[^;]+);|ns=(?<index>[0-9]{1,5});)?(?:" + NUMBER
            + "|" + NAME + "|" + GUID + "|" + BYTES + ")");
    private static final int LAST_INDEX = 65_535;

    /** Reads a node; empty when it is none. */
    static Optional<NodeAddress> parse(String text) {
        Matcher found = SYNTAX.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        int index = found.group("index") == null ? 0 : Integer.parseInt(found.group("index"));
        if (index > LAST_INDEX) {
            return Optional.empty();
        }
        String uri = found.group("uri") == null ? "" : unescaped(found.group("uri"));
        return id(found).map(id -> new NodeAddress(uri, index, id));
    }

    private static Optional<NodeId> id(Matcher found) {
        if (found.group("number") != null) {
            long number = Long.parseLong(found.group("number"));
            return number > UInteger.MAX_VALUE
                    ? Optional.empty()
                    : Optional.of(new NodeId(0, UInteger.valueOf(number)));
        }
        if (found.group("name") != null) {
            return Optional.of(new NodeId(0, found.group("name").replace("\\s", " ")));
        }
        if (found.group("guid") != null) {
            return Optional.of(new NodeId(0, UUID.fromString(found.group("guid"))));
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(found.group("bytes").getBytes(StandardCharsets.US_ASCII));
            return Optional.of(new NodeId(0, ByteString.of(bytes)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** A semicolon and a percent sign are escaped in a URI (OPC 10000-6, 5.3.1.11). */
    private static String unescaped(String uri) {
        return uri.replace("%3B", ";").replace("%3b", ";").replace("%25", "%").replace("\\s", " ");
    }

    /** The node in a server with this namespace table; empty where the table does not have the URI. */
    Optional<NodeId> in(List<String> namespaces) {
        int place = uri.isEmpty() ? index : namespaces.indexOf(uri);
        if (place < 0) {
            return Optional.empty();
        }
        Object identifier = id.getIdentifier();
        return Optional.of(
                switch (id.getType()) {
                    case Numeric -> new NodeId(place, (UInteger) identifier);
                    case String -> new NodeId(place, (String) identifier);
                    case Guid -> new NodeId(place, (UUID) identifier);
                    case Opaque -> new NodeId(place, (ByteString) identifier);
                });
    }
}
