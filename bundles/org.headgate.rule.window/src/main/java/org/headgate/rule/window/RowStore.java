package org.headgate.rule.window;

import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.codec.Sizes;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** How the rows of a rule are written into its state: their schemas are known, for another schema is another plan. */
public final class RowStore {
    /** Of a row that a window keeps, of what an analytic function gave for it: headers, references and the list's slots. */
    private static final int ENTRY = 64;

    private static final int VALUE = 32;

    private final List<List<Schema>> schemas;
    private final StateBudget budget;

    /** The rows of a rule with these inputs, without a limit. */
    public RowStore(List<Schema> inputs) {
        this(inputs, StateBudget.unlimited());
    }

    /** The rows of a rule with these inputs; what is kept of them is taken from a budget. */
    public RowStore(List<Schema> inputs, StateBudget budget) {
        schemas = inputs.stream().map(List::of).toList();
        this.budget = budget;
    }

    /** The same, for what is not kept. */
    public RowStore unlimited() {
        return new RowStore(schemas.stream().map(schema -> schema.get(0)).toList());
    }

    /** What the state of the rule takes. */
    public StateBudget budget() {
        return budget;
    }

    /** What a row takes that a window keeps, estimated; the same whenever it is asked. */
    static long bytes(Entry entry) {
        return ENTRY + Sizes.of(entry.row()) + (long) VALUE * entry.trackers().length;
    }

    /** How many inputs there are. */
    public int inputs() {
        return schemas.size();
    }

    /** Appends a row of an input. */
    public void put(ByteOutput out, Row row, int input) {
        out.putByte(input);
        RowCodec.putRow(out, row, 0, 0);
    }

    /** Reads which input the next row is of. */
    public int input(ByteInput in) {
        int input = in.getByte();
        if (input >= schemas.size()) {
            throw new IllegalArgumentException("a row of input " + input + " of " + schemas.size());
        }
        return input;
    }

    /** Reads the row behind {@link #input}. */
    public Row row(ByteInput in, int input) {
        return RowCodec.getRow(in, schemas.get(input), 0);
    }
}
