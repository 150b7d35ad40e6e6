package org.headgate.registers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;

/** The channels of one device, each with its register and its field, and how lists of them are read in few transactions. */
public final class RegisterMap {
    /** What a channel is. */
    record Entry(Channel channel, Register register, Field field) {}

    /** A list of channels that was asked for, and how it is read. */
    private record Plan(List<Channel> channels, List<Block> blocks) {}

    /** A device has a few rates; whoever asks for ever new lists gets them planned anew. */
    private static final int MOST_PLANS = 16;

    private final Map<Channel, Entry> entries = new HashMap<>();
    private final boolean neighbours;
    private final int most;
    private final List<Plan> plans = new ArrayList<>();

    /**
     * Understands all channels of a device.
     *
     * @param allowed the registers that the driver can reach
     * @param expected what a source looks like, for messages
     * @param neighbours whether a read that goes on beyond a register goes on with the next number: then neighbours are read together
     * @param most how many bytes may be read together; a single value may be longer
     * @throws InvalidSettingException when a channel's source or option is wrong
     */
    public RegisterMap(
            List<Channel> channels, Predicate<Register> allowed, String expected, boolean neighbours, int most)
            throws InvalidSettingException {
        this.neighbours = neighbours;
        this.most = most;
        for (Channel channel : channels) {
            Register register = Register.parse(channel.source())
                    .filter(allowed)
                    .orElseThrow(
                            () -> new InvalidSettingException("channel." + channel.name(), channel.source(), expected));
            Field field = FieldOptions.of(channel);
            if (channel.access().canWrite() && field.isPart() && register.kind() != Register.Kind.NUMBERED) {
                throw new InvalidSettingException(
                        "channel." + channel.name(),
                        channel.source(),
                        "a register with a number, since the bits beside have to be read and kept");
            }
            if (register.kind() == Register.Kind.EXCHANGE
                    && channel.access().canRead()
                    && field.size() > register.bytes()) {
                throw new InvalidSettingException(
                        "channel." + channel.name(),
                        channel.source(),
                        "an exchange of " + field.size() + " bytes at least, since the value comes with its last ones");
            }
            entries.put(channel, new Entry(channel, register, field));
        }
    }

    /** What a channel is. */
    Entry entry(Channel channel) {
        Entry entry = entries.get(channel);
        if (entry == null) {
            throw new IllegalArgumentException(channel.name() + " is no channel of this device");
        }
        return entry;
    }

    /** How a list of channels is read; planned once for each list. */
    List<Block> blocks(List<Channel> channels) {
        for (int i = 0; i < plans.size(); i++) {
            if (isSame(plans.get(i).channels, channels)) {
                return plans.get(i).blocks;
            }
        }
        Plan plan = new Plan(List.copyOf(channels), plan(channels));
        if (plans.size() == MOST_PLANS) {
            plans.remove(0);
        }
        plans.add(plan);
        return plan.blocks;
    }

    private List<Block> plan(List<Channel> channels) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            order.add(i);
        }
        if (neighbours) {
            order.sort(Comparator.<Integer>comparingLong(
                            i -> entry(channels.get(i)).register().number())
                    .thenComparing(i -> -entry(channels.get(i)).field().size()));
        }
        List<Block> blocks = new ArrayList<>();
        for (int index : order) {
            Entry entry = entry(channels.get(index));
            boolean taken = false;
            for (int i = 0; i < blocks.size() && !taken; i++) {
                taken = blocks.get(i).take(entry.register(), entry.field(), index, neighbours, most);
            }
            if (!taken) {
                Block block = new Block(entry.register(), entry.field().size());
                block.take(entry.register(), entry.field(), index, neighbours, most);
                blocks.add(block);
            }
        }
        return List.copyOf(blocks);
    }

    /** Compares the channels themselves, not what they say: the runtime asks for the same ones over and over. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(List<Channel> one, List<Channel> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return false;
            }
        }
        return true;
    }
}
