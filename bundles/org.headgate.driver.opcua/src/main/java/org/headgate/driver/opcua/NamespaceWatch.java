package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * Looks whether a server's table of namespaces still means what it meant when the session began.
 *
 * @param missed the URIs that the device's file names and the server did not have then
 */
record NamespaceWatch(Session session, Set<String> missed) {
    static NamespaceWatch of(Session session, Setup setup) {
        List<String> known = session.facts().namespaces();
        return new NamespaceWatch(
                session,
                setup.plans().values().stream()
                        .flatMap(NamespaceWatch::uris)
                        .filter(uri -> !uri.isEmpty() && !known.contains(uri))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Stream<String> uris(Plan plan) {
        if (plan.source() instanceof Source.Method method) {
            return Stream.of(method.object().uri(), method.method().uri());
        }
        return plan.source() instanceof Source.Variable variable
                ? Stream.of(variable.node().uri())
                : Stream.empty();
    }

    /** Ends the session where it is another one; the next one reads it anew. */
    void judge(DataValue table) {
        List<String> now = ServerFacts.namespaces(table);
        if (!now.isEmpty() && isOther(session.facts().namespaces(), now, missed)) {
            session.failed(new IOException("the server's table of namespaces has changed"));
        }
    }

    /** Servers add namespaces while they run, when a module is loaded: that moves no index, and matters to whom it was missing alone. */
    static boolean isOther(List<String> before, List<String> now, Set<String> missed) {
        return now.size() < before.size()
                || !now.subList(0, before.size()).equals(before)
                || now.stream().anyMatch(missed::contains);
    }
}
