package org.headgate.rule.language;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.headgate.codec.ByteInput;
import org.headgate.codec.ByteOutput;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.RowBuilder;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.rule.aggregates.Aggregates;
import org.headgate.rule.functions.Expression;
import org.headgate.rule.functions.Frame;
import org.headgate.rule.functions.FunctionCatalog;
import org.headgate.rule.functions.FunctionDefinition;
import org.headgate.rule.functions.Holding;
import org.headgate.rule.functions.Result;
import org.headgate.rule.functions.Scalars;
import org.headgate.rule.functions.Signature;
import org.headgate.rule.functions.Tracker;
import org.headgate.rule.functions.Tracking;
import org.headgate.rule.reduce.Reductions;

/** Streams and tables to link against, and functions of each kind that do just enough. */
final class Streams implements Inputs {
    static final Schema BOILER = Schema.of(
            new Column("temperature", Type.DOUBLE, "Cel"),
            Column.of("count", Type.LONG),
            Column.of("name", Type.STRING),
            Column.of("pump", Type.BOOLEAN),
            Column.of("tags", Type.ARRAY),
            Column.of("place", Type.STRUCT),
            Column.of("any", Type.ANY));
    static final Schema PUMPS =
            Schema.of(Column.of("id", Type.LONG), Column.of("name", Type.STRING), Column.of("power", Type.DOUBLE));
    static final FunctionCatalog FUNCTIONS = new FunctionCatalog(
            Scalars.all(),
            Aggregates.all(),
            Reductions.all(),
            List.of(analytic("lag(x)", 1, 1), analytic("had_changed(ignoreNull, x, ...)", 2, 99)),
            List.of(analytic("changed_col(ignoreNull, x)", 2, 2), holding()));

    private final Map<String, Schema> streams = new HashMap<>();
    private final Map<String, Table> tables = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /** boiler and pumps are streams, sites is a table. */
    Streams() {
        streams.put("boiler", BOILER);
        streams.put("pumps", PUMPS);
        tables.put("sites", new Table(PUMPS, List.of()));
    }

    Streams with(String name, Schema schema) {
        streams.put(name, schema);
        return this;
    }

    Streams open(String name, Schema schema) {
        open.add(name);
        return with(name, schema);
    }

    @Override
    public Optional<Schema> stream(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    @Override
    public Optional<Table> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    @Override
    public boolean open(String stream) {
        return open.contains(stream);
    }

    static Plan link(String sql) throws RuleException {
        return new Streams().plan(sql);
    }

    Plan plan(String sql) throws RuleException {
        return Linker.link(RuleParser.parse(sql), this, FUNCTIONS);
    }

    /** A row with these values, {@code null} for ABSENT. */
    static Row row(Schema schema, Object... values) {
        RowBuilder builder = Row.builder(schema);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                builder.set(i, values[i]);
            }
        }
        return builder.build(1_500_000_000L, ClockState.SYNCED);
    }

    /** The value of an expression for a row. */
    static Object value(Expression expression, Frame frame) {
        Object value = expression.evalObject(frame);
        return frame.isNull() ? null : value;
    }

    private static FunctionDefinition analytic(String usage, int least, int most) {
        return new FunctionDefinition.Analytic(Signature.of(usage, "the value before", usage, ""), arguments -> {
            FunctionDefinition.count(arguments, least, most, usage);
            return new Tracking(arguments.get(0).type(), true, () -> new Last(arguments.get(0)));
        });
    }

    /** Knows the value of the row before. */
    static final class Last implements Tracker, Result.OfObject {
        private final Expression argument;
        private Object last;
        private Object value;

        Last(Expression argument) {
            this.argument = argument;
        }

        @Override
        public void step(Frame frame) {
            value = last;
            last = argument.evalObject(frame);
        }

        @Override
        public void skip(Frame frame) {
            value = last;
        }

        @Override
        public Object asObject(Frame frame) {
            frame.setNull(value == null);
            return value;
        }

        @Override
        public void save(ByteOutput out) {}

        @Override
        public void load(ByteInput in) {}
    }

    private static FunctionDefinition holding() {
        String usage = "swinging_door(x, d)";
        Function<List<Expression>, Holding> compiler = arguments -> {
            FunctionDefinition.count(arguments, 2, usage);
            FunctionDefinition.number(arguments, 0);
            return new Never();
        };
        return new FunctionDefinition.Delaying(Signature.of(usage, "holds", usage, ""), compiler::apply);
    }

    /** Holds nothing. */
    static final class Never implements Holding {
        @Override
        public Decision offer(Frame frame) {
            return Decision.PASS;
        }

        @Override
        public void released() {}

        @Override
        public long dueNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void save(ByteOutput out) {}

        @Override
        public void load(ByteInput in) {}
    }
}
