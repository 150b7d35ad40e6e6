package org.headgate.rule.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.codec.RowCodec;
import org.headgate.data.api.Schema;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.language.Inputs;
import org.headgate.rule.language.Linker;
import org.headgate.rule.language.Plan;
import org.headgate.rule.language.Query;
import org.headgate.rule.language.RuleException;
import org.headgate.rule.language.Table;

/** The text of a rule and the columns of what it reads, as far as they are known: what it is compiled from, and what its state belongs to. */
final class RuleInputs implements Inputs {
    private static final int VERSION = 2;
    private final Query query;
    private final RuleOptions options;
    private final FunctionCatalog functions;
    private final Inputs known;
    private final List<String> sources;
    private final Schema[] schemas;

    RuleInputs(Query query, FunctionCatalog functions, Inputs known, RuleOptions options) {
        this.query = query;
        this.options = options;
        this.functions = functions;
        this.known = known;
        this.sources = query.sources();
        this.schemas = new Schema[sources.size()];
    }

    List<String> sources() {
        return sources;
    }

    /** Whether the rows of an input have had this schema last. */
    boolean has(int input, Schema schema) {
        return schemas[input] == schema;
    }

    /** The rows of an input have this schema from now on. */
    void set(int input, Schema schema) {
        schemas[input] = schema;
    }

    /** Whether the columns of all inputs are known. */
    boolean areComplete() {
        for (int i = 0; i < schemas.length; i++) {
            if (schemas[i] == null && known.table(sources.get(i)).isEmpty()) {
                schemas[i] = known.stream(sources.get(i)).orElse(null);
                if (schemas[i] == null) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Compiles the rule anew: nothing is remembered. */
    Plan plan() throws RuleException {
        return Linker.link(query, this, functions);
    }

    @Override
    public Optional<Schema> stream(String stream) {
        return Optional.ofNullable(schemas[sources.indexOf(stream)]);
    }

    @Override
    public Optional<Table> table(String table) {
        return known.table(table);
    }

    @Override
    public boolean open(String stream) {
        return known.open(stream);
    }

    /** Begins a state with what it belongs to. */
    void beginState(ByteOutput out) {
        out.putByte(VERSION);
        out.putVarint(identity());
        for (Schema schema : schemas) {
            out.putByte(schema == null ? 0 : 1);
            if (schema != null) {
                RowCodec.putSchema(out, schema);
            }
        }
    }

    /** The state behind its beginning; empty when it belongs to another text or to other columns. */
    Optional<ByteInput> openState(byte[] state) {
        ByteInput in = new ByteInput(ByteBuffer.wrap(state));
        if (in.getByte() != VERSION || in.getVarint() != identity()) {
            return Optional.empty();
        }
        for (Schema schema : schemas) {
            Schema saved = in.getByte() == 0 ? null : RowCodec.getSchema(in);
            if (saved != schema) {
                return Optional.empty();
            }
        }
        return Optional.of(in);
    }

    private long identity() {
        CRC32C crc = new CRC32C();
        // What a rule keeps depends on how it treats time, too.
        crc.update((options.eventTime() + query.toString()).getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
