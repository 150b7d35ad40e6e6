package org.headgate.diagnostics;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The machine at one moment, as it is kept: 64 bytes, big-endian, the last four of them the CRC32C of the others. Sizes are in bytes;
 * what cannot be known is NaN or -1.
 *
 * @param epochMillis the wall clock, which may be wrong or jump
 * @param boot which run of the machine it was
 * @param uptimeSeconds how long the machine ran
 * @param clockSet whether the wall clock could be trusted
 * @param cpu busy time of all cores since the sample before, in per cent
 * @param memoryAvailable what programs can still get
 * @param rss memory of this process, shared pages included
 * @param pss memory of this process, shared pages divided
 * @param heap what of the JVM's heap is in use, garbage included
 * @param diskFree what may still be written to the home's file system
 * @param written bytes written to all disks since the machine started
 * @param wear how much of the flash's life is used at most, in per cent
 * @param temperature in degrees Celsius
 */
record Sample(
        long epochMillis,
        long boot,
        long uptimeSeconds,
        boolean clockSet,
        double cpu,
        long memoryAvailable,
        long rss,
        long pss,
        long heap,
        long diskFree,
        long written,
        int wear,
        double temperature) {
    static final int BYTES = 64;

    private static final int VERSION = 1;
    private static final short UNKNOWN = Short.MIN_VALUE;
    private static final double HUNDREDTHS = 100;

    void encode(ByteBuffer into) {
        int from = into.position();
        into.put((byte) VERSION)
                .put((byte) (clockSet ? 1 : 0))
                .putShort(hundredths(cpu))
                .putShort(hundredths(temperature))
                .put((byte) wear)
                .put((byte) 0)
                .putInt((int) uptimeSeconds)
                .putLong(epochMillis)
                .putLong(boot)
                .putLong(diskFree)
                .putLong(written)
                .putInt(kibibytes(memoryAvailable))
                .putInt(kibibytes(rss))
                .putInt(kibibytes(pss))
                .putInt(kibibytes(heap));
        into.putInt(crc(into, from));
    }

    /** Empty when the bytes are damaged, or of a version that we do not know. */
    static Optional<Sample> decode(ByteBuffer bytes) {
        int from = bytes.position();
        if (bytes.getInt(from + BYTES - Integer.BYTES)
                        != crc(bytes.duplicate().position(from + BYTES - Integer.BYTES), from)
                || bytes.get() != VERSION) {
            bytes.position(from + BYTES);
            return Optional.empty();
        }
        boolean clockSet = bytes.get() != 0;
        double cpu = fromHundredths(bytes.getShort());
        double temperature = fromHundredths(bytes.getShort());
        int wear = bytes.get();
        bytes.get();
        int uptime = bytes.getInt();
        long epochMillis = bytes.getLong();
        long boot = bytes.getLong();
        long diskFree = bytes.getLong();
        long written = bytes.getLong();
        long memory = fromKibibytes(bytes.getInt());
        long rss = fromKibibytes(bytes.getInt());
        long pss = fromKibibytes(bytes.getInt());
        long heap = fromKibibytes(bytes.getInt());
        bytes.position(from + BYTES);
        return Optional.of(new Sample(
                epochMillis,
                boot,
                uptime,
                clockSet,
                cpu,
                memory,
                rss,
                pss,
                heap,
                diskFree,
                written,
                wear,
                temperature));
    }

    /** Of the bytes from a position to the buffer's own. */
    private static int crc(ByteBuffer bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(bytes.position()).position(from));
        return (int) crc.getValue();
    }

    private static short hundredths(double value) {
        double scaled = Math.rint(value * HUNDREDTHS);
        return Double.isNaN(value) || Math.abs(scaled) > Short.MAX_VALUE ? UNKNOWN : (short) scaled;
    }

    private static double fromHundredths(short value) {
        return value == UNKNOWN ? Double.NaN : value / HUNDREDTHS;
    }

    private static int kibibytes(long bytes) {
        return bytes < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, bytes >> 10);
    }

    private static long fromKibibytes(int value) {
        return value < 0 ? -1 : (long) value << 10;
    }
}
