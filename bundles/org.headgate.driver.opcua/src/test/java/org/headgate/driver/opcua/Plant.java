package org.headgate.driver.opcua;

import java.util.List;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;

/** What a machine builder's server has: folders, units, rights, a method, and a reference that leads back up. */
final class Plant extends ManagedNamespaceWithLifecycle {
    private static final String UNECE = "http://www.opcfoundation.org/UA/units/un/cefact";

    Plant(OpcUaServer server) {
        super(server, "urn:plant");
        startup();
        UaFolderNode boiler = folder("Boiler", NodeIds.ObjectsFolder);
        UaFolderNode oven = folder("Oven", NodeIds.ObjectsFolder);
        unit(variable(boiler, newNodeId("Boiler/Temperature"), "Temperature", NodeIds.Double, 20.5), "CEL", "°C");
        unit(variable(oven, newNodeId("Oven/Temperature"), "Temperature", NodeIds.Float, 1f), "FAH", "°F");
        access(variable(boiler, newNodeId(77), "SetPoint", NodeIds.Int16, (short) 1), AccessLevel.READ_WRITE);
        access(variable(boiler, newNodeId("3rd Valve"), "3rd Valve", NodeIds.Boolean, true), AccessLevel.WRITE_ONLY);
        variable(oven, newNodeId("Mode"), "Mode", NodeIds.ServerState, 1);
        access(variable(oven, newNodeId("Hidden"), "Hidden", NodeIds.Int32, 1), AccessLevel.NONE);
        variable(oven, newNodeId("Curve"), "Curve", NodeIds.Double, new Double[] {1.0})
                .setValueRank(ValueRanks.OneDimension);
        variable(oven, newNodeId("Limits"), "Limits", NodeIds.Range, null);
        method(boiler, newNodeId("Boiler/Start"), "Start");
        oven.addReference(new Reference(
                oven.getNodeId(), NodeIds.Organizes, boiler.getNodeId().expanded(), true));
        boiler.addReference(new Reference(
                boiler.getNodeId(), NodeIds.Organizes, oven.getNodeId().expanded(), true));
    }

    /** A folder in a folder in a folder, each with a variable. */
    void nest(int levels) {
        NodeId parent = NodeIds.ObjectsFolder;
        for (int i = 1; i <= levels; i++) {
            UaFolderNode folder = folder("Level " + i, parent);
            variable(folder, newNodeId("level/" + i), "At " + i, NodeIds.Double, 1.0);
            parent = folder.getNodeId();
        }
    }

    /** More in one folder than is asked for at once. */
    void widen(int variables) {
        UaFolderNode wide = folder("Wide", NodeIds.ObjectsFolder);
        for (int i = 0; i < variables; i++) {
            variable(wide, newNodeId("wide/" + i), "Wide " + i, NodeIds.Double, 1.0);
        }
        for (int i = 0; i < 90; i++) {
            method(wide, newNodeId("wide/run/" + i), "Run wide " + i);
        }
    }

    /** Display names as some controllers make them of everything they know: few of them are a message. */
    void lengthen(int folders, int variables, int characters) {
        for (int i = 0; i < folders; i++) {
            UaFolderNode folder = folder("Long " + i, NodeIds.ObjectsFolder);
            for (int j = 0; j < variables; j++) {
                variable(folder, newNodeId("long/" + i + "/" + j), "Value " + j, NodeIds.Double, 1.0)
                        .setDisplayName(LocalizedText.english("x".repeat(characters)));
            }
        }
    }

    void methods(int count) {
        UaFolderNode folder = folder("Program", NodeIds.ObjectsFolder);
        for (int i = 0; i < count; i++) {
            method(folder, newNodeId("method/" + i), "Run " + i);
        }
    }

    private void method(UaFolderNode parent, NodeId id, String name) {
        UaMethodNode method = UaMethodNode.builder(getNodeContext())
                .setNodeId(id)
                .setBrowseName(newQualifiedName(name))
                .setDisplayName(LocalizedText.english(name))
                .build();
        getNodeManager().addNode(method);
        parent.addComponent(method);
    }

    /** Many folders with many variables each, all of the same names. */
    void grow(int folders, int variables) {
        for (int i = 0; i < folders; i++) {
            UaFolderNode folder = folder("Cell " + i, NodeIds.ObjectsFolder);
            for (int j = 0; j < variables; j++) {
                variable(folder, newNodeId(i + "/" + j), "Value " + j, NodeIds.Double, 1.0);
            }
        }
    }

    private UaFolderNode folder(String name, NodeId parent) {
        UaFolderNode folder = new UaFolderNode(
                getNodeContext(), newNodeId(name), newQualifiedName(name), LocalizedText.english(name));
        getNodeManager().addNode(folder);
        folder.addReference(new Reference(folder.getNodeId(), NodeIds.Organizes, parent.expanded(), false));
        return folder;
    }

    private UaVariableNode variable(UaNode parent, NodeId id, String name, NodeId type, Object value) {
        UaVariableNode node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(id)
                .setAccessLevel(AccessLevel.READ_ONLY)
                .setUserAccessLevel(AccessLevel.READ_ONLY)
                .setBrowseName(newQualifiedName(name))
                .setDisplayName(LocalizedText.english(name))
                .setDataType(type)
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .build();
        node.setValue(new DataValue(new Variant(value)));
        getNodeManager().addNode(node);
        node.addReference(new Reference(
                node.getNodeId(), NodeIds.HasComponent, parent.getNodeId().expanded(), false));
        return node;
    }

    private static void access(UaVariableNode node, java.util.Set<AccessLevel> level) {
        node.setAccessLevel(AccessLevel.toValue(level));
        node.setUserAccessLevel(AccessLevel.toValue(level));
    }

    private static void unit(UaVariableNode node, String code, String text) {
        int id = 0;
        for (char letter : code.toCharArray()) {
            id = id << 8 | letter;
        }
        node.setEngineeringUnits(
                new EUInformation(UNECE, id, LocalizedText.english(text), LocalizedText.english(text)));
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {}

    @Override
    public void onDataItemsModified(List<DataItem> items) {}

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {}

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {}
}
