package org.headgate.driver.opcua;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a server a channel's value is. */
sealed interface Source {
    String EXPECTED = NodeAddress.EXPECTED + "; or method:OBJECT/METHOD, each such a node; or count/overflows";

    /** The Value attribute of a variable. */
    record Variable(NodeAddress node) implements Source {}

    /** A method that is called with what is written. */
    record Method(NodeAddress object, NodeAddress method) implements Source {}

    /** How often the server has said that its queues were full, since the connection was opened. */
    record Counter() implements Source {}

    /** Reads a source; empty when it is none. */
    static Optional<Source> parse(String text) {
        if (text.equals("count/overflows")) {
            return Optional.of(new Counter());
        }
        Matcher method = Syntax.METHOD.matcher(text);
        if (!method.matches()) {
            return NodeAddress.parse(text).map(Variable::new);
        }
        Optional<NodeAddress> object = NodeAddress.parse(method.group(1));
        Optional<NodeAddress> called = NodeAddress.parse(method.group(2));
        return object.isPresent() && called.isPresent()
                ? Optional.of(new Method(object.get(), called.get()))
                : Optional.empty();
    }

    /** The slash between the two is the last one with a node behind it: URIs and names may have slashes of their own. */
    final class Syntax {
        private static final Pattern METHOD = Pattern.compile("method:(.+)/((?:nsu=[^;]+;|ns=[0-9]+;)?[isgb]=.+)");

        private Syntax() {}
    }
}
