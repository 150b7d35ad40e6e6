package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Driver;
import org.junit.jupiter.api.DynamicTest;

/** What a driver must stand of its peer: one disturbed peer, and one case after the other on it. */
final class PeerContract {
    static final String UNBINDING = "closing gets a hung call out";
    /** What the fastest of {@link #TRIES} calls may take longer than its time-out. */
    private static final Duration KEPT = Duration.ofSeconds(1);
    /** So long after its start a call is inside of the driver. */
    private static final Duration INSIDE = Duration.ofSeconds(1);

    private static final Duration PATIENT = Duration.ofSeconds(60);

    /** A machine may stand still for longer than a time-out; it does not do so each time. */
    private static final int TRIES = 3;

    private static final long MOST_BYTES = 64 << 20;
    private static final int ROUNDS = 4;
    private static final int OPENINGS = 5;

    private final DriverContract contract;
    private final Driver driver;
    private final FaultyPeer peer;
    private final DeviceSettings settings;
    private final DeviceSettings impatient;
    private final List<Channel> readable;
    private final Duration limit;

    private PeerContract(DriverContract contract, FaultyPeer peer) throws Exception {
        this.contract = contract;
        this.driver = contract.driver();
        this.peer = peer;
        this.settings = contract.complete(peer.settings());
        this.impatient = Altered.impatient(settings);
        this.readable = contract.readable(settings);
        this.limit = settings.timeout().plus(contract.margin());
    }

    static Stream<DynamicTest> cases(DriverContract contract) throws Exception {
        Optional<FaultyPeer> some = contract.peer();
        if (some.isEmpty()) {
            return Stream.empty();
        }
        try (FaultyPeer peer = some.get()) {
            Stream<DynamicTest> each = peer.faults().stream()
                    .sorted()
                    .map(fault -> DynamicTest.dynamicTest(name(fault), () -> run(contract, fault)));
            Stream<DynamicTest> more =
                    Stream.of(DynamicTest.dynamicTest(UNBINDING, () -> inside(contract, PeerContract::unbound)));
            return peer.faults().contains(Fault.HANG) ? Stream.concat(each, more) : each;
        }
    }

    /** What the case of a fault is called. */
    static String name(Fault fault) {
        return switch (fault) {
            case REFUSE -> "fails when it is refused";
            case HANG -> "gives up when nothing answers";
            case DISCONNECT -> "fails when the connection breaks in the middle of an answer";
            case GARBAGE -> "takes garbage for an error, in bounded memory";
            case SLOW -> "ends in time when the peer is slow";
        };
    }

    private static void run(DriverContract contract, Fault fault) throws Exception {
        inside(contract, cases -> {
            switch (fault) {
                case REFUSE -> cases.refused();
                case HANG -> cases.hung();
                case DISCONNECT -> cases.disconnected();
                case GARBAGE -> cases.garbled();
                case SLOW -> cases.slow();
            }
        });
    }

    /** Whatever happens inside, a fresh connection works afterwards and nothing is left over. */
    private static void inside(DriverContract contract, Case body) throws Exception {
        try (FaultyPeer peer = contract.peer().orElseThrow()) {
            PeerContract cases = new PeerContract(contract, peer);
            cases.works();
            Leftovers before = Leftovers.now();
            body.run(cases);
            peer.heal();
            cases.works();
            before.assertNoMore(contract.closedWithin());
        }
    }

    private void works() throws Exception {
        close(working());
    }

    /** A connection over which values have come. */
    private Connection working() throws Exception {
        for (int i = 1; ; i++) {
            Connection connection = opened();
            try {
                RecordedReadings readings = Answers.of(connection, readable);
                Answers.fit(readable, readings);
                if (!readings.values.isEmpty()) {
                    return connection;
                }
            } catch (IOException failed) {
                if (i == TRIES) {
                    throw failed;
                }
            }
            close(connection);
            assertThat(i).as("tries without a value over a good connection").isLessThan(TRIES);
        }
    }

    private void refused() throws Exception {
        Connection open = opened();
        peer.provoke(Fault.REFUSE);
        for (int i = 0; i < 3; i++) {
            Attempt.start("open", () -> driver.open(settings)).failsWithin(limit);
        }
        read(open).failsWithin(limit);
        close(open);
    }

    private void hung() throws Exception {
        Fastest fastest = new Fastest();
        hang(fastest);
        if (contract.honoursTimeout()) {
            Duration kept = settings.timeout().plus(KEPT);
            for (int i = 1; i < TRIES && !fastest.isWithin(kept); i++) {
                peer.heal();
                hang(fastest);
            }
            fastest.assertWithin(kept);
        }
    }

    private void hang(Fastest fastest) throws Exception {
        Connection reading = opened();
        Connection writing = opened();
        List<Channel> writable = contract.writable(settings);
        Object value = writable.isEmpty() ? "" : Answers.current(writing, writable.get(0));
        peer.provoke(Fault.HANG);
        Attempt<RecordedReadings> read = read(reading);
        endsOrHangs(read, reading);
        fastest.note(read);
        if (!writable.isEmpty() && contract.honoursTimeout()) {
            // A write that nobody confirms may count as done, but not as doing.
            Attempt<Object> write = Attempt.start("write", () -> {
                writing.write(writable.get(0), value);
                return value;
            });
            write.within(limit);
            fastest.note(write);
        }
        close(writing);
        Attempt<Connection> opening = Attempt.start("open", () -> driver.open(settings));
        if (contract.honoursTimeout() || opening.endsWithin(limit)) {
            Optional<Connection> late = opening.within(limit);
            fastest.note(opening);
            if (late.isPresent()) {
                endsOrHangs(read(late.get()), late.get());
            }
        } else {
            peer.heal();
            opening.within(limit).ifPresent(Connection::close);
        }
    }

    private void endsOrHangs(Attempt<RecordedReadings> read, Connection connection) throws InterruptedException {
        if (contract.honoursTimeout()) {
            read.failsWithin(limit);
            close(connection);
        } else {
            close(connection);
            read.failsWithin(limit);
        }
    }

    private void unbound() throws Exception {
        // So long a time-out that only closing can end the read: it may not wait for it.
        Connection connection = driver.open(Altered.timeout(settings, PATIENT));
        peer.provoke(Fault.HANG);
        Attempt<RecordedReadings> read = read(connection);
        read.endsWithin(INSIDE);
        close(connection);
        close(connection);
        read.within(contract.margin());
    }

    private void disconnected() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            peer.heal();
            Connection connection = working();
            peer.provoke(Fault.DISCONNECT);
            read(connection).failsWithin(limit);
            read(connection).failsWithin(limit);
            close(connection);
        }
    }

    private void garbled() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            peer.heal();
            Connection connection = impatient();
            peer.provoke(Fault.GARBAGE);
            for (int j = 0; j < 3; j++) {
                Optional<RecordedReadings> readings = read(connection).within(limit);
                readings.ifPresent(this::notBelieved);
            }
            close(connection);
            // Some garbage may look like an invitation; what counts is that opening ends, and well. So often that what
            // is left over each time stands out from what comes and goes by itself.
            for (int j = 0; j < OPENINGS; j++) {
                Attempt.start("open", () -> driver.open(impatient))
                        .within(limit)
                        .ifPresent(Connection::close);
            }
        }
    }

    private void notBelieved(RecordedReadings readings) {
        readings.bad.forEach((index, why) -> Answers.oneLine(readable.get(index).name(), why));
        if (contract.hasChecksum()) {
            assertThat(readings.values)
                    .as("values from garbage, although a checksum tells")
                    .isEmpty();
        }
    }

    private void slow() throws Exception {
        Connection connection = opened();
        peer.provoke(Fault.SLOW);
        Optional<RecordedReadings> readings = read(connection).within(limit);
        readings.ifPresent(some -> Answers.fit(readable, some));
        close(connection);
    }

    /** A connection to a good peer whose calls give up soon; a patient one where the machine is too slow for that. */
    private Connection impatient() throws InterruptedException {
        Optional<Connection> connection =
                Attempt.start("open", () -> driver.open(impatient)).within(limit);
        return connection.isPresent() ? connection.get() : opened();
    }

    private Connection opened() throws InterruptedException {
        Optional<Connection> connection = Optional.empty();
        for (int i = 0; i < TRIES && connection.isEmpty(); i++) {
            connection = Attempt.start("open", () -> driver.open(settings)).within(limit);
        }
        assertThat(connection).as("a connection to a good peer").isPresent();
        return connection.get();
    }

    private Attempt<RecordedReadings> read(Connection connection) {
        return Attempt.start("read", () -> {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            RecordedReadings readings = new RecordedReadings();
            try {
                connection.read(readable, readings);
            } finally {
                long bytes =
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
                assertThat(bytes).as("bytes allocated by one read").isLessThan(MOST_BYTES);
            }
            return readings;
        });
    }

    private void close(Connection connection) throws InterruptedException {
        close(connection, contract.closedWithin());
    }

    static void close(Connection connection, Duration limit) throws InterruptedException {
        Attempt.start("close", () -> {
                    connection.close();
                    return "closed";
                })
                .within(limit);
    }

    private interface Case {
        void run(PeerContract cases) throws Exception;
    }
}
