package org.headgate.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBase;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProvider;
import org.headgate.linux.SpiDevice;

/** A chip on an SPI bus; open from the beginning. What is read alone is clocked out of the chip with zeros. */
final class LinuxSpi extends SpiBase {
    private static final int BYTE = 0xFF;

    private final SpiDevice device;

    LinuxSpi(SpiProvider provider, SpiConfig config, SpiDevice device) {
        super(provider, config);
        this.device = device;
        this.isOpen = true;
    }

    @Override
    public int transfer(byte[] out, int outOffset, byte[] in, int inOffset, int count) {
        Refused.tell(() -> device.transfer(out, outOffset, in, inOffset, count));
        return count;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        transfer(one, 0, one, 0, 1);
        return one[0] & BYTE;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        return transfer(new byte[length], 0, into, offset, length);
    }

    @Override
    public int write(byte value) {
        return write(new byte[] {value}, 0, 1);
    }

    @Override
    public int write(byte[] data, int offset, int length) {
        return transfer(data, offset, new byte[length], 0, length);
    }

    @Override
    public void close() {
        super.close();
        device.close();
    }

    @Override
    public Spi shutdown(Context context) {
        device.close();
        return super.shutdown(context);
    }
}
