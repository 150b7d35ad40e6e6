package org.headgate.payload.sparkplug;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.headgate.command.api.Command;
import org.headgate.command.api.CommandResult;
import org.headgate.command.api.Origin;
import org.headgate.payload.sparkplug.StreamDevice.Declared;
import org.headgate.sparkplug.Metric;
import org.headgate.sparkplug.Payload;
import org.headgate.uplink.api.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what hosts write to devices (DCMD, Sparkplug 3.0, 5.17 and 6.4.24), where {@code sparkplug.commands = true} allows it: each
 * metric is a {@code device.write}, which the router limits, audits and drops as late 30 s after the message was made. What is refused is counted in the node's
 * metrics, and logged once in a session.
 */
final class DeviceCommands {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceCommands.class);
    private static final long GOOD_FOR_MILLIS = 30_000;
    private static final long LATEST_MILLIS = Long.MAX_VALUE / 1_000_000 - GOOD_FOR_MILLIS;
    private static final int MOST = 100;

    private final EdgeOptions options;
    private final World world;
    private final NodeMetrics node;
    private final Consumer<Consumer<List<Message>>> inbox;

    /**
     * The commands of one session.
     *
     * @param node counts; used by the session's calls only
     * @param inbox runs something among the session's calls
     */
    DeviceCommands(EdgeOptions options, World world, NodeMetrics node, Consumer<Consumer<List<Message>>> inbox) {
        this.options = options;
        this.world = world;
        this.node = node;
        this.inbox = inbox;
    }

    /** A host writes to a device. */
    void write(String name, Optional<StreamDevice> device, Payload payload) {
        if (!options.commands()) {
            refuse("sparkplug.commands is not true in the uplink's file, so hosts cannot write to " + name);
        } else if (device.isEmpty()) {
            refuse("no device " + name + " is born");
        } else if (payload.millis().isEmpty()
                || payload.millis().getAsLong() < 0
                || payload.millis().getAsLong() > LATEST_MILLIS) {
            refuse("a command for " + name + " does not say when it was made, so nobody knows whether it is late");
        } else if (payload.metrics().size() > MOST) {
            refuse("a command for " + name + " writes " + payload.metrics().size() + " metrics, more than " + MOST);
        } else {
            for (Metric metric : payload.metrics()) {
                write(device.get(), metric, payload.millis().getAsLong());
            }
        }
    }

    private void write(StreamDevice device, Metric metric, long millis) {
        Optional<Declared> meant = device.meant(metric);
        if (meant.isEmpty()) {
            String named = metric.name().isEmpty() ? "with the alias " + text(metric.alias()) : metric.name();
            refuse(device.name() + " has no metric " + named);
            return;
        }
        String channel = meant.get().column().name();
        Optional<String> value = WrittenValue.text(meant.get().column().type(), metric);
        if (value.isEmpty()) {
            refuse(device.name() + "/" + channel + " is " + meant.get().type() + ": the value that came is not");
            return;
        }
        Map<String, String> arguments = new HashMap<>();
        arguments.put("device", device.name());
        arguments.put("channel", channel);
        arguments.put("value", value.get());
        // One that the broker delivers twice is the same one.
        String id = "dcmd-" + millis + "-" + device.name() + "-" + channel + "-"
                + Integer.toHexString(value.get().hashCode());
        world.commands()
                .submit(new Command(
                        id,
                        "device.write",
                        arguments,
                        Origin.cloud(options.uplink()),
                        OptionalLong.of((millis + GOOD_FOR_MILLIS) * 1_000_000)))
                .thenAccept(result -> inbox.accept(out -> answered(result)));
    }

    private static String text(OptionalLong alias) {
        return alias.isPresent() ? Long.toUnsignedString(alias.getAsLong()) : "none";
    }

    private void answered(CommandResult result) {
        if (result.isDone()) {
            node.done();
        } else {
            refuse(result.message());
        }
    }

    /** Something that a host wants is not done. */
    void refuse(String why) {
        if (node.refused()) {
            LOG.warn(
                    "uplink {}: a command of a host was refused, {}; further ones only count in Commands/Refused",
                    options.uplink(),
                    Line.of(why));
        }
    }
}
