package org.headgate.driver.spi;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBase;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiProvider;
import com.pi4j.io.spi.SpiProviderBase;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.headgate.linux.KernelException;

/** A chip on an SPI bus in memory, as a provider of Pi4J shows it: registers with bit 7 for reads, a command 0x06 as of an MCP3208. */
final class FakeSpi {
    /** What goes wrong. */
    enum Trouble {
        NONE,
        NO_NODE,
        BROKEN,
        SHORT,
        DAMAGED
    }

    final byte[] registers = new byte[256];
    /** What was sent, in hex, a line a transfer. */
    final List<String> sent = new ArrayList<>();

    private final Random noise = new Random(1);
    SpiConfig config;
    int open;
    private Trouble trouble = Trouble.NONE;

    Context context() {
        return Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(new Provider(this))
                .build();
    }

    synchronized void trouble(Trouble now) {
        trouble = now;
    }

    synchronized List<String> take() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    private synchronized Spi create(Provider provider, SpiConfig wanted) {
        if (trouble == Trouble.NO_NODE) {
            throw refused(2, "no spidev0.0; there are spidev1.0");
        }
        config = wanted;
        open++;
        return new Chip(provider, wanted);
    }

    private synchronized int transfer(byte[] out, int from, byte[] in, int to, int count) {
        sent.add(HexFormat.of().formatHex(out, from, from + count));
        switch (trouble) {
            case BROKEN, NO_NODE -> throw refused(5, "spidev0.0: input/output error");
            case SHORT -> {
                return count - 1;
            }
            case DAMAGED -> {
                noise.nextBytes(in);
                return count;
            }
            case NONE -> answer(out, from, in, to, count);
        }
        return count;
    }

    private void answer(byte[] out, int from, byte[] in, int to, int count) {
        int first = out[from] & 0xFF;
        int register = first;
        for (int i = 0; i < count; i++) {
            byte answer = (byte) 0xEE;
            if (first == 0x06) {
                answer = i == 0 ? answer : (byte) (i == 1 ? 0xFA : 0xBC);
            } else if (first == 0x00) {
                answer = (byte) (0x10 + i);
            } else if (i > 0 && (first & 0x80) != 0) {
                answer = registers[register++ & 0xFF];
            } else if (i > 0) {
                registers[register++ | 0x80] = out[from + i];
            }
            in[to + i] = answer;
        }
    }

    private static com.pi4j.io.exception.IOException refused(int errno, String message) {
        return new com.pi4j.io.exception.IOException(message, new KernelException(errno, message));
    }

    private static final class Provider extends SpiProviderBase implements SpiProvider {
        private final FakeSpi fake;

        Provider(FakeSpi fake) {
            super("fake-spi", "Fake SPI");
            this.fake = fake;
        }

        @Override
        public Spi create(SpiConfig config) {
            return fake.create(this, config);
        }
    }

    private final class Chip extends SpiBase {
        private volatile boolean shut;

        Chip(SpiProvider provider, SpiConfig config) {
            super(provider, config);
        }

        @Override
        public int transfer(byte[] out, int from, byte[] in, int to, int count) {
            if (shut) {
                throw refused(108, "it was closed");
            }
            return FakeSpi.this.transfer(out, from, in, to, count);
        }

        @Override
        public Spi shutdown(Context context) {
            close();
            return this;
        }

        @Override
        public void close() {
            synchronized (FakeSpi.this) {
                open -= shut ? 0 : 1;
                shut = true;
            }
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(byte one) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(byte[] from, int offset, int count) {
            throw new UnsupportedOperationException();
        }
    }
}
