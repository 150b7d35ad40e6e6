package org.headgate.driver.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.host.Machine;
import org.headgate.messages.MessageDecoder;
import org.headgate.messages.MessageEncoder;
import org.headgate.messages.MessageException;
import org.headgate.system.api.Calls;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;

/** A device that is a program which is run for each poll, and says all that it has to say before it ends. */
final class PolledConnection implements Connection {
    private final Setup setup;
    private final Launches launches;
    private final Machine machine;
    private final Calls calls;
    private final Clock clock;
    private long rows;
    private long refused;
    private long errors;
    private long older;
    private Program running;
    private boolean closed;

    /** How it is started each time. */
    interface Launches {
        Launch next() throws IOException;
    }

    /** What it says, all of it one message. */
    private static final class Output implements Program.Listener {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final int longest;
        private boolean tooLong;

        Output(int longest) {
            this.longest = longest;
        }

        @Override
        public void line(byte[] bytes, int length) {
            tooLong |= text.size() + length + 1 > longest + 1;
            if (!tooLong) {
                text.write(bytes, 0, length);
                text.write('\n');
            }
        }

        @Override
        public void tooLong() {
            tooLong = true;
        }

        @Override
        public void ended(IOException why) {
            end.complete(why.getMessage());
        }
    }

    PolledConnection(Setup setup, Launches launches, Machine machine, Calls calls, Clock clock) {
        this.setup = setup;
        this.launches = launches;
        this.machine = machine;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        if (channels.stream().anyMatch(channel -> !Counts.isSource(channel.source()))) {
            take(run(new byte[0]), channels, into);
        }
        check();
        for (int i = 0; i < channels.size(); i++) {
            switch (channels.get(i).source()) {
                case Counts.ROWS -> into.set(i, rows);
                case Counts.REFUSED -> into.set(i, refused);
                case Counts.ERRORS -> into.set(i, errors);
                case Counts.OLDER -> into.set(i, older);
                default -> {
                    // A value of what it said.
                }
            }
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        MessageEncoder encoder = setup.writes().get(channel.name());
        if (encoder == null) {
            throw new IOException(channel.name() + " cannot be written");
        }
        run(Line.of(encoder.encode(value)));
    }

    @Override
    public void close() {
        Program last;
        synchronized (this) {
            closed = true;
            last = running;
        }
        if (last != null) {
            last.end("closed");
        }
    }

    private void take(Output output, List<Channel> channels, Readings into) throws IOException {
        try {
            if (output.tooLong) {
                throw new MessageException("more than " + setup.decoder().longest() + " bytes (message.max)");
            }
            byte[] text = output.text.toByteArray();
            int length = Math.min(text.length, setup.decoder().longest());
            MessageDecoder.Newest newest =
                    setup.decoder().numberedAs(channels).decodeNewest(text, 0, length, clock.epochNanos(), into);
            if (newest.found()) {
                rows++;
                older += newest.older();
            } else {
                throw new MessageException("the program said nothing of this");
            }
        } catch (MessageException wrong) {
            refused++;
            setup.decoder().numberedAs(channels).bad(wrong.getMessage() + " (" + refused + " refused)", into);
        }
    }

    /** Runs it to its end, which must be a good one. */
    private Output run(byte[] input) throws IOException {
        check();
        Output output = new Output(setup.decoder().longest());
        Program program = Program.start(setup, launches.next(), machine, calls, clock, output);
        runs(program);
        String how;
        try {
            check();
            if (input.length > 0) {
                program.write(input);
            }
            program.closeInput();
            how = output.end.get(Deadline.shareOf(setup.timeout()).toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException refused) {
            // It was closed meanwhile, or does not read: it would run on beside the next one.
            program.end();
            throw refused;
        } catch (TimeoutException | InterruptedException | ExecutionException late) {
            program.end();
            throw new IOException("the program did not end within "
                    + Deadline.shareOf(setup.timeout()).toMillis() + " ms");
        } finally {
            runs(null);
            errors += program.errors().lines();
        }
        check();
        if (!how.startsWith(Program.WELL)) {
            throw new IOException(how);
        }
        return output;
    }

    private synchronized void runs(Program program) {
        running = program;
    }

    private synchronized void check() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
    }
}
