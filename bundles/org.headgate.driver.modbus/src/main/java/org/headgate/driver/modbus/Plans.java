package org.headgate.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import org.headgate.device.api.Channel;

/** The plans of one connection: a device has a few rates, and each list of channels that is due together has its own. */
final class Plans {
    /** A block as it was planned, and the blocks by which it is read: itself, or its parts where the unit refuses it. */
    record Whole(Block block, List<Block> parts) {
        boolean isCut() {
            return parts.size() > 1;
        }

        /** It is read as a whole again. */
        void join() {
            parts.clear();
            parts.add(block);
        }
    }

    private record Plan(List<Channel> channels, List<Whole> wholes) {}

    /** Whoever asks for ever new lists gets them planned anew. */
    private static final int MOST = 16;

    private final Setup setup;
    private final Planner planner;
    private final Splits splits;
    private final List<Plan> plans = new ArrayList<>();

    Plans(Setup setup, Splits splits) {
        this.setup = setup;
        this.planner = setup.planner();
        this.splits = splits;
    }

    /** The requests for a list of channels. */
    List<Whole> wholes(List<Channel> channels) {
        for (int i = 0; i < plans.size(); i++) {
            if (isSame(plans.get(i).channels, channels)) {
                return plans.get(i).wholes;
            }
        }
        List<Point> points = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            Point point = setup.points().get(channels.get(i).name());
            if (point != null) {
                points.add(point);
                indexes.add(i);
            }
        }
        List<Whole> wholes = new ArrayList<>();
        for (Block block : planner.plan(
                points, indexes.stream().mapToInt(Integer::intValue).toArray(), new Splits())) {
            List<Block> parts = planner.plan(block.points(), block.indexes(), splits);
            wholes.add(new Whole(block, new ArrayList<>(parts.size() > 1 ? parts : List.of(block))));
        }
        if (plans.size() == MOST) {
            plans.remove(0);
        }
        plans.add(new Plan(List.copyOf(channels), wholes));
        return wholes;
    }

    /** The parts of a block that is refused; empty where there is nothing to split. */
    List<Block> split(Block block) {
        return planner.split(block, splits);
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
