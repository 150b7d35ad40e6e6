package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/** Looks whether a server's table of namespaces is still the one that the session began with. */
final class NamespaceWatch {
    private NamespaceWatch() {}

    /** Ends the session where it is another one; the next one reads it anew. */
    static void judge(Session session, DataValue table) {
        List<String> now = ServerFacts.namespaces(table);
        if (!now.isEmpty() && !now.equals(session.facts().namespaces())) {
            session.failed(new IOException("the server's table of namespaces has changed"));
        }
    }
}
