package org.headgate.driver.modbus;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.headgate.device.api.Readings;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** Reads blocks, and replaces those by their parts that the unit refuses as a whole. Used by one thread at a time. */
final class BlockReader {
    /** What a unit has refused may be there after its configuration was changed. */
    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Plans plans;
    private final Splits splits;
    private final Clock clock;
    private final Asking asking;

    /** Asks the unit. */
    interface Asking {
        byte[] ask(byte[] request, Deadline deadline) throws IOException;
    }

    BlockReader(Plans plans, Splits splits, Clock clock, Asking asking) {
        this.plans = plans;
        this.splits = splits;
        this.clock = clock;
        this.asking = asking;
    }

    /**
     * Reads.
     *
     * @throws IOException when the unit does not answer, or not all in time
     */
    void read(List<Plans.Whole> wholes, Deadline deadline, Readings into) throws IOException {
        for (int i = 0; i < wholes.size(); i++) {
            try {
                read(wholes.get(i), deadline, into);
            } catch (LateException late) {
                throw new AnswerException(i + " of " + wholes.size() + " blocks were answered within " + deadline
                        + ": a longer timeout, a larger gap.max, or fewer channels are needed");
            }
        }
    }

    private void read(Plans.Whole whole, Deadline deadline, Readings into) throws IOException {
        Block block = whole.block();
        if (whole.isCut() && splits.isWorthWhole(block, clock.monotonicNanos())) {
            if (refusal(block, deadline, into).isEmpty()) {
                splits.wholeAnswered(block);
                whole.join();
                return;
            }
            splits.wholeRefused(block, clock.monotonicNanos());
        }
        boolean someAnswered = false;
        Optional<ModbusException> last = Optional.empty();
        int at = 0;
        while (at < whole.parts().size()) {
            Block part = whole.parts().get(at);
            Optional<ModbusException> known = part.refusal(clock.monotonicNanos());
            last = known.isPresent() ? known : refusal(part, deadline, into);
            if (last.isEmpty()) {
                someAnswered = true;
                at++;
            } else if (known.isPresent() || !split(whole, at, last.get())) {
                part.bad(last.get().getMessage(), into);
                at++;
            }
        }
        long now = clock.monotonicNanos();
        if (whole.isCut()
                && !someAnswered
                && whole.parts().stream().allMatch(part -> part.refusal(now).isPresent())) {
            splits.partsRefused(block, now);
            whole.join();
            block.refused(last.orElseThrow(), now + ASK_AGAIN_NANOS);
        }
    }

    /** Reads one block; says with what the unit has refused it. */
    private Optional<ModbusException> refusal(Block block, Deadline deadline, Readings into) throws IOException {
        if (deadline.leftNanos() == 0) {
            throw new LateException();
        }
        try {
            block.take(asking.ask(block.request(), deadline), into);
            return Optional.empty();
        } catch (ModbusException refused) {
            refused.passIfAbsent();
            return Optional.of(refused);
        }
    }

    /** Replaces a block by its parts; where that is of no use, it is not asked for again for a while. */
    private boolean split(Plans.Whole whole, int at, ModbusException refusal) {
        long now = clock.monotonicNanos();
        Block part = whole.parts().get(at);
        boolean mayBeSplit = refusal.isOfSomeRegisters() && (whole.isCut() || splits.isWorthParts(whole.block(), now));
        List<Block> parts = mayBeSplit ? plans.split(part) : List.of();
        if (parts.isEmpty()) {
            if (refusal.isLasting()) {
                part.refused(refusal, now + ASK_AGAIN_NANOS);
            }
            return false;
        }
        splits.partsBegin(whole.block(), now);
        whole.parts().remove(at);
        whole.parts().addAll(at, parts);
        return true;
    }

    /** The time was over before all was asked. */
    private static final class LateException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
