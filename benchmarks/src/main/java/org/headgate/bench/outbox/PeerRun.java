package org.headgate.bench.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.MqttPersistentData;
import org.eclipse.paho.client.mqttv3.persist.MqttDefaultFilePersistence;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** What keeps messages elsewhere, with rows of the same size: one file a message, and a store of pages that is committed every 50 ms. */
public final class PeerRun {
    private static final long COMMIT_NANOS = 50_000_000;

    private PeerRun() {}

    /** Eclipse Paho's persistence: a file and a sync for each message. */
    public static Measured files(Path folder, Duration time) throws IOException, MqttException {
        byte[] row = row(0);
        Files.createDirectories(folder);
        MqttDefaultFilePersistence persistence = new MqttDefaultFilePersistence(folder.toString());
        persistence.open("bench", "tcp://127.0.0.1:1883");
        long cpu = LogRun.cpuNanos();
        long began = System.nanoTime();
        long rows = 0;
        while (System.nanoTime() - began < time.toNanos()) {
            String key = "s-" + rows++;
            persistence.put(key, new MqttPersistentData(key, row, 0, row.length, null, 0, 0));
        }
        final long nanos = System.nanoTime() - began;
        final long spent = LogRun.cpuNanos() - cpu;
        persistence.clear();
        persistence.close();
        return new Measured(rows, 0, nanos, spent, 0, rows);
    }

    /** H2's MVStore: one map, one commit and one sync every 50 ms. */
    public static Measured store(Path folder, Duration time) throws IOException {
        Files.createDirectories(folder);
        try (MVStore store = new MVStore.Builder()
                .fileName(folder.resolve("rows.mv").toString())
                .autoCommitDisabled()
                .open()) {
            MVMap<Long, byte[]> map = store.openMap("rows");
            long cpu = LogRun.cpuNanos();
            long began = System.nanoTime();
            long committed = began;
            long rows = 0;
            long syncs = 0;
            while (System.nanoTime() - began < time.toNanos()) {
                map.append(rows, row(rows));
                rows++;
                if (System.nanoTime() - committed > COMMIT_NANOS) {
                    committed = System.nanoTime();
                    store.commit();
                    store.sync();
                    syncs++;
                }
            }
            store.commit();
            store.sync();
            long nanos = System.nanoTime() - began;
            return new Measured(
                    rows,
                    0,
                    nanos,
                    LogRun.cpuNanos() - cpu,
                    store.getFileStore().getWriteBytes(),
                    syncs + 1);
        }
    }

    private static byte[] row(long number) {
        return ByteBuffer.allocate(OutboxUnderTest.ROW_BYTES).putLong(number).array();
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
