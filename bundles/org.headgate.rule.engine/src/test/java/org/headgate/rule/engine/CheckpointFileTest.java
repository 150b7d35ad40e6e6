package org.headgate.rule.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.headgate.system.api.kit.MemoryStorage;
import org.junit.jupiter.api.Test;

/** Whatever happens to the power and to the disk, what is read is a state that was written as a whole, and the newest one that had been confirmed. */
class CheckpointFileTest {
    private static final int WRITES = 6;

    @Test
    void thePowerIsCutAtEveryOperation() throws IOException {
        long operations = writeAll(new MemoryStorage());
        assertThat(operations).isGreaterThan(WRITES * 3);
        for (long cut = 1; cut <= operations; cut++) {
            for (long seed = 0; seed < 40; seed++) {
                MemoryStorage disk = new MemoryStorage();
                disk.cutPowerAt(cut);
                int confirmed = confirmed(new CheckpointFile(disk), 0);
                MemoryStorage after = disk.crash(seed);
                CheckpointFile survivor = new CheckpointFile(after);
                int found = number(survivor.read());
                assertThat(found).as("cut at %d, seed %d", cut, seed).isBetween(confirmed, confirmed + 1);
                // It goes on from there, and is cut again.
                after.cutPowerAt(after.operations() + seed % 8);
                int then = Math.max(found, confirmed(survivor, found));
                assertThat(number(new CheckpointFile(after.crash(seed + 1)).read()))
                        .as("cut at %d, seed %d, and again", cut, seed)
                        .isBetween(then, then + 1);
            }
        }
    }

    /** A process that was killed has made the file, and not seen to it that the folder names it after the power is cut. */
    @Test
    void aFileThatAKilledProcessHasMadeLasts() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            MemoryStorage disk = new MemoryStorage();
            disk.in("rules").open("rules-1.state").close();
            new CheckpointFile(disk).write(state(1));
            assertThat(number(new CheckpointFile(disk.crash(seed)).read())).isEqualTo(1);
        }
    }

    @Test
    void aFullDiskKeepsWhatIsThere() throws IOException {
        MemoryStorage disk = new MemoryStorage();
        CheckpointFile file = new CheckpointFile(disk);
        file.write(state(1));
        disk.capacity(1000);
        assertThatThrownBy(() -> file.write(state(2))).isInstanceOf(IOException.class);
        assertThat(number(new CheckpointFile(disk).read())).isEqualTo(1);
        disk.capacity(1_000_000);
        file.write(state(3));
        assertThat(number(new CheckpointFile(disk).read())).isEqualTo(3);
    }

    @Test
    void whatIsWrittenBehindAReadThatFailedCountsForMore() throws IOException {
        MemoryStorage disk = new MemoryStorage();
        CheckpointFile before = new CheckpointFile(disk);
        for (int i = 1; i <= 5; i++) {
            before.write(state(i));
        }
        disk.failFrom(disk.operations(), "Input/output error", false);
        CheckpointFile file = new CheckpointFile(disk);
        assertThatThrownBy(file::read).hasMessage("Input/output error");
        assertThatThrownBy(() -> file.write(state(6))).hasMessage("Input/output error");
        disk.heal();
        file.write(state(7));
        assertThat(number(new CheckpointFile(disk).read())).isEqualTo(7);
    }

    @Test
    void whatComesLateIsNotWrittenOverTheLastState() throws IOException {
        MemoryStorage disk = new MemoryStorage();
        CheckpointFile file = new CheckpointFile(disk);
        file.write(state(1));
        file.writeLast(state(3));
        file.write(state(2));
        assertThat(number(new CheckpointFile(disk).read())).isEqualTo(3);
    }

    @Test
    void damageOfTheMediumIsNotReadAndNotBelieved() throws IOException {
        MemoryStorage disk = new MemoryStorage();
        CheckpointFile file = new CheckpointFile(disk);
        file.write(state(1));
        file.write(state(2));
        MemoryStorage folder = disk.in("rules");
        String newest = folder.list().get(0);
        byte[] content = folder.content(newest);
        for (int i = 0; i < content.length; i++) {
            byte[] damaged = content.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            folder.damage(newest, damaged);
            assertThat(number(new CheckpointFile(disk).read())).as("byte %d", i).isEqualTo(1);
        }
        for (String name : List.of("rules-0.state", "rules-1.state")) {
            folder.damage(name, new byte[0]);
        }
        assertThat(new CheckpointFile(disk).read()).isEmpty();
    }

    private static long writeAll(MemoryStorage disk) {
        assertThat(confirmed(new CheckpointFile(disk), 0)).isEqualTo(WRITES);
        return disk.operations();
    }

    /** Writes until the power is cut; the last state that was confirmed. */
    private static int confirmed(CheckpointFile file, int before) {
        int confirmed = before;
        for (int i = 1; i <= WRITES; i++) {
            try {
                file.write(state(before + i));
                confirmed = before + i;
            } catch (IOException off) {
                return confirmed;
            }
        }
        return confirmed;
    }

    /** States of different lengths, longer than a sector. */
    private static byte[] state(int number) {
        return (number + " " + "x".repeat(700 * (1 + number % 3))).getBytes(StandardCharsets.UTF_8);
    }

    private static int number(Optional<byte[]> state) {
        if (state.isEmpty()) {
            return 0;
        }
        String text = new String(state.get(), StandardCharsets.UTF_8);
        int number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
        assertThat(state.get()).isEqualTo(state(number));
        return number;
    }
}
