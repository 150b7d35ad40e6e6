package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseNextResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.headgate.system.api.Deadline;

/**
 * Goes through a server's nodes from its folder Objects on, level by level, so that what is near the top is found first. Servers may have
 * millions of nodes, and references in circles: nodes, levels, channels and time have an end here. What the standard itself has put
 * there, the server's own state for example, is left out.
 */
final class Browser {
    private static final int DEEPEST = 15;
    private static final int MOST_NODES = 20_000;
    private static final int MOST_VARIABLES = 1000;
    private static final int MOST_METHODS = 100;
    private static final int MOST_AT_ONCE = 100;
    private static final UInteger MOST_REFERENCES = UInteger.valueOf(1000);
    private static final ViewDescription EVERYTHING =
            new ViewDescription(NodeId.NULL_VALUE, DateTime.MIN_VALUE, UInteger.MIN);
    private static final UInteger CLASSES =
            UInteger.valueOf(NodeClass.Object.getValue() | NodeClass.Variable.getValue() | NodeClass.Method.getValue());
    private static final String UNITS = "EngineeringUnits";

    private final Session session;
    private final Deadline end;
    private final Set<NodeId> seen = new HashSet<>();
    private final Map<NodeId, Found> variables = new LinkedHashMap<>();
    private final List<Found> methods = new ArrayList<>();
    private final Map<NodeId, NodeId> units = new LinkedHashMap<>();
    private int most = MOST_AT_ONCE;
    private boolean complete = true;

    /**
     * A node that was found.
     *
     * @param parent what it was found in: for a method, the object that it is called on
     * @param path the names on the way to it, its own last
     */
    record Found(NodeId node, NodeId parent, List<String> path) {
        private Found in(NodeId child, String name) {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            return new Found(child, node, List.copyOf(longer));
        }
    }

    Browser(Session session, Deadline end) {
        this.session = session;
        this.end = end;
    }

    /** Goes as far as it may; throws when the server fails before anything was found. */
    void go() throws IOException {
        List<Found> level = List.of(new Found(NodeIds.ObjectsFolder, NodeIds.RootFolder, List.of()));
        for (int depth = 0; depth < DEEPEST && !level.isEmpty(); depth++) {
            List<Found> below = new ArrayList<>();
            for (int from = 0; from < level.size() && goesOn(); ) {
                int count = Math.min(most, level.size() - from);
                if (expand(level.subList(from, from + count), below)) {
                    from += count;
                }
            }
            level = below;
        }
        complete &= level.isEmpty();
    }

    List<Found> variables() {
        return List.copyOf(variables.values());
    }

    List<Found> methods() {
        return methods;
    }

    /** The node that holds a variable's unit. */
    Optional<NodeId> unit(NodeId variable) {
        return Optional.ofNullable(units.get(variable));
    }

    /** Whether everything was seen. */
    boolean isComplete() {
        return complete;
    }

    private boolean goesOn() {
        boolean goesOn = seen.size() < MOST_NODES && variables.size() < MOST_VARIABLES && end.leftNanos() > 0;
        complete &= goesOn;
        return goesOn;
    }

    /** What is below some nodes; false when that was too much for the server: then less is asked for. */
    private boolean expand(List<Found> parents, List<Found> below) throws IOException {
        List<BrowseDescription> questions = parents.stream()
                .map(parent -> new BrowseDescription(
                        parent.node(),
                        BrowseDirection.Forward,
                        NodeIds.HierarchicalReferences,
                        true,
                        CLASSES,
                        UInteger.valueOf(BrowseResultMask.All.getValue())))
                .toList();
        List<BrowseResult> results;
        try {
            BrowseResult[] answered = session.await(
                            session.client().browseAsync(EVERYTHING, MOST_REFERENCES, questions), session.deadline())
                    .getResults();
            results = answered == null ? List.of() : List.of(answered);
        } catch (IOException refused) {
            if (most > 1 && Faults.is(refused, StatusCodes.Bad_TooManyOperations)) {
                most = most / 2;
                return false;
            }
            throw refused;
        }
        for (int i = 0; i < Math.min(parents.size(), results.size()); i++) {
            take(parents.get(i), results.get(i), below);
        }
        return true;
    }

    private void take(Found parent, BrowseResult first, List<Found> below) throws IOException {
        BrowseResult result = first;
        while (true) {
            for (ReferenceDescription reference : references(result)) {
                take(parent, reference, below);
            }
            ByteString more = result.getContinuationPoint();
            if (more == null || more.isNullOrEmpty()) {
                return;
            }
            boolean release = !goesOn();
            BrowseNextResponse next =
                    session.await(session.client().browseNextAsync(release, List.of(more)), session.deadline());
            if (release || next.getResults() == null || next.getResults().length == 0) {
                return;
            }
            result = next.getResults()[0];
        }
    }

    private static List<ReferenceDescription> references(BrowseResult result) {
        return result.getReferences() == null ? List.of() : Arrays.asList(result.getReferences());
    }

    private void take(Found parent, ReferenceDescription reference, List<Found> below) {
        Optional<NodeId> target =
                reference.getNodeId().toNodeId(session.client().getNamespaceTable());
        if (target.isEmpty()) {
            return;
        }
        NodeId node = target.get();
        String name = String.valueOf(reference.getBrowseName().name());
        if (reference.getReferenceTypeId().equals(NodeIds.HasProperty)) {
            if (name.equals(UNITS)) {
                units.put(parent.node(), node);
            }
            return;
        }
        if (node.getNamespaceIndex().intValue() == 0 || !goesOn() || !seen.add(node)) {
            return;
        }
        Found found = parent.in(node, Faults.line(name));
        switch (reference.getNodeClass()) {
            case Variable -> {
                variables.put(node, found);
                below.add(found);
            }
            case Method -> {
                if (methods.size() < MOST_METHODS) {
                    methods.add(found);
                }
            }
            default -> below.add(found);
        }
    }
}
