package org.headgate.registers;

import java.io.IOException;
import java.util.List;
import org.headgate.device.api.Channel;
import org.headgate.device.api.Connection;
import org.headgate.device.api.Readings;

/** A device of registers. A register that several channels have in common is read once. */
public final class RegisterConnection implements Connection {
    private final RegisterMap map;
    private final RegisterAccess access;
    private volatile boolean closed;

    /**
     * A connection that closes its way to the registers when it is closed.
     *
     * @param map the device's channels
     * @param access the way to them
     */
    public RegisterConnection(RegisterMap map, RegisterAccess access) {
        this.map = map;
        this.access = access;
    }

    /**
     * Finds out whether the device answers: reads the first of the channels that can be read, which will be read anyway.
     *
     * @throws IOException when it does not
     */
    public void probe(List<Channel> channels) throws IOException {
        for (Channel channel : channels) {
            if (channel.access().canRead()) {
                RegisterMap.Entry entry = map.entry(channel);
                access.read(
                        entry.register(),
                        new byte[entry.field().size()],
                        entry.field().size());
                return;
            }
        }
    }

    @Override
    public void read(List<Channel> channels, Readings into) throws IOException {
        checkOpen();
        List<Block> blocks = map.blocks(channels);
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).read(access, into);
        }
    }

    /** Bits that are a part of their register are changed in what was just read. */
    @Override
    public void write(Channel channel, Object value) throws IOException {
        checkOpen();
        RegisterMap.Entry entry = map.entry(channel);
        Field field = entry.field();
        byte[] bytes = new byte[field.size()];
        // Judged before anything is sent, so that a value that does not fit costs no transaction.
        field.put(value, bytes, 0);
        if (field.isPart()) {
            access.read(entry.register(), bytes, bytes.length);
            field.put(value, bytes, 0);
        }
        access.write(entry.register(), bytes, bytes.length);
    }

    @Override
    public void close() {
        closed = true;
        access.close();
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
    }
}
