package org.headgate.bench.outbox;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.headgate.data.api.ClockState;
import org.headgate.data.api.Column;
import org.headgate.data.api.Row;
import org.headgate.data.api.Schema;
import org.headgate.data.api.Type;
import org.headgate.outbox.api.DropPolicy;
import org.headgate.outbox.api.Durability;
import org.headgate.outbox.api.OutboxLog;
import org.headgate.outbox.api.OutboxName;
import org.headgate.outbox.api.OutboxSettings;
import org.headgate.outbox.api.OutboxStatus;
import org.headgate.outbox.log.SegmentOutbox;
import org.headgate.system.jvm.FolderDisks;
import org.headgate.system.jvm.SecureRandomness;
import org.headgate.system.jvm.SharedLoops;
import org.headgate.system.jvm.SystemClock;
import org.headgate.system.jvm.ThreadCalls;
import org.osgi.framework.BundleContext;

/** An outbox with one log, outside of a gateway: real threads, real files in a folder. */
final class OutboxUnderTest {
    /** The bytes of a row: eight each for its time and its number, the rest is text that nobody can guess. */
    static final int ROW_BYTES = 128;

    private static final Schema SCHEMA = Schema.of(new Column("n", Type.LONG, "1"), Column.of("text", Type.STRING));
    private static final int TEXTS = 512;

    final CountingDisks disk;
    private final SegmentOutbox outbox;
    private final Path folder;
    private final String[] texts = new String[TEXTS];

    OutboxUnderTest(Path folder) {
        this(folder, ROW_BYTES);
    }

    OutboxUnderTest(Path folder, int rowBytes) {
        this.folder = folder.toAbsolutePath();
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> this.folder.toString());
        disk = new CountingDisks(new FolderDisks(context));
        SharedLoops loops = new SharedLoops();
        ThreadCalls calls = new ThreadCalls(loops);
        outbox = new SegmentOutbox(
                null, calls, loops, new SystemClock(loops, calls), new SecureRandomness(), disk, event -> {});
        Random random = new Random(1);
        for (int i = 0; i < TEXTS; i++) {
            texts[i] = random.ints(rowBytes - 2 * Long.BYTES, '0', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }

    /** Group commits every 50 ms at the latest. */
    OutboxLog open(long segmentBytes) throws IOException {
        OutboxSettings settings = new OutboxSettings(
                1L << 50,
                segmentBytes,
                Duration.ofMillis(50),
                1_000_000,
                Duration.ZERO,
                0,
                DropPolicy.OLDEST,
                Durability.ALWAYS,
                folder.toString(),
                false);
        return outbox.open(OutboxName.of("bench"), settings, () -> {});
    }

    Row row(long number) {
        return Row.builder(SCHEMA)
                .set(0, number)
                .set(1, (Object) texts[(int) (number % TEXTS)])
                .build(1_732_172_400_000_000_000L + number * 1_000_000, ClockState.SYNCED);
    }

    OutboxStatus status() {
        return outbox.list().get(0);
    }
}
