package org.headgate.driver.scpi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;
import org.headgate.system.api.Clock;
import org.headgate.system.api.Deadline;
import org.headgate.system.api.HostNames;

/** One line out, one line back. Whatever goes wrong on the way ends the connection: a late answer must never be taken for another's. */
final class ScpiConnection implements Connection {
    private static final int LONGEST = 4096;

    private final Socket socket = new Socket();
    private final byte[] line = new byte[LONGEST];
    private final long timeoutNanos;
    private final Clock clock;

    private ScpiConnection(Duration timeout, Clock clock) {
        this.timeoutNanos = timeout.toNanos();
        this.clock = clock;
    }

    static ScpiConnection to(InetSocketAddress place, HostNames names, Duration timeout, Clock clock)
            throws IOException {
        ScpiConnection connection = new ScpiConnection(timeout, clock);
        // A part of the time-out: so it is the driver who says what was not answered. The JDK's own look-up takes none.
        Deadline deadline = Deadline.within(timeout, clock);
        try {
            InetAddress host = names.find(place.getHostString(), deadline);
            connection.socket.setTcpNoDelay(true);
            connection.socket.connect(new InetSocketAddress(host, place.getPort()), deadline.millis());
            return connection;
        } catch (UnknownHostException unknown) {
            connection.close();
            throw new IOException("unknown host " + place.getHostString() + ": is the name right?", unknown);
        } catch (IOException refused) {
            connection.close();
            throw refused;
        }
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        long deadline = clock.monotonicNanos() + timeoutNanos;
        for (int i = 0; i < channels.size(); i++) {
            String answer = ask(channels.get(i).source(), deadline);
            switch (channels.get(i).type()) {
                case STRING -> into.set(i, answer);
                case BOOLEAN -> into.set(i, answer.equals("1") || answer.equalsIgnoreCase("ON"));
                default -> number(answer, i, into);
            }
        }
    }

    private static void number(String answer, int index, Readings into) {
        try {
            into.set(index, Double.parseDouble(answer));
        } catch (NumberFormatException other) {
            into.bad(index, "not a number: " + answer.replaceAll("[^ -~]", "?"));
        }
    }

    /** {@code VOLT?} is written as {@code VOLT 12.5}; the instrument's error queue says whether it was taken. */
    @Override
    public void write(Channel channel, Object value) throws IOException {
        String command = channel.source().substring(0, channel.source().indexOf('?'));
        String text = value instanceof Boolean on ? on ? "1" : "0" : value.toString();
        String answer = ask(
                command + " " + text.replaceAll("[^ -~]|;", "") + ";:SYST:ERR?", clock.monotonicNanos() + timeoutNanos);
        if (!answer.matches("[+]?0\\b.*")) {
            throw new IOException("the instrument refuses it: " + answer);
        }
    }

    private String ask(String question, long deadline) throws IOException {
        socket.getOutputStream().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
        for (int length = 0; length < LONGEST; ) {
            long left = (deadline - clock.monotonicNanos()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no answer to " + question + " in time");
            }
            socket.setSoTimeout((int) left);
            int more = socket.getInputStream().read(line, length, LONGEST - length);
            if (more < 0) {
                throw new IOException("the instrument has hung up");
            }
            length += more;
            if (line[length - 1] == '\n') {
                return new String(line, 0, length, StandardCharsets.US_ASCII).strip();
            }
        }
        throw new IOException("an answer to " + question + " is longer than " + LONGEST + " bytes");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Closed is what it should be.
        }
    }
}
