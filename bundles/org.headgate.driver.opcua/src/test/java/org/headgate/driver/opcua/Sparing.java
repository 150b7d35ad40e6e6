package org.headgate.driver.opcua;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.servicesets.impl.DefaultViewServiceSet;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ResponseHeader;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/**
 * How a small controller answers a Browse (OPC 10000-4, 5.9): a few references at once, a few places for what is to follow, a status of
 * its own for each node, and a limit for its answers that nobody is told before.
 */
final class Sparing extends DefaultViewServiceSet {
    private static final int PORTION = 3;

    private final int places;
    private final Map<ByteString, ReferenceDescription[]> rest = new HashMap<>();
    private final Map<String, Long> refused = new HashMap<>();
    private final Map<String, Long> broken = new HashMap<>();
    private final AtomicInteger outOfPlaces = new AtomicInteger();
    private long largest = Long.MAX_VALUE;
    private long fault;
    private int calls;
    private int asked;
    private int last = Integer.MAX_VALUE;

    /** One that has so many continuation points. */
    Sparing(OpcUaServer server, String url, int places) {
        super(server);
        this.places = places;
        server.addServiceSet(EndpointUtil.getPath(url), this);
    }

    /** Nothing is said of a node. */
    Sparing refusing(String node, long status) {
        refused.put(node, status);
        return this;
    }

    /** The second portion of a node cannot be had. */
    Sparing breaking(String node, long status) {
        broken.put(node, status);
        return this;
    }

    /** An answer that may have more references than these is refused as a whole. */
    Sparing answering(long references, long otherwise) {
        largest = references;
        fault = otherwise;
        return this;
    }

    /** One that once, after so many questions, has no answer. */
    Sparing failing(int after, long status) {
        last = after;
        fault = status;
        return this;
    }

    int outOfPlaces() {
        return outOfPlaces.get();
    }

    @Override
    public synchronized BrowseResponse onBrowse(ServiceRequestContext context, BrowseRequest request)
            throws UaException {
        long wanted = request.getRequestedMaxReferencesPerNode().longValue();
        if (wanted * request.getNodesToBrowse().length > largest || asked++ == last) {
            throw new UaException(fault);
        }
        BrowseResponse all = super.onBrowse(
                context,
                new BrowseRequest(
                        request.getRequestHeader(), request.getView(), UInteger.MIN, request.getNodesToBrowse()));
        BrowseResult[] results = new BrowseResult[all.getResults().length];
        for (int i = 0; i < results.length; i++) {
            NodeId node = request.getNodesToBrowse()[i].getNodeId();
            String name = String.valueOf(node.getIdentifier());
            ReferenceDescription[] references =
                    Optional.ofNullable(all.getResults()[i].getReferences()).orElse(new ReferenceDescription[0]);
            results[i] = refused.containsKey(name)
                    ? bad(refused.get(name))
                    : portion(name, references, (int) Math.min(PORTION, wanted));
        }
        return new BrowseResponse(all.getResponseHeader(), results, null);
    }

    private BrowseResult portion(String name, ReferenceDescription[] references, int count) {
        if (references.length <= count) {
            return new BrowseResult(StatusCode.GOOD, ByteString.NULL_VALUE, references);
        }
        if (rest.size() == places) {
            outOfPlaces.incrementAndGet();
            return bad(StatusCodes.Bad_NoContinuationPoints);
        }
        ByteString point = ByteString.of((count + " " + calls++ + " " + name).getBytes());
        rest.put(point, Arrays.copyOfRange(references, count, references.length));
        return new BrowseResult(StatusCode.GOOD, point, Arrays.copyOf(references, count));
    }

    @Override
    public synchronized BrowseNextResponse onBrowseNext(ServiceRequestContext context, BrowseNextRequest request)
            throws UaException {
        ByteString point = request.getContinuationPoints()[0];
        ReferenceDescription[] references = rest.remove(point);
        String[] words = new String(point.bytesOrEmpty()).split(" ", 3);
        BrowseResult result = references == null
                ? bad(StatusCodes.Bad_ContinuationPointInvalid)
                : broken.containsKey(words[2])
                        ? bad(broken.get(words[2]))
                        : request.getReleaseContinuationPoints()
                                ? new BrowseResult(StatusCode.GOOD, ByteString.NULL_VALUE, null)
                                : portion(words[2], references, Integer.parseInt(words[0]));
        return new BrowseNextResponse(
                new ResponseHeader(
                        DateTime.now(),
                        request.getRequestHeader().getRequestHandle(),
                        StatusCode.GOOD,
                        null,
                        null,
                        null),
                new BrowseResult[] {result},
                null);
    }

    private static BrowseResult bad(long status) {
        return new BrowseResult(new StatusCode(status), ByteString.NULL_VALUE, null);
    }
}
