package org.headgate.driver.opcua;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device: one session with a server, and one subscription in it. */
final class OpcUaConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(OpcUaConnection.class);
    private static final Duration TABLE_EVERY = Duration.ofSeconds(10);

    private final Setup setup;
    private final Session session;
    private final Reader reader;
    private final Writer writer;
    private final Methods methods;
    private final NamespaceWatch namespaces;
    private final Answers answers = new Answers();
    private final Overflows overflows = new Overflows();
    /** Guards what a report meets: after {@code close} there is none. */
    private final Object reporting = new Object();

    private boolean closed;
    private long tableNanos;

    OpcUaConnection(Setup setup, Dial dial) throws IOException {
        this.setup = setup;
        this.session = Session.open(dial);
        DataTypes types = new DataTypes(session);
        this.reader = new Reader(session, session.facts().mostReads());
        this.writer = new Writer(session, types);
        this.methods = new Methods(session, types);
        this.namespaces = NamespaceWatch.of(session, setup);
        this.tableNanos = session.clock().monotonicNanos();
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        session.check();
        List<ReadValueId> asked = new ArrayList<>(channels.size() + 1);
        int[] places = new int[channels.size()];
        for (int i = 0; i < channels.size(); i++) {
            Plan plan = plan(channels.get(i));
            if (plan.source() instanceof Source.Variable variable) {
                Optional<NodeId> node = node(variable.node());
                if (node.isPresent()) {
                    places[asked.size()] = i;
                    asked.add(Reader.value(node.get(), plan.range()));
                } else {
                    into.bad(i, unknown(variable.node()));
                }
            } else if (plan.source() instanceof Source.Counter) {
                into.set(i, overflows.count());
            } else {
                time(answers.set(plan, i, into), i, into);
            }
        }
        int count = asked.size();
        if (isTableDue()) {
            asked.add(Reader.value(NodeIds.Server_NamespaceArray, ""));
        }
        DataValue[] values = reader.read(asked, session.deadline());
        if (values.length > count) {
            namespaces.judge(values[count]);
            session.check();
        }
        for (int i = 0; i < count; i++) {
            Values.set(plan(channels.get(places[i])), values[i], places[i], into);
            time(Times.ofSource(values[i]), places[i], into);
        }
        // By the server's clock, as the times of its sources are: by ours a value that stays as it is could seem older
        // than its last change.
        long answered = count == 0 ? Times.NONE : Times.cut(reader.answered(), align());
        if (answered != Times.NONE) {
            into.time(answered);
        }
    }

    private void time(long own, int place, Readings into) {
        if (own != Times.NONE) {
            into.time(place, Times.cut(own, align()));
        }
    }

    private long align() {
        return setup.align().toNanos();
    }

    private boolean isTableDue() {
        long now = session.clock().monotonicNanos();
        if (now - tableNanos < TABLE_EVERY.toNanos()) {
            return false;
        }
        tableNanos = now;
        return true;
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        session.check();
        Plan plan = plan(channel);
        if (plan.source() instanceof Source.Method method) {
            DataValue answer = methods.call(known(method.object()), known(method.method()), value, session.deadline());
            LOG.info("{}: {} was called and answers {}", setup.device(), channel.name(), Answers.words(answer));
            answers.take(plan, answer);
        } else if (plan.source() instanceof Source.Variable variable) {
            writer.write(plan, known(variable.node()), value, session.deadline());
        }
    }

    @Override
    public List<Channel> subscribe(List<Channel> channels, Reports into) throws IOException {
        session.check();
        List<Plan> all = new ArrayList<>(channels.size());
        for (Channel channel : channels) {
            all.add(plan(channel));
        }
        Reports guarded = new Guarded(into);
        // What a method answers is known here alone: nobody has to poll it, also where the server is polled.
        List<Integer> taken = new ArrayList<>(answers.reportTo(all, guarded));
        if (setup.subscribe()) {
            taken.addAll(variables(all, guarded));
        }
        watch(into);
        return taken.stream().sorted().map(channels::get).toList();
    }

    private List<Integer> variables(List<Plan> all, Reports into) throws IOException {
        Plan[] plans = new Plan[all.size()];
        NodeId[] nodes = new NodeId[plans.length];
        for (int i = 0; i < plans.length; i++) {
            Plan plan = all.get(i);
            if (plan.source() instanceof Source.Variable variable) {
                Optional<NodeId> node = node(variable.node());
                plans[i] = node.isPresent() ? plan : null;
                nodes[i] = node.orElse(NodeId.NULL_VALUE);
            }
        }
        return new Subscriber(session, setup, namespaces, overflows).subscribe(plans, nodes, into);
    }

    /** The runtime hears of the end even when it does not ask. */
    private void watch(Reports into) {
        session.end().thenAccept(why -> {
            synchronized (reporting) {
                if (!closed) {
                    into.failed(new IOException(why.getMessage()));
                }
            }
        });
    }

    @Override
    public void close() {
        synchronized (reporting) {
            if (closed) {
                return;
            }
            closed = true;
        }
        session.close();
    }

    private Plan plan(Channel channel) throws IOException {
        Plan plan = setup.plans().get(channel.name());
        if (plan == null) {
            throw new IOException("no channel " + channel.name());
        }
        return plan;
    }

    private Optional<NodeId> node(NodeAddress address) {
        return address.in(session.facts().namespaces());
    }

    private NodeId known(NodeAddress address) throws IOException {
        return node(address).orElseThrow(() -> new IOException(unknown(address)));
    }

    private static String unknown(NodeAddress address) {
        return "the server does not have the namespace " + Faults.line(address.uri());
    }

    /** Lets nothing pass once the connection is closed. */
    private final class Guarded implements Reports {
        private final Reports into;

        Guarded(Reports into) {
            this.into = into;
        }

        @Override
        public void report(Consumer<Readings> values) {
            synchronized (reporting) {
                if (!closed) {
                    into.report(values);
                }
            }
        }

        @Override
        public void failed(IOException why) {
            session.failed(why);
        }
    }
}
