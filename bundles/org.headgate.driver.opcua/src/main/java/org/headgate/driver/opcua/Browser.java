package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.headgate.system.api.Deadline;

/**
 * Goes through a server's nodes from its folder Objects on, level by level, so that what is near the top is found first. Servers may have
 * millions of nodes, and references in circles: nodes, levels, channels and time have an end here. What the standard itself has put
 * there, the server's own state for example, is left out. A node of which the server does not say what is below it costs the others
 * nothing, and is named.
 */
final class Browser implements ReferenceReader.Taker {
    private static final int DEEPEST = 15;
    private static final int MOST_NODES = 20_000;
    private static final int MOST_VARIABLES = 1000;
    private static final int MOST_METHODS = 100;
    private static final String UNITS = "EngineeringUnits";

    private final Session session;
    private final Deadline end;
    private final Set<NodeId> seen = new HashSet<>();
    private final Map<NodeId, Found> variables = new LinkedHashMap<>();
    private final List<Found> methods = new ArrayList<>();
    private final Map<NodeId, NodeId> units = new LinkedHashMap<>();
    private final List<Found> below = new ArrayList<>();
    private boolean complete = true;
    private int unknown;
    private String missing = "";

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
        ReferenceReader references = new ReferenceReader(session, this);
        below.add(new Found(NodeIds.ObjectsFolder, NodeIds.RootFolder, List.of()));
        for (int depth = 0; depth < DEEPEST && !below.isEmpty(); depth++) {
            List<Found> level = List.copyOf(below);
            below.clear();
            try {
                references.read(level);
            } catch (IOException failed) {
                if (seen.isEmpty()) {
                    throw failed;
                }
                String why = Faults.status(failed).map(Faults::name).orElse(failed.getMessage());
                unknown = 1;
                missing = "without the rest (" + why + ")";
                return;
            }
        }
        complete &= below.isEmpty();
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

    /** What is left out, to be read behind what is there; empty when there is nothing more. */
    String rest() {
        String others = unknown > 1 ? " and of " + (unknown - 1) + " more" : "";
        return (missing.isEmpty() ? "" : ", " + missing + others) + (complete ? "" : ", the first of more");
    }

    @Override
    public void lost(Found parent, StatusCode why) {
        unknown++;
        if (missing.isEmpty()) {
            String where = parent.path().isEmpty() ? "Objects" : String.join(" / ", parent.path());
            missing = "without all of " + where + " (" + Faults.name(why) + ")";
        }
    }

    @Override
    public boolean goesOn() {
        boolean goesOn = seen.size() < MOST_NODES && variables.size() < MOST_VARIABLES && end.leftNanos() > 0;
        complete &= goesOn;
        return goesOn;
    }

    @Override
    public void reference(Found parent, ReferenceDescription reference) {
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
