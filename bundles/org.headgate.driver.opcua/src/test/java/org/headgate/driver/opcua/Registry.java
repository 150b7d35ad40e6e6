package org.headgate.driver.opcua;

import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultDiscoveryServiceSet;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.FindServersRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.FindServersResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/** Makes of a server one that knows others, as the local discovery server of a machine does (OPC 10000-12, 4.2.2). */
final class Registry extends DefaultDiscoveryServiceSet {
    private final ApplicationDescription self;
    private final List<ApplicationDescription> others;

    private Registry(OpcUaServer server, ApplicationDescription self, List<ApplicationDescription> others) {
        super(server);
        this.self = self;
        this.others = others;
    }

    /** A server that says of itself that it is of a kind, and knows others. */
    static void on(OpcUaServer server, String url, ApplicationType kind, ApplicationDescription... others) {
        ApplicationDescription self = application(server.getConfig().getApplicationUri(), "registry", kind, url);
        server.addServiceSet(EndpointUtil.getPath(url), new Registry(server, self, List.of(others)));
    }

    static ApplicationDescription application(String uri, String name, ApplicationType kind, String... urls) {
        return new ApplicationDescription(uri, uri, LocalizedText.english(name), kind, null, null, urls);
    }

    @Override
    public FindServersResponse onFindServers(ServiceRequestContext context, FindServersRequest request) {
        ApplicationDescription[] all = new ApplicationDescription[others.size() + 1];
        all[0] = self;
        for (int i = 1; i < all.length; i++) {
            all[i] = others.get(i - 1);
        }
        return new FindServersResponse(super.onFindServers(context, request).getResponseHeader(), all);
    }

    @Override
    public GetEndpointsResponse onGetEndpoints(ServiceRequestContext context, GetEndpointsRequest request) {
        GetEndpointsResponse plain = super.onGetEndpoints(context, request);
        return new GetEndpointsResponse(
                plain.getResponseHeader(),
                Arrays.stream(plain.getEndpoints())
                        .map(one -> new EndpointDescription(
                                one.getEndpointUrl(),
                                self,
                                one.getServerCertificate(),
                                one.getSecurityMode(),
                                one.getSecurityPolicyUri(),
                                one.getUserIdentityTokens(),
                                one.getTransportProfileUri(),
                                one.getSecurityLevel()))
                        .toArray(EndpointDescription[]::new));
    }
}
