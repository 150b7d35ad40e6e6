package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.headgate.system.api.Deadline;

/** Asks a server for its endpoints, over a connection of its own that has no security (OPC 10000-4, 5.5.4). */
final class Endpoints {
    private static final int MOST = 100;

    private Endpoints() {}

    /** The endpoints for OPC UA TCP, each with the host and port that were dialled. */
    static List<EndpointDescription> ask(Dial dial, Deadline deadline) throws IOException {
        Address address = dial.address();
        Wire wire = dial.wire(deadline);
        DiscoveryClient client = new DiscoveryClient(plain(address.url()), wire);
        try {
            EndpointDescription[] offered = dial.await(
                            client.connectAsync()
                                    .thenCompose(connected ->
                                            connected.getEndpoints(address.url(), new String[0], new String[] {
                                                Stack.TCP_UASC_UABINARY_TRANSPORT_URI
                                            })),
                            deadline)
                    .getEndpoints();
            return Arrays.stream(offered == null ? new EndpointDescription[0] : offered)
                    .filter(endpoint -> Stack.TCP_UASC_UABINARY_TRANSPORT_URI.equals(endpoint.getTransportProfileUri()))
                    .limit(MOST)
                    .map(endpoint -> at(dialled(address, endpoint), endpoint))
                    .toList();
        } finally {
            if (wire.isOpen()) {
                client.disconnectAsync();
            } else {
                wire.abort();
            }
        }
    }

    private static String dialled(Address address, EndpointDescription endpoint) {
        return endpoint.getEndpointUrl() == null ? address.url() : address.dialled(endpoint.getEndpointUrl());
    }

    static EndpointDescription plain(String url) {
        return new EndpointDescription(
                url,
                null,
                ByteString.NULL_VALUE,
                MessageSecurityMode.None,
                SecurityPolicy.None.getUri(),
                null,
                Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
                UByte.MIN);
    }

    private static EndpointDescription at(String url, EndpointDescription endpoint) {
        return new EndpointDescription(
                url,
                endpoint.getServer(),
                endpoint.getServerCertificate(),
                endpoint.getSecurityMode(),
                endpoint.getSecurityPolicyUri(),
                endpoint.getUserIdentityTokens(),
                endpoint.getTransportProfileUri(),
                endpoint.getSecurityLevel());
    }
}
