package org.headgate.driver.opcua;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.methods.AbstractMethodInvocationHandler;
import org.eclipse.milo.opcua.sdk.server.methods.InvalidArgumentException;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/** The variables of a press: one of each type, some with other qualities, many that count, and methods. */
final class Press extends ManagedNamespaceWithLifecycle {
    static final String URI = "urn:press";
    static final UUID GUID = new UUID(7, 8);

    /** Items that the test feeds by itself: nothing samples them, so every value comes once. */
    private final Map<NodeId, DataItem> fed = new ConcurrentHashMap<>();

    /** What is monitored, with what it was asked for. */
    private final Map<String, BaseMonitoredItem<?>> monitored = new ConcurrentHashMap<>();

    private final Map<String, DataValue> first = new ConcurrentHashMap<>();
    private final SubscriptionModel sampled;

    Press(OpcUaServer server) {
        super(server, URI);
        sampled = new SubscriptionModel(server, this);
        getLifecycleManager().addLifecycle(sampled);
        variable("bool", NodeIds.Boolean, true);
        variable("sbyte", NodeIds.SByte, (byte) -7);
        variable("byte", NodeIds.Byte, UByte.valueOf(200));
        variable("int16", NodeIds.Int16, (short) -300);
        variable("uint16", NodeIds.UInt16, UShort.valueOf(60_000));
        variable("int32", NodeIds.Int32, -70_000);
        variable("uint32", NodeIds.UInt32, UInteger.valueOf(4_000_000_000L));
        variable("int64", NodeIds.Int64, -5_000_000_000L);
        variable("uint64", NodeIds.UInt64, ULong.MAX);
        variable("float", NodeIds.Float, 1.5f);
        variable("double", NodeIds.Double, 21.25);
        variable("duration", NodeIds.Duration, 1500.0);
        variable("string", NodeIds.String, "caf\u00e9");
        variable("time", NodeIds.DateTime, new DateTime(Instant.parse("2026-11-22T04:00:00.5Z")));
        variable("guid", NodeIds.Guid, GUID);
        variable("bytes", NodeIds.ByteString, ByteString.of(new byte[] {1, 2}));
        variable("text", NodeIds.LocalizedText, LocalizedText.english("open"));
        variable("state", NodeIds.ServerState, 3);
        variable("any", NodeIds.Number, (short) 5);
        variable("node", NodeIds.NodeId, new NodeId(1, "x"));
        variable("array", NodeIds.Double, new Double[] {1.5, 2.5, 3.5});
        variable("matrix", NodeIds.Double, Matrix.ofDouble(new Double[][] {{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}}));
        variable(
                "range",
                NodeIds.Range,
                new Variant(ExtensionObject.encode(server.getStaticEncodingContext(), new Range(0.0, 1.0))).value());
        variable("spaced name/with slash", NodeIds.Int32, 11);
        variable("empty", NodeIds.Double, null);
        status("broken", StatusCodes.Bad_SensorFailure);
        status("doubtful", StatusCodes.Uncertain_LastUsableValue);
        method(
                "add",
                List.of(argument("a", NodeIds.Int16), argument("b", NodeIds.Double)),
                given -> List.of((Short) given[0] + (Double) given[1]));
        method("reset", List.of(), given -> List.of());
        method(
                "say",
                List.of(argument("word", NodeIds.String)),
                given -> List.of(given[0], ((String) given[0]).length()));
        method(
                "draw",
                List.of(argument("points", NodeIds.Int32)),
                given -> List.of((Object) new Double[] {1.5, (int) given[0] / 2.0}));
    }

    static DataValue at(Object value, long epochMillis) {
        DateTime time = new DateTime(Instant.ofEpochMilli(epochMillis));
        return new DataValue(new Variant(value), StatusCode.GOOD, time, time);
    }

    UaVariableNode variable(String name, NodeId type, Object value) {
        UaVariableNode node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(newNodeId(name))
                .setAccessLevel(AccessLevel.READ_WRITE)
                .setUserAccessLevel(AccessLevel.READ_WRITE)
                .setBrowseName(newQualifiedName(name))
                .setDisplayName(LocalizedText.english(name))
                .setDataType(type)
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .build();
        if (value instanceof Object[] array) {
            node.setValueRank(ValueRanks.OneDimension);
            node.setArrayDimensions(new UInteger[] {UInteger.valueOf(array.length)});
        }
        if (value instanceof Matrix matrix) {
            node.setValueRank(matrix.getValueRank());
            node.setArrayDimensions(Arrays.stream(matrix.getDimensions())
                    .mapToObj(UInteger::valueOf)
                    .toArray(UInteger[]::new));
        }
        node.setValue(new DataValue(new Variant(value), StatusCode.GOOD, DateTime.now(), DateTime.now()));
        first.put(name, node.getValue());
        add(node);
        return node;
    }

    private void status(String name, long code) {
        variable(name, NodeIds.Double, 1.0);
        first.put(name, new DataValue(new Variant(1.0), new StatusCode(code), DateTime.now()));
        give(name, first.get(name));
    }

    /** Gives every variable the value that it had at first. */
    void restore() {
        first.forEach(this::give);
    }

    void give(String name, DataValue value) {
        ((UaVariableNode) getNodeManager().getNode(newNodeId(name)).orElseThrow()).setValue(value);
    }

    /** Variables whose values the test gives by {@link #feed}. */
    void counters(int count) {
        for (int i = 0; i < count; i++) {
            variable("count" + i, NodeIds.Int64, 0L);
        }
    }

    void set(String name, Object value) {
        give(name, new DataValue(new Variant(value), StatusCode.GOOD, DateTime.now()));
    }

    Object get(String name) {
        return ((UaVariableNode) getNodeManager().getNode(newNodeId(name)).orElseThrow())
                .getValue()
                .value()
                .value();
    }

    /** Gives a value to whoever monitors a counter; false where nobody does. */
    boolean feed(String name, DataValue value) {
        DataItem item = fed.get(newNodeId(name));
        if (item != null) {
            item.setValue(value);
        }
        return item != null;
    }

    BaseMonitoredItem<?> monitored(String name) {
        return monitored.get(name);
    }

    int fedItems() {
        return fed.size();
    }

    private static Argument argument(String name, NodeId type) {
        return new Argument(name, type, ValueRanks.Scalar, null, LocalizedText.NULL_VALUE);
    }

    private void method(String name, List<Argument> arguments, Function<Object[], List<Object>> answer) {
        UaMethodNode method = UaMethodNode.builder(getNodeContext())
                .setNodeId(newNodeId(name))
                .setBrowseName(newQualifiedName(name))
                .setDisplayName(LocalizedText.english(name))
                .build();
        method.setInputArguments(arguments.toArray(new Argument[0]));
        method.setInvocationHandler(new Handler(method, arguments, answer));
        getNodeManager().addNode(method);
        method.addReference(
                new Reference(method.getNodeId(), NodeIds.HasComponent, NodeIds.ObjectsFolder.expanded(), false));
    }

    private void add(UaVariableNode node) {
        getNodeManager().addNode(node);
        node.addReference(new Reference(node.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        items.forEach(item -> monitored.put(
                item.getReadValueId().getNodeId().getIdentifier().toString(), (BaseMonitoredItem<?>) item));
        items.stream()
                .filter(Press::isFed)
                .forEach(item -> fed.put(item.getReadValueId().getNodeId(), item));
        sampled.onDataItemsCreated(items.stream().filter(item -> !isFed(item)).toList());
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
        sampled.onDataItemsModified(items);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        items.forEach(item -> fed.remove(item.getReadValueId().getNodeId(), item));
        sampled.onDataItemsDeleted(items);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        sampled.onMonitoringModeChanged(items);
    }

    private static boolean isFed(DataItem item) {
        return String.valueOf(item.getReadValueId().getNodeId().getIdentifier()).startsWith("count");
    }

    /** Notes what it was called with in the variable {@code string}. */
    private final class Handler extends AbstractMethodInvocationHandler {
        private final List<Argument> arguments;
        private final Function<Object[], List<Object>> answer;

        Handler(UaMethodNode node, List<Argument> arguments, Function<Object[], List<Object>> answer) {
            super(node);
            this.arguments = arguments;
            this.answer = answer;
        }

        @Override
        public Argument[] getInputArguments() {
            return arguments.toArray(new Argument[0]);
        }

        @Override
        public Argument[] getOutputArguments() {
            return new Argument[0];
        }

        @Override
        protected Variant[] invoke(InvocationContext context, Variant[] values) throws UaException {
            StringBuilder called = new StringBuilder(getNode().getBrowseName().name());
            for (Variant value : values) {
                called.append(' ')
                        .append(OpcUaDataType.fromBackingClass(value.value().getClass()))
                        .append('=')
                        .append(value.value());
            }
            if (called.indexOf("no") >= 0) {
                throw new UaException(StatusCodes.Bad_InvalidState);
            }
            set("string", called.toString());
            return answer.apply(Arrays.stream(values).map(Variant::value).toArray()).stream()
                    .map(Variant::new)
                    .toArray(Variant[]::new);
        }

        @Override
        protected void validateInputArgumentValues(Variant[] values) throws InvalidArgumentException {
            if (values.length > 0 && values[0].value() instanceof Short number && number < 0) {
                throw new InvalidArgumentException(
                        new StatusCode[] {new StatusCode(StatusCodes.Bad_OutOfRange), StatusCode.GOOD});
            }
        }
    }
}
