package org.headgate.driver.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.messages.MessageEncoder;
import org.headgate.messages.MessageIntake;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device that is a running program: each line is a message. */
final class ProcessConnection implements Connection, Program.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessDriver.class);
    private static final long SECOND = 1_000_000_000L;

    private final Setup setup;
    private final Clock clock;
    private final MessageIntake intake;
    private final Watch watch;
    private Program program;
    private volatile IOException failure;
    private volatile boolean closed;
    private volatile long heard;
    /** Whether it is us who do not read on. */
    private volatile boolean holding;

    private long second;
    private long lines;

    ProcessConnection(Setup setup, Clock clock, Watch watch) {
        this.setup = setup;
        this.clock = clock;
        this.watch = watch;
        this.intake = new MessageIntake(setup.decoder(), setup.messages(), clock::monotonicNanos);
        this.heard = clock.monotonicNanos();
        this.second = heard;
    }

    /** The program whose lines these are. */
    void runs(Program started) {
        program = started;
        if (!setup.silence().isZero()) {
            watch.begin(this);
        }
    }

    @Override
    public void line(byte[] bytes, int length) throws IOException {
        pace();
        hold();
        intake.message(bytes, 0, length, clock.epochNanos());
    }

    @Override
    public void tooLong() throws IOException {
        pace();
        heard = clock.monotonicNanos();
        intake.refuse("a line of more than " + setup.decoder().longest() + " bytes (message.max)");
    }

    @Override
    public void ended(IOException why) {
        failure = why;
        watch.end();
        intake.failed(why);
        intake.end();
    }

    /** How long nothing came; nothing can while what came before is not taken. */
    Duration silent() {
        return holding ? Duration.ZERO : Duration.ofNanos(clock.monotonicNanos() - heard);
    }

    Setup setup() {
        return setup;
    }

    boolean isOver() {
        return closed || failure != null;
    }

    /** Ends a program that says nothing. */
    void hung() {
        program.end("nothing came for " + setup.silence().toMillis() / 1000.0 + " s");
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        check();
        boolean counted = channels.stream().allMatch(channel -> Counts.isSource(channel.source()));
        if (!counted) {
            await();
        }
        intake.read(channels, into);
        for (int i = 0; i < channels.size(); i++) {
            switch (channels.get(i).source()) {
                case Counts.ROWS -> into.set(i, intake.rows());
                case Counts.REFUSED -> into.set(i, intake.refused());
                case Counts.ERRORS -> into.set(i, program.errors().lines());
                case Counts.OLDER -> into.set(i, 0);
                default -> {
                    // A value of the last lines.
                }
            }
        }
    }

    @Override
    public List<Channel> subscribe(List<Channel> channels, Reports into) throws IOException {
        intake.report(channels, into);
        if (intake.dropped() > 0) {
            LOG.warn(
                    "{}: its first {} lines were dropped: it says too many before it is listened to",
                    setup.device(),
                    intake.dropped());
        }
        check();
        return channels.stream()
                .filter(channel -> !Counts.isSource(channel.source()))
                .toList();
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        check();
        MessageEncoder encoder = setup.writes().get(channel.name());
        if (encoder == null) {
            throw new IOException(channel.name() + " cannot be written");
        }
        program.write(Line.of(encoder.encode(value)));
    }

    @Override
    public void close() {
        closed = true;
        watch.end();
        intake.end();
        synchronized (this) {
            notifyAll();
        }
        program.end();
    }

    /** What is beyond the rate waits in the pipe, and then the program does. */
    private void pace() throws IOException {
        lines++;
        if (lines <= setup.rate()) {
            return;
        }
        holding = true;
        try {
            synchronized (this) {
                for (long left = left(); left > 0 && !closed; left = left()) {
                    wait(left / 1_000_000 + 1);
                }
            }
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("interrupted");
        } finally {
            goOn();
        }
        second = clock.monotonicNanos();
        lines = 1;
    }

    /** Until somebody listens the program waits, else its first lines would be lost: often the only ones that say what it is about. */
    private void hold() throws IOException {
        holding = true;
        try {
            intake.awaitRoom();
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("interrupted");
        } finally {
            goOn();
        }
    }

    private void goOn() {
        heard = clock.monotonicNanos();
        holding = false;
    }

    private long left() {
        return second + SECOND - clock.monotonicNanos();
    }

    /** A first value is waited for, but not for all of the time. */
    private void await() throws IOException {
        try {
            intake.awaitFirst(Deadline.shareOf(setup.timeout()).toNanos());
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("interrupted");
        }
        check();
    }

    private void check() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        IOException why = failure;
        if (why != null) {
            throw new IOException(why.getMessage());
        }
        if (!program.isAlive()) {
            throw new IOException(program.why());
        }
    }
}
