package org.headgate.device.api.kit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.DeviceSettings;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/** A connection of the {@link LineDriver}; every branch on a defect is one that real drivers have been seen to take. */
final class LineConnection implements Connection {
    private static final int LONGEST_LINE = 200;
    private static final int OWN_TIMEOUT_MILLIS = 1500;

    private final LineDriver driver;
    private final Defect defect;
    private final DeviceSettings settings;
    private final Socket socket = new Socket();
    private final Object asking = new Object();
    private volatile boolean closed;

    LineConnection(LineDriver driver, Defect defect, DeviceSettings settings) {
        this.driver = driver;
        this.defect = defect;
        this.settings = settings;
        driver.keep(socket);
    }

    void connect() throws IOException {
        int timeout = (int) settings.timeout().toMillis();
        int port = Integer.parseInt(settings.address());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(
                switch (defect) {
                    case HAS_NO_TIMEOUT -> 0;
                    case HAS_A_TIMEOUT_OF_ITS_OWN -> OWN_TIMEOUT_MILLIS;
                    default -> timeout;
                });
        ask("hello");
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        if (closed && defect == Defect.READS_ON_WHEN_CLOSED) {
            return;
        }
        if (closed && defect == Defect.THROWS_A_RUNTIME_EXCEPTION_WHEN_CLOSED) {
            throw new IllegalStateException("closed");
        }
        for (int i = 0; i < channels.size(); i++) {
            Channel channel = channels.get(i);
            String answer = ask("r " + channel.source());
            int index = defect == Defect.NUMBERS_CHANNELS_ITS_OWN_WAY
                    ? settings.channels().indexOf(channel)
                    : i;
            if (answer.isEmpty()) {
                continue;
            }
            if (channel.type() == Type.STRING || defect == Defect.READS_TEXT_INTO_A_NUMBER) {
                into.set(index, (Object) answer);
            } else {
                into.set(index, number(answer));
            }
        }
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        LineConnection on = defect == Defect.WRITES_ON_A_BORROWED_CONNECTION ? driver.shared() : this;
        on.ask("w " + channel.source() + " " + (Boolean.TRUE.equals(value) ? 1 : 0));
        if (defect == Defect.WRITES_ON_A_BORROWED_CONNECTION) {
            on.close();
        }
    }

    @Override
    public List<Channel> subscribe(List<Channel> channels, Reports into) {
        if (defect == Defect.SUBSCRIBES_TO_NULL) {
            return null;
        }
        if (defect == Defect.TAKES_CHANNELS_THAT_NOBODY_ASKED_FOR) {
            return List.of(Channel.readable("other", "other", Type.DOUBLE, ""));
        }
        List<Channel> taken = channels.subList(0, 1);
        ProxiedConnection.daemon("reports", () -> report(into));
        return taken;
    }

    private synchronized void report(Reports into) {
        while (!closed || defect == Defect.REPORTS_AFTER_CLOSE && !driver.ended()) {
            into.report(values -> values.set(0, 21.5));
            try {
                wait(5);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    @Override
    public void close() {
        if (defect == Defect.HANGS_IN_CLOSE) {
            driver.awaitEnd();
        }
        if (closed && defect == Defect.FAILS_WHEN_CLOSED_AGAIN) {
            throw new IllegalStateException("closed already");
        }
        if (defect == Defect.WAITS_FOR_THE_READ_WHEN_CLOSED) {
            synchronized (asking) {
                closed = true;
            }
        }
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            if (defect != Defect.LEAKS_A_SOCKET) {
                socket.close();
            }
        } catch (IOException gone) {
            // It is closed all the same.
        }
    }

    private String ask(String request) throws IOException {
        synchronized (asking) {
            return answer(request);
        }
    }

    private String answer(String request) throws IOException {
        socket.getOutputStream().write(LineProtocol.frame(request).getBytes(StandardCharsets.US_ASCII));
        String line = line();
        if (line.isEmpty()) {
            return "";
        }
        try {
            return LineProtocol.text(line).substring(2);
        } catch (IOException garbage) {
            switch (defect) {
                case BELIEVES_GARBAGE -> {
                    return "0";
                }
                case ALLOCATES_WHAT_GARBAGE_SAYS -> throw new IOException("no " + new byte[128 << 20].length);
                case THROWS_A_RUNTIME_EXCEPTION_ON_GARBAGE -> throw new NumberFormatException(line);
                default -> throw garbage;
            }
        }
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0 || line.length() > LONGEST_LINE) {
                    throw new IOException(c < 0 ? "the device hung up" : "an answer without an end");
                }
                line.append((char) c);
            }
        } catch (IOException broken) {
            if (defect == Defect.TAKES_AN_END_FOR_AN_ANSWER) {
                return "";
            }
            throw defect == Defect.EXPLAINS_WITH_A_STACK_TRACE
                    ? new IOException("java.net.SocketException: reset\n\tat " + broken.getStackTrace()[0])
                    : broken;
        }
        return line.toString();
    }

    private static double number(String text) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notOne) {
            throw new IOException("not a number: " + text);
        }
    }
}
