package org.headgate.device.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.headgate.config.api.Texts;
import org.headgate.data.api.Column;
import org.headgate.data.api.Schema;
import org.headgate.device.api.Channel;
import org.headgate.device.channels.ChannelDefinition;

/** The channels of a device that can be read, as columns of its stream. Immutable. */
final class Columns {
    private final List<ChannelDefinition> definitions;
    private final List<Channel> channels;
    private final Schema schema;
    private final Request all;

    /** The readable ones of a device's channels. */
    Columns(List<ChannelDefinition> device) {
        definitions = device.stream()
                .filter(definition -> definition.channel().access().canRead())
                .toList();
        channels = definitions.stream().map(ChannelDefinition::channel).toList();
        schema = Schema.of(definitions.stream()
                .map(one -> new Column(
                        one.channel().name(), one.type(), one.channel().unit()))
                .toList());
        all = request(IntStream.range(0, channels.size()).toArray());
    }

    int size() {
        return definitions.size();
    }

    Schema schema() {
        return schema;
    }

    ChannelDefinition definition(int column) {
        return definitions.get(column);
    }

    List<ChannelDefinition> definitions() {
        return definitions;
    }

    /** As the driver sees them. */
    List<Channel> channels() {
        return channels;
    }

    /** A request for every column. */
    Request all() {
        return all;
    }

    /**
     * A request for channels by their names.
     *
     * @throws IllegalArgumentException with one line for the user when there is no such channel, or it cannot be read
     */
    Request request(List<String> names) {
        return request(names.stream().mapToInt(this::column).sorted().distinct().toArray());
    }

    private int column(String name) {
        int column = schema.indexOf(name);
        if (column < 0) {
            List<String> known = channels.stream().map(Channel::name).toList();
            throw new IllegalArgumentException("no channel " + name + " that can be read"
                    + Texts.nearest(name, known)
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse("; there are: " + String.join(", ", known)));
        }
        return column;
    }

    /** A request for some columns. */
    Request request(int... columns) {
        return new Request(Arrays.stream(columns).mapToObj(channels::get).toList(), columns);
    }
}
