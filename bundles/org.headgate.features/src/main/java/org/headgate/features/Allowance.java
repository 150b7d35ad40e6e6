package org.headgate.features;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** How many bytes may still be unpacked from a file, whatever it says of itself. One thread's. */
final class Allowance {
    private static final long MIB = 1 << 20;

    private final String what;
    private final long most;
    private long used;

    /**
     * An allowance.
     *
     * @param what what must not be larger, for the user: {@code x.xml is}
     * @param most how many bytes there may be
     */
    Allowance(String what, long most) {
        this.what = what;
        this.most = most;
    }

    /** More than that is there. */
    static final class ExceededException extends IOException {
        private static final long serialVersionUID = 1;

        ExceededException(String message) {
            super(message);
        }
    }

    /** The same bytes as long as there is something left, which all streams of this allowance share. */
    InputStream limit(InputStream in) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int value = in.read();
                if (value >= 0) {
                    use(1);
                }
                return value;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                Objects.checkFromIndexSize(from, length, into.length);
                int count = in.read(into, from, length);
                use(Math.max(0, count));
                return count;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    private void use(int count) throws ExceededException {
        used += count;
        if (used > most) {
            throw new ExceededException(what + " larger than " + most / MIB + " MiB (expected: a driver)");
        }
    }
}
