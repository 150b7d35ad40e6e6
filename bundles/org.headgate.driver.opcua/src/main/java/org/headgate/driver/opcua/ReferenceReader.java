package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.headgate.driver.opcua.Browser.Found;

/**
 * Asks for what is below nodes, no more at once than the server takes: fewer nodes where a request or its answer is too large, then fewer
 * references of a node. A node that got no place for its next portion, or lost it, is asked once more, alone (OPC 10000-4, 5.9.2). So
 * references may come twice.
 */
final class ReferenceReader {
    private static final int MOST_NODES = 100;
    private static final int MOST_REFERENCES = 1000;
    private static final ViewDescription EVERYTHING =
            new ViewDescription(NodeId.NULL_VALUE, DateTime.MIN_VALUE, UInteger.MIN);
    private static final UInteger CLASSES =
            UInteger.valueOf(NodeClass.Object.getValue() | NodeClass.Variable.getValue() | NodeClass.Method.getValue());

    private final Session session;
    private final Taker taker;
    private int most = MOST_NODES;
    private int references = MOST_REFERENCES;

    /** Takes what is found. */
    interface Taker {
        void reference(Found parent, ReferenceDescription reference);

        /** Something below a node stays unknown. */
        void lost(Found parent, StatusCode why);

        /** Whether more is wanted. */
        boolean goesOn();
    }

    ReferenceReader(Session session, Taker taker) {
        this.session = session;
        this.taker = taker;
    }

    /**
     * Hands over the references of nodes, as long as more is wanted.
     *
     * @throws IOException when the server does not answer
     */
    void read(List<Found> parents) throws IOException {
        List<Found> again = new ArrayList<>();
        for (int from = 0; from < parents.size() && taker.goesOn(); ) {
            int count = Math.min(most, parents.size() - from);
            if (count == 1) {
                alone(parents.get(from++));
            } else if (together(parents.subList(from, from + count), again)) {
                from += count;
            } else {
                most = count / 2;
            }
        }
        for (Found parent : again) {
            alone(parent);
        }
    }

    /** False when that was too much. */
    private boolean together(List<Found> parents, List<Found> again) throws IOException {
        BrowseResult[] results;
        try {
            results = browse(parents);
        } catch (StatusException refused) {
            if (isTooMuch(refused)) {
                return false;
            }
            throw refused;
        }
        for (int i = 0; i < results.length; i++) {
            Found parent = parents.get(i);
            try {
                StatusCode status = portions(parent, results[i]);
                if (isOutOfPlaces(status)) {
                    again.add(parent);
                } else if (!status.isGood()) {
                    taker.lost(parent, status);
                }
            } catch (StatusException refused) {
                if (!isTooMuch(refused)) {
                    throw refused;
                }
                again.add(parent);
            }
        }
        return true;
    }

    private void alone(Found parent) throws IOException {
        int before = references;
        while (taker.goesOn()) {
            StatusCode status;
            try {
                status = portions(parent, browse(List.of(parent))[0]);
            } catch (StatusException refused) {
                if (!isTooMuch(refused)) {
                    throw refused;
                }
                if (references > 1) {
                    references /= 2;
                    continue;
                }
                // One node of which even the smallest portion is refused says nothing about the others.
                references = before;
                status = refused.status();
            }
            if (!status.isGood()) {
                taker.lost(parent, status);
            }
            return;
        }
    }

    /** All portions of a node; returns why some is missing. */
    private StatusCode portions(Found parent, BrowseResult first) throws IOException {
        StatusCode worst = StatusCode.GOOD;
        BrowseResult result = first;
        while (true) {
            if (result.getReferences() != null) {
                for (ReferenceDescription reference : result.getReferences()) {
                    taker.reference(parent, reference);
                }
            }
            StatusCode status = result.getStatusCode();
            if (status != null && !status.isGood()) {
                worst = status;
            }
            ByteString more = result.getContinuationPoint();
            if (worst.isBad() || more == null || more.isNullOrEmpty()) {
                return worst;
            }
            boolean release = !taker.goesOn();
            BrowseResult[] next = session.await(
                            session.client().browseNextAsync(release, List.of(more)), session.deadline())
                    .getResults();
            if (release) {
                return worst;
            }
            result = one(next, 1)[0];
        }
    }

    private BrowseResult[] browse(List<Found> parents) throws IOException {
        List<BrowseDescription> questions = parents.stream()
                .map(parent -> new BrowseDescription(
                        parent.node(),
                        BrowseDirection.Forward,
                        NodeIds.HierarchicalReferences,
                        true,
                        CLASSES,
                        UInteger.valueOf(BrowseResultMask.All.getValue())))
                .toList();
        return one(
                session.await(
                                session.client().browseAsync(EVERYTHING, UInteger.valueOf(references), questions),
                                session.deadline())
                        .getResults(),
                parents.size());
    }

    private static BrowseResult[] one(BrowseResult[] results, int each) throws IOException {
        if (results == null || results.length != each) {
            throw new IOException("the server's answer has not one result for each node");
        }
        return results;
    }

    /** Servers of Milo's say of an answer that is too large that they have an internal error. */
    private static boolean isTooMuch(StatusException refused) {
        return Faults.isTooMuch(refused) || Faults.is(refused, StatusCodes.Bad_InternalError);
    }

    private static boolean isOutOfPlaces(StatusCode status) {
        return status.value() == StatusCodes.Bad_NoContinuationPoints
                || status.value() == StatusCodes.Bad_ContinuationPointInvalid;
    }
}
