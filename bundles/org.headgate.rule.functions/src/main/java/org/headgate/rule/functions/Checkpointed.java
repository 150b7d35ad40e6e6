package org.headgate.rule.functions;

import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;

/**
 * State of a rule that outlives the process. What {@link #save} writes, {@link #load} of an object that was compiled from the same
 * text reads; an object that never was loaded begins empty. Settings (an argument, a window's size) are not state.
 */
public interface Checkpointed {
    /** Writes the state; the object goes on being used. */
    void save(ByteOutput out);

    /** Takes over a state that was saved; any exception means that it is damaged or of another shape, and is given up. */
    void load(ByteInput in);
}
