package org.headgate.rule.window;

import java.util.List;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;

/** How the rows of a rule are written into its state: their schemas are known, for another schema is another plan. */
public final class RowStore {
    private final List<List<Schema>> schemas;

    /** The rows of a rule with these inputs. */
    public RowStore(List<Schema> inputs) {
        schemas = inputs.stream().map(List::of).toList();
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
