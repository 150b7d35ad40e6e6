package org.headgate.bench.rules;

import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.event.Event;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;
import io.siddhi.query.api.SiddhiApp;
import io.siddhi.query.api.definition.Attribute;
import io.siddhi.query.api.definition.StreamDefinition;
import io.siddhi.query.api.execution.query.Query;
import io.siddhi.query.api.execution.query.input.stream.BasicSingleInputStream;
import io.siddhi.query.api.execution.query.input.stream.InputStream;
import io.siddhi.query.api.execution.query.selection.Selector;
import io.siddhi.query.api.expression.Expression;
import io.siddhi.query.api.expression.condition.Compare;
import org.headgate.data.api.Row;

/**
 * Siddhi, embedded, with the rows of a feed as arrays of events, its fastest input. Queries are made with its API: its parser wants another
 * version of ANTLR than ours. Its windows group instead of having partitions, which are half as fast.
 */
final class Peer implements AutoCloseable {
    private static final String IN = "in";
    private static final String OUT = "out";
    private final SiddhiManager manager = new SiddhiManager();
    private final SiddhiApp app = SiddhiApp.siddhiApp("peer");
    private final Event[] events = new Event[Feed.ROWS];
    private SiddhiAppRuntime runtime;
    private InputHandler input;
    private long millis = 1_800_000_000_000L;

    Peer(Feed feed) {
        app.defineStream(StreamDefinition.id(IN)
                .attribute("device", Attribute.Type.LONG)
                .attribute("value", Attribute.Type.DOUBLE)
                .attribute("time", Attribute.Type.LONG));
        for (int i = 0; i < events.length; i++) {
            Row row = feed.rows()[i];
            events[i] = new Event(millis, new Object[] {row.bits(0), row.asDouble(1), millis});
        }
    }

    /** Adds {@code value > limit}, or with a second limit {@code value > limit and value < below}. */
    Peer filter(double limit, double below) {
        Expression value = Expression.variable("value");
        Expression above = Expression.compare(value, Compare.Operator.GREATER_THAN, Expression.value(limit));
        Expression wanted = below == Double.POSITIVE_INFINITY
                ? above
                : Expression.and(above, Expression.compare(value, Compare.Operator.LESS_THAN, Expression.value(below)));
        return query(InputStream.stream(IN).filter(wanted), columns("value"));
    }

    /** Adds the three aggregates of each device over this many rows. */
    Peer countWindow(int rows) {
        return query(in().window("lengthBatch", Expression.value(rows)), aggregates());
    }

    /** Adds the three aggregates of each device over this many seconds of the rows' own time. */
    Peer timeWindow(int seconds) {
        return query(
                in().window("externalTimeBatch", Expression.variable("time"), Expression.Time.sec(seconds)),
                aggregates());
    }

    Peer start(Feed.Sink sink) {
        runtime = manager.createSiddhiAppRuntime(app);
        runtime.addCallback(OUT, new StreamCallback() {
            @Override
            public void receive(Event[] results) {
                for (Event result : results) {
                    sink.take((Double) result.getData(1));
                }
            }
        });
        input = runtime.getInputHandler(IN);
        runtime.start();
        return this;
    }

    void send() throws InterruptedException {
        input.send(events);
    }

    /** A second later. The time is boxed once for all rows, so that this costs the peer next to nothing. */
    void sendLater() throws InterruptedException {
        millis += 1_000;
        Long time = millis;
        for (Event event : events) {
            event.getData()[2] = time;
        }
        input.send(events);
    }

    @Override
    public void close() {
        runtime.shutdown();
        manager.shutdown();
    }

    private static BasicSingleInputStream in() {
        return InputStream.stream(IN);
    }

    private Peer query(InputStream from, Selector select) {
        app.addQuery(Query.query().from(from).select(select).insertInto(OUT));
        return this;
    }

    private static Selector aggregates() {
        return columns("device")
                .select("average", Expression.function("avg", Expression.variable("value")))
                .select("least", Expression.function("min", Expression.variable("value")))
                .select("greatest", Expression.function("max", Expression.variable("value")))
                .groupBy(Expression.variable("device"));
    }

    private static Selector columns(String name) {
        Selector selector = Selector.selector().select(Expression.variable("device"));
        return name.equals("device") ? selector : selector.select(Expression.variable(name));
    }
}
