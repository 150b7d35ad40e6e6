package org.headgate.driver.opcua;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultAttributeServiceSet;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultMonitoredItemServiceSet;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultViewServiceSet;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/** Makes of a server one that takes few nodes at once, and does not say so before. */
final class Narrow {
    private final int most;
    private final AtomicInteger refused = new AtomicInteger();

    private Narrow(int most) {
        this.most = most;
    }

    static Narrow of(OpcUaServer server, String url, int most) {
        Narrow narrow = new Narrow(most);
        String path = EndpointUtil.getPath(url);
        server.addServiceSet(path, new DefaultAttributeServiceSet(server) {
            @Override
            public ReadResponse onRead(ServiceRequestContext context, ReadRequest request) throws UaException {
                narrow.check(request.getNodesToRead().length);
                return super.onRead(context, request);
            }
        });
        server.addServiceSet(path, new DefaultViewServiceSet(server) {
            @Override
            public BrowseResponse onBrowse(ServiceRequestContext context, BrowseRequest request) throws UaException {
                narrow.check(request.getNodesToBrowse().length);
                return super.onBrowse(context, request);
            }
        });
        return narrow;
    }

    /** One that takes few monitored items at once, and as many of all else as it is asked for. */
    static Narrow ofItems(OpcUaServer server, String url, int most) {
        Narrow narrow = new Narrow(most);
        server.addServiceSet(EndpointUtil.getPath(url), new DefaultMonitoredItemServiceSet(server) {
            @Override
            public CreateMonitoredItemsResponse onCreateMonitoredItems(
                    ServiceRequestContext context, CreateMonitoredItemsRequest request) throws UaException {
                narrow.check(request.getItemsToCreate().length);
                return super.onCreateMonitoredItems(context, request);
            }
        });
        return narrow;
    }

    private void check(int nodes) throws UaException {
        if (nodes > most) {
            refused.incrementAndGet();
            throw new UaException(StatusCodes.Bad_TooManyOperations);
        }
    }

    int refused() {
        return refused.get();
    }
}
