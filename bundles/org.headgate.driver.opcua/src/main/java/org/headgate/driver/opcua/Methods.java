package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseResultMask;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.headgate.system.api.Deadline;

/** Calls methods (OPC 10000-4, 5.11.2), with arguments of the types that the server says. Used by one thread at a time. */
final class Methods {
    private static final String INPUT = "InputArguments";
    private static final int MOST_ARGUMENTS = 100;

    private final Session session;
    private final DataTypes types;
    private final Map<NodeId, List<Argument>> known = new HashMap<>();

    Methods(Session session, DataTypes types) {
        this.session = session;
        this.types = types;
    }

    /**
     * Calls a method.
     *
     * @param value its argument; the text of a JSON array for any other number of them than one
     * @return what it gives back, with the server's time: the value of a single output, else an array of them all
     */
    DataValue call(NodeId object, NodeId method, Object value, Deadline deadline) throws IOException {
        List<Argument> wanted = arguments(method, deadline);
        CallMethodRequest request =
                new CallMethodRequest(object, method, variants(wanted, given(wanted, value), deadline));
        CallResponse response = session.await(session.client().callAsync(List.of(request)), deadline);
        CallMethodResult[] results = response.getResults();
        if (results == null || results.length != 1) {
            throw new IOException("the server's answer has no result");
        }
        CallMethodResult result = results[0];
        if (result.getStatusCode().isBad()) {
            throw new IOException(
                    Faults.text(result.getStatusCode()) + refused(wanted, result.getInputArgumentResults()));
        }
        Variant[] outputs = Objects.requireNonNullElse(result.getOutputArguments(), new Variant[0]);
        return new DataValue(
                outputs.length == 1 ? outputs[0] : new Variant(outputs),
                result.getStatusCode(),
                null,
                response.getResponseHeader().getTimestamp());
    }

    /** Which argument the server does not like. */
    private static String refused(List<Argument> wanted, StatusCode[] results) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; results != null && i < Math.min(results.length, wanted.size()); i++) {
            if (results[i].isBad()) {
                text.append("; ").append(name(wanted.get(i))).append(": ").append(Faults.name(results[i]));
            }
        }
        return text.toString();
    }

    /** One argument is what was written; otherwise a JSON array holds them. */
    private static List<?> given(List<Argument> wanted, Object value) throws IOException {
        List<?> given = List.of(value);
        if (wanted.size() != 1) {
            Object parsed = value instanceof String text && text.strip().startsWith("[") ? Written.json(text) : value;
            given = parsed instanceof List<?> list ? list : wanted.isEmpty() ? List.of() : given;
        }
        if (given.size() != wanted.size()) {
            throw new IOException("the method takes " + wanted.size() + " arguments, written as a JSON array: ["
                    + wanted.stream().map(Methods::name).collect(Collectors.joining(", ")) + "]");
        }
        return given;
    }

    private Variant[] variants(List<Argument> wanted, List<?> given, Deadline deadline) throws IOException {
        Variant[] variants = new Variant[given.size()];
        for (int i = 0; i < variants.length; i++) {
            Argument argument = wanted.get(i);
            OpcUaDataType type = types.builtin(argument.getDataType(), deadline)
                    .orElseThrow(() -> new IOException(name(argument) + " is a structure, which cannot be written"));
            int dimensions = DataTypes.dimensions(argument.getValueRank());
            try {
                variants[i] = type == OpcUaDataType.Variant && dimensions == 0
                        ? new Variant(given.get(i))
                        : Written.as(type, dimensions, given.get(i));
            } catch (IOException unfit) {
                throw new IOException(name(argument) + ": " + unfit.getMessage());
            }
        }
        return variants;
    }

    private static String name(Argument argument) {
        return Faults.line(String.valueOf(argument.getName()));
    }

    private List<Argument> arguments(NodeId method, Deadline deadline) throws IOException {
        List<Argument> arguments = known.get(method);
        if (arguments == null) {
            arguments = ask(method, deadline);
            known.put(method, arguments);
        }
        return arguments;
    }

    private List<Argument> ask(NodeId method, Deadline deadline) throws IOException {
        BrowseResult properties = session.await(
                session.client()
                        .browseAsync(new BrowseDescription(
                                method,
                                BrowseDirection.Forward,
                                NodeIds.HasProperty,
                                true,
                                UInteger.MIN,
                                UInteger.valueOf(BrowseResultMask.All.getValue()))),
                deadline);
        if (properties.getStatusCode().isBad()) {
            throw new IOException(Faults.text(properties.getStatusCode()));
        }
        ReferenceDescription[] references = properties.getReferences();
        for (ReferenceDescription property : references == null ? new ReferenceDescription[0] : references) {
            if (INPUT.equals(property.getBrowseName().name())) {
                return decoded(
                        property.getNodeId()
                                .toNodeId(session.client().getNamespaceTable())
                                .orElseThrow(),
                        deadline);
            }
        }
        return List.of();
    }

    private List<Argument> decoded(NodeId property, Deadline deadline) throws IOException {
        Object value = new Reader(session, 1)
                .read(List.of(Reader.value(property, "")), deadline)[0]
                .value()
                .value();
        if (!(value instanceof ExtensionObject[] structures) || structures.length > MOST_ARGUMENTS) {
            throw new IOException("the server does not say which arguments the method takes");
        }
        try {
            return Arrays.stream(structures)
                    .map(structure -> structure.decode(session.context()))
                    .map(Argument.class::cast)
                    .toList();
        } catch (RuntimeException damaged) {
            throw new IOException("the server does not say which arguments the method takes: "
                    + Faults.explain(damaged).getMessage());
        }
    }
}
