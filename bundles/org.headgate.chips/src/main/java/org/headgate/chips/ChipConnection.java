package org.headgate.chips;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.Readings;

/** A chip as a device: what a driver makes of a chip and a wire to it. */
public final class ChipConnection implements Connection {
    private final Chip.Session session;
    private final Runnable end;
    private volatile boolean closed;

    private ChipConnection(Chip.Session session, Runnable end) {
        this.session = session;
        this.end = end;
    }

    /**
     * Makes a chip ready.
     *
     * @param settings the chip's own keys, see {@link ChipChoice#settings}
     * @param end closes the wire: when the connection is closed, and when this fails
     * @throws InvalidSettingException when one of the keys is wrong
     * @throws IOException when the chip does not answer
     */
    public static Connection open(Chip chip, Map<String, String> settings, Wire wire, Runnable end)
            throws InvalidSettingException, IOException {
        boolean open = false;
        try {
            Connection connection = new ChipConnection(chip.open(wire, settings), end);
            open = true;
            return connection;
        } finally {
            if (!open) {
                end.run();
            }
        }
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        checkOpen();
        session.read(channels, into);
    }

    @Override
    public void write(Channel channel, Object value) throws IOException {
        checkOpen();
        session.write(channel, value);
    }

    @Override
    public void close() {
        closed = true;
        end.run();
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
    }
}
