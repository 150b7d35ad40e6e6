package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.headgate.system.api.Deadline;

/** Asks a server which servers it knows, itself included (OPC 10000-4, 5.5.2). */
final class Servers {
    private static final int MOST = 100;
    private static final Pattern PLAIN = Pattern.compile("[\\w.~:/%+@\\[\\]-]{1,200}");

    private Servers() {}

    static List<ApplicationDescription> ask(Dial dial) throws IOException {
        Deadline deadline = dial.deadline();
        String url = dial.address().url();
        Wire wire = dial.wire(deadline);
        DiscoveryClient client = new DiscoveryClient(Endpoints.plain(url), wire);
        try {
            ApplicationDescription[] known = dial.await(
                            client.connectAsync()
                                    .thenCompose(connected -> connected.findServers(url, new String[0], new String[0])),
                            deadline)
                    .getServers();
            return Arrays.stream(known == null ? new ApplicationDescription[0] : known)
                    .limit(MOST)
                    .toList();
        } finally {
            if (wire.isOpen()) {
                client.disconnectAsync();
            } else {
                wire.abort();
            }
        }
    }

    /** Its name for people. */
    static String name(ApplicationDescription server) {
        String text = server.getApplicationName() == null
                ? null
                : server.getApplicationName().text();
        return text == null || text.isBlank() ? "server" : Faults.line(text);
    }

    /** Its name among all applications. */
    static String application(ApplicationDescription server) {
        String uri = server.getApplicationUri();
        return uri == null || uri.isBlank() ? "without a name" : Faults.line(uri);
    }

    /**
     * Where it can be asked itself; empty where it says no address that we can dial. Whoever has registered has written it, and people paste
     * it into a console: so it has no other characters than an address needs.
     */
    static Optional<String> address(ApplicationDescription server) {
        String[] urls = server.getDiscoveryUrls();
        return Arrays.stream(urls == null ? new String[0] : urls)
                .filter(url -> url != null && PLAIN.matcher(url).matches() && Address.isOne(url))
                .findFirst();
    }
}
