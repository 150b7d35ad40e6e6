package org.headgate.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.headgate.system.api.StorageFile;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

class SampleRingTest {
    private final MemoryStorage disk = new MemoryStorage();

    static Sample sample(long n) {
        return new Sample(
                n * 60_000, 7, n * 60, true, 12.34, 1 << 20, 2 << 20, -1, 4 << 20, 5L << 40, n, -1, Double.NaN);
    }

    private static Deque<Sample> samples(long from, long to) {
        Deque<Sample> all = new ArrayDeque<>();
        for (long n = from; n < to; n++) {
            all.add(sample(n));
        }
        return all;
    }

    private static List<Long> numbers(List<Sample> samples) {
        return samples.stream().map(Sample::written).toList();
    }

    private static List<Sample> newest(SampleRing ring, int most) throws IOException {
        return new Samples(ring.newest(most, sample -> true), List.of());
    }

    @Test
    void aSampleComesBackAsItWas() {
        for (Sample each : List.of(
                sample(1),
                new Sample(-1, -1, 0, false, Double.NaN, -1, -1, -1, -1, -1, -1, 110, -40.25),
                new Sample(Long.MAX_VALUE, 0, 1, true, 100, 0, 0, 0, 0, 0, Long.MAX_VALUE, 0, 327.67))) {
            ByteBuffer bytes = ByteBuffer.allocate(Sample.BYTES);
            each.encode(bytes);
            assertThat(bytes.position()).isEqualTo(Sample.BYTES);
            assertThat(Sample.decode(bytes.flip())).contains(each);
        }
    }

    @Test
    void anyFlippedBitIsDetected() {
        ByteBuffer good = ByteBuffer.allocate(Sample.BYTES);
        sample(1).encode(good);
        for (int bit = 0; bit < Sample.BYTES * 8; bit++) {
            byte[] bad = good.array().clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Sample.decode(ByteBuffer.wrap(bad))).as("bit " + bit).isEmpty();
        }
        assertThat(Sample.decode(ByteBuffer.allocate(Sample.BYTES))).isEmpty();
    }

    @Test
    void theOldestFileGoesWhenThereAreTooMany() throws Exception {
        SampleRing ring = new SampleRing(disk, 10, 3);
        ring.append(samples(0, 95));
        assertThat(disk.list()).containsExactly("0000000008.samples", "0000000009.samples", "0000000010.samples");
        assertThat(numbers(newest(ring, 1000))).hasSize(25).startsWith(70L).endsWith(94L);
        assertThat(numbers(newest(ring, 7))).containsExactly(88L, 89L, 90L, 91L, 92L, 93L, 94L);
    }

    @Test
    void aMonthFitsIntoSixteenMebibytes() {
        assertThat((long) SampleRing.FILES * SampleRing.RECORDS * Sample.BYTES).isLessThan(16 << 20);
        assertThat((SampleRing.FILES - 1) * SampleRing.RECORDS).isGreaterThanOrEqualTo(30 * 24 * 60);
    }

    @Test
    void aBatchCostsOneSync() throws Exception {
        SampleRing ring = new SampleRing(disk);
        ring.append(samples(0, 10));
        long before = disk.syncs();
        ring.append(samples(10, 20));
        assertThat(disk.syncs() - before).isEqualTo(1);
    }

    @Test
    void aTornTailIsWrittenOverAndADamagedRecordSkipped() throws Exception {
        SampleRing ring = new SampleRing(disk);
        ring.append(samples(0, 5));
        try (StorageFile file = disk.open("0000000001.samples")) {
            file.truncate(4 * Sample.BYTES + 17);
            file.write(ByteBuffer.wrap(new byte[] {99}), Sample.BYTES + 20);
        }
        SampleRing again = new SampleRing(disk);
        again.append(samples(5, 7));
        assertThat(numbers(newest(again, 100))).containsExactly(0L, 2L, 3L, 5L, 6L);
        assertThat(again.damaged()).isEqualTo(1);
    }

    @Test
    void afterAPowerCutAtAnyOperationWhatWasAppendedIsThereAndTheRestIsInOrder() throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            MemoryStorage device = new MemoryStorage();
            device.cutPowerAt(1 + random.nextInt(60));
            long kept = 0;
            try {
                SampleRing ring = new SampleRing(device, 8, 4);
                for (long n = 0; n < 100; n += 5) {
                    ring.append(samples(n, n + 5));
                    kept = n + 5;
                }
            } catch (IOException powerIsGone) {
                assertThat(device.isOff()).isTrue();
            }
            MemoryStorage after = device.crash(seed);
            SampleRing ring = new SampleRing(after, 8, 4);
            List<Long> found = numbers(newest(ring, 1000));
            assertThat(found).as("seed " + seed).isSorted().doesNotHaveDuplicates();
            if (kept > 0) {
                assertThat(found).as("seed " + seed).contains(kept - 1);
            }
            ring.append(samples(1000, 1003));
            assertThat(numbers(newest(ring, 3))).containsExactly(1000L, 1001L, 1002L);
        }
    }

    @Test
    void whatAFullDiskRefusesCanBeAppendedLater() throws Exception {
        SampleRing ring = new SampleRing(disk);
        ring.append(samples(0, 10));
        disk.capacity(10 * Sample.BYTES + 30);
        Deque<Sample> pending = samples(10, 15);
        assertThatThrownBy(() -> ring.append(pending)).isInstanceOf(IOException.class);
        assertThat(pending).hasSize(5);
        disk.capacity(1 << 20);
        ring.append(pending);
        assertThat(pending).isEmpty();
        assertThat(numbers(newest(ring, 100)))
                .hasSize(15)
                .doesNotHaveDuplicates()
                .endsWith(14L);
    }

    /** A write that fails may have left whole records, one of which the sync fails has left all of them. */
    @Test
    void whatAnAppendThatFailedHasLeftIsNeitherReadNorAppendedTwice() throws Exception {
        SampleRing ring = new SampleRing(disk, 20, 3);
        ring.append(samples(0, 10));
        // The operations of an append: list, open, size, write, sync.
        disk.failFrom(disk.operations() + 5, "Input/output error", true);
        Deque<Sample> pending = samples(10, 15);
        assertThatThrownBy(() -> ring.append(pending)).hasMessage("Input/output error");
        assertThat(disk.content("0000000001.samples")).hasSize(15 * Sample.BYTES);
        disk.heal();
        assertThat(numbers(newest(ring, 100))).hasSize(10).endsWith(9L);
        pending.addAll(samples(15, 25));
        ring.append(pending);
        assertThat(numbers(newest(ring, 100)))
                .hasSize(25)
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(24L);
    }

    @Test
    void aFileIsBegunOnlyOnceItsFolderIsSynced() throws Exception {
        SampleRing ring = new SampleRing(disk);
        disk.failFrom(6, "Input/output error", true);
        Deque<Sample> pending = samples(0, 5);
        assertThatThrownBy(() -> ring.append(pending)).hasMessage("Input/output error");
        disk.heal();
        ring.append(pending);
        for (long seed = 0; seed < 20; seed++) {
            assertThat(numbers(newest(new SampleRing(disk.crash(seed)), 100))).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @Test
    void whatIsNotWantedIsLeftOut() throws Exception {
        SampleRing ring = new SampleRing(disk, 10, 3);
        ring.append(samples(0, 25));
        Samples some = new Samples(ring.newest(15, sample -> sample.written() % 2 == 0), List.of(sample(99)));
        assertThat(numbers(some)).containsExactly(10L, 12L, 14L, 16L, 18L, 20L, 22L, 24L, 99L);
    }
}
