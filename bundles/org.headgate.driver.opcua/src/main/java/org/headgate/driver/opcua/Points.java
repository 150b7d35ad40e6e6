package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.headgate.device.api.Discovered.Point;
import org.headgate.driver.opcua.Browser.Found;

/** Makes channels of nodes. */
final class Points {
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final List<AttributeId> ATTRIBUTES =
            List.of(AttributeId.DataType, AttributeId.ValueRank, AttributeId.AccessLevel, AttributeId.UserAccessLevel);

    private final Session session;
    private final DataTypes types;
    private final NodeText text;

    Points(Session session) {
        this.session = session;
        types = new DataTypes(session);
        text = new NodeText(session.facts().namespaces());
    }

    /** The channels of what was found, in its order. */
    List<Point> of(Browser browser) throws IOException {
        List<Found> variables = browser.variables();
        List<List<String>> paths = new ArrayList<>();
        variables.forEach(found -> paths.add(found.path()));
        browser.methods().forEach(found -> paths.add(found.path()));
        PointNames names = new PointNames(paths);
        DataValue[] attributes = attributes(variables);
        String[] units = units(browser, variables);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            Found found = variables.get(i);
            points.add(variable(names.of(found.path()), found, attributes, i * ATTRIBUTES.size(), units[i]));
        }
        for (Found found : browser.methods()) {
            points.add(method(names.of(found.path()), found));
        }
        return points;
    }

    private Point variable(String name, Found found, DataValue[] attributes, int at, String unit) throws IOException {
        String where = String.join(" / ", found.path());
        Optional<String> source = text.of(found.node());
        if (source.isEmpty()) {
            return new Point(name, "", where, "its node cannot be written in a file");
        }
        Optional<OpcUaDataType> builtin = attributes[at].value().value() instanceof NodeId type
                ? types.builtin(type, session.deadline())
                : Optional.empty();
        boolean array = attributes[at + 1].value().value() instanceof Integer rank && rank >= 0;
        int access = access(attributes[at + 2]) & access(attributes[at + 3]);
        String word = builtin.map(Points::word).orElse("");
        String obstacle = "";
        if (word.isEmpty()) {
            obstacle = "a structure, which is no value of a channel";
        } else if (array) {
            obstacle = "an array: index=0 takes its first element, string all of it";
        } else if ((access & (READ | WRITE)) == 0) {
            obstacle = "may neither be read nor written by this user";
        }
        String options = (access & WRITE) == 0 ? "" : (access & READ) == 0 ? " access=w" : " access=rw";
        return new Point(
                name,
                source.get() + " " + (word.isEmpty() ? "string" : word) + options
                        + (unit.isEmpty() ? "" : " unit=" + unit),
                where,
                obstacle);
    }

    /** A method is no channel until a person wants it: what writes it makes the machine do something. */
    private Point method(String name, Found found) {
        String source = text.of(found.parent())
                .flatMap(object -> text.of(found.node()).map(method -> "method:" + object + "/" + method))
                .orElse("");
        return new Point(
                name,
                source.isEmpty() ? "" : source + " string access=rw",
                String.join(" / ", found.path()),
                "a method: made a channel by a person only (device:channel-add)");
    }

    private DataValue[] attributes(List<Found> variables) throws IOException {
        List<ReadValueId> wanted = new ArrayList<>();
        for (Found found : variables) {
            ATTRIBUTES.forEach(attribute -> wanted.add(Reader.attribute(found.node(), attribute, "")));
        }
        return reader().read(wanted, session.deadline());
    }

    private String[] units(Browser browser, List<Found> variables) throws IOException {
        List<ReadValueId> wanted = new ArrayList<>();
        List<Integer> whose = new ArrayList<>();
        String[] units = new String[variables.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = "";
            Optional<NodeId> unit = browser.unit(variables.get(i).node());
            if (unit.isPresent()) {
                wanted.add(Reader.value(unit.get(), ""));
                whose.add(i);
            }
        }
        DataValue[] values = reader().read(wanted, session.deadline());
        for (int i = 0; i < values.length; i++) {
            units[whose.get(i)] = unit(values[i]);
        }
        return units;
    }

    private String unit(DataValue value) {
        try {
            return value.value().value() instanceof ExtensionObject structure
                            && structure.decode(session.context()) instanceof EUInformation unit
                    ? UnitCodes.ucum(unit)
                    : "";
        } catch (RuntimeException damaged) {
            // A unit is for people; a channel without one works as well.
            return "";
        }
    }

    private Reader reader() {
        return new Reader(session, session.facts().mostReads());
    }

    /** What a server does not say it allows: whether that is so, shows when it is tried. */
    private static int access(DataValue value) {
        return value.value().value() instanceof UByte level ? level.intValue() : READ;
    }

    /** The word of a channel's type; empty for what cannot be one. */
    static String word(OpcUaDataType type) {
        return switch (type) {
            case Boolean -> "bool";
            case SByte -> "int8";
            case Byte -> "uint8";
            case Int16 -> "int16";
            case UInt16 -> "uint16";
            case Int32 -> "int32";
            case UInt32 -> "uint32";
            case Int64, UInt64 -> "int64";
            case Float -> "float32";
            case Double, Variant -> "double";
            case String, DateTime, Guid, LocalizedText, QualifiedName, NodeId, ExpandedNodeId, XmlElement -> "string";
            case ByteString -> "bytes";
            case StatusCode -> "uint32";
            default -> "";
        };
    }
}
