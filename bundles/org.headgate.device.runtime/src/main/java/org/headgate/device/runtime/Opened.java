package org.headgate.device.runtime;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Driver;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.channels.ChannelDefinition;

/**
 * A connection that was just opened, and what is known of it.
 *
 * @param definitions all channels of the device
 * @param columns those that can be read
 * @param reported those of them that the device reports by itself, as the driver sees them
 * @param inbox where it reports them
 * @param madeSafe whether the outputs had to be made safe, because the last process could not
 */
record Opened(
        Connection connection,
        List<ChannelDefinition> definitions,
        Columns columns,
        List<Channel> reported,
        Inbox inbox,
        Outputs outputs,
        boolean madeSafe) {
    /**
     * Connects to a device; may block.
     *
     * @param first whether this process opens the device for the first time
     * @param inboxes makes the inbox for the columns
     */
    static Opened open(
            Driver driver, Blueprint blueprint, OutputMarks marks, boolean first, Function<Columns, Inbox> inboxes)
            throws InvalidSettingException, IOException {
        List<ChannelDefinition> definitions = blueprint.definitions(driver);
        Columns columns = new Columns(definitions);
        Outputs outputs = new Outputs(definitions, marks);
        Inbox inbox = inboxes.apply(columns);
        Connection connection = driver.open(blueprint
                .settings()
                .withChannels(
                        definitions.stream().map(ChannelDefinition::channel).toList()));
        try {
            boolean madeSafe = first && outputs.makeSafeAfterACrash(connection);
            List<Channel> reported =
                    columns.size() == 0 ? List.of() : List.copyOf(connection.subscribe(columns.channels(), inbox));
            return new Opened(connection, definitions, columns, reported, inbox, outputs, madeSafe);
        } catch (IOException | RuntimeException failure) {
            inbox.close();
            connection.close();
            throw failure;
        }
    }
}
