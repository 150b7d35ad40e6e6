package org.headgate.chips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.headgate.chips.kit.SimulatedChips;
import org.headgate.chips.kit.SimulatedWire;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.device.api.InvalidSettingException;
import org.headgate.device.api.kit.RecordedReadings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every chip. */
class ChipsTest {
    private static final int ROUNDS = 1000;

    static List<Chip> all() {
        return Chips.all();
    }

    @Test
    void areFoundByTheirNames() {
        assertThat(Chips.all())
                .extracting(Chip::name)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(10);
        Chips.all().forEach(chip -> assertThat(Chips.named(chip.name())).containsSame(chip));
        assertThat(Chips.named("bme281")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void sayWhereTheyAreAndWhatTheyHave(Chip chip) {
        assertThat(chip.name()).matches("[a-z][a-z0-9_-]{0,62}");
        assertThat(chip.addresses())
                .doesNotHaveDuplicates()
                .allMatch(address -> address >= 0x08 && address <= 0x77)
                .hasSizeGreaterThanOrEqualTo(chip.buses().contains(Chip.Bus.I2C) ? 1 : 0);
        assertThat(chip.channels()).isNotEmpty().allSatisfy(channel -> {
            assertThat(channel.name()).matches("[a-z][a-z0-9_-]{0,62}").isEqualTo(channel.source());
            assertThat(channel.unit()).isIn("", "Cel", "%", "hPa", "V", "A", "W", "s");
        });
        assertThat(chip.channels()).extracting(Channel::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void readEveryChannel(Chip chip) throws Exception {
        Chip.Session session = open(chip);
        RecordedReadings readings = new RecordedReadings();
        session.read(chip.channels(), readings);
        assertThat(readings.bad).isEmpty();
        assertThat(readings.values).hasSameSizeAs(chip.channels());
        readings.values.forEach((index, value) -> {
            Class<?> type = switch (chip.channels().get(index).type()) {
                case BOOLEAN -> Boolean.class;
                case LONG -> Long.class;
                default -> Double.class;
            };
            assertThat(value).isInstanceOf(type);
        });
        Channel unknown = Channel.readable("x", "no such source", Type.DOUBLE, "");
        RecordedReadings none = new RecordedReadings();
        session.read(List.of(unknown), none);
        assertThat(none.bad).containsOnlyKeys(0);
    }

    private static Chip.Session open(Chip chip) throws Exception {
        return chip.open(new SimulatedWire(SimulatedChips.named(chip.name())), chip.defaults());
    }

    @ParameterizedTest
    @MethodSource("all")
    void refuseAKeyThatTheyDoNotHave(Chip chip) {
        SimulatedWire wire = new SimulatedWire(SimulatedChips.named(chip.name()));
        assertThatThrownBy(() -> chip.open(wire, Bench.settings(chip, "no-such-key", "1")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("no-such-key: 1 (expected: ");
        for (String key : chip.defaults().keySet()) {
            assertThatThrownBy(() -> chip.open(wire, Bench.settings(chip, key, "quite, wrong")))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith(key + ": quite, wrong (expected: ");
        }
        // Nothing is sent on account of a setting that is wrong.
        assertThat(wire.writes).isEmpty();
    }

    /** A chip that is pulled out, after any number of transactions. */
    @ParameterizedTest
    @MethodSource("all")
    void failWithTheirWire(Chip chip) throws Exception {
        for (int transactions = 0; ; transactions++) {
            SimulatedWire wire = new SimulatedWire(SimulatedChips.named(chip.name()));
            wire.transactionsLeft = transactions;
            try {
                chip.open(wire, chip.defaults()).read(chip.channels(), new RecordedReadings());
                break;
            } catch (IOException gone) {
                assertThat(gone).hasMessage("nothing answers at this address");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void takeGarbageForAnError(Chip chip) throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            survive(chip, new SimulatedWire(SimulatedChips.named(chip.name())), new GarblingWire(random, 0), random);
        }
    }

    /** Mostly right answers reach further than garbage does. */
    @ParameterizedTest
    @MethodSource("all")
    void takeAFewWrongBytesForAnError(Chip chip) throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            SimulatedWire good = new SimulatedWire(SimulatedChips.named(chip.name()));
            survive(chip, good, new GarblingWire(random, 20), random);
        }
    }

    private static void survive(Chip chip, Wire good, GarblingWire garbling, Random random) throws Exception {
        garbling.good = good;
        try {
            chip.identify(garbling);
            garbled(chip.open(garbling, chip.defaults()), chip, random);
        } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
        }
        // Few chips are opened by garbage: so the bus is also disturbed afterwards.
        garbling.disturbed = false;
        Chip.Session session = chip.open(garbling, chip.defaults());
        garbling.disturbed = true;
        garbled(session, chip, random);
    }

    private static void garbled(Chip.Session session, Chip chip, Random random) {
        RecordedReadings readings = new RecordedReadings();
        try {
            session.read(chip.channels(), readings);
        } catch (IOException refused) {
            readings.values.clear();
        }
        readings.values.values().stream()
                .filter(Double.class::isInstance)
                .forEach(value -> assertThat((Double) value).isFinite());
        for (Channel channel : chip.channels()) {
            Object value = switch (channel.type()) {
                case BOOLEAN -> random.nextBoolean();
                case LONG -> (long) random.nextInt();
                default -> random.nextDouble();
            };
            try {
                session.write(channel, value);
            } catch (IOException refused) {
                assertThat(refused.getMessage()).isNotBlank().doesNotContain("\n");
            } catch (RuntimeException defect) {
                fail(chip + " " + channel.name(), defect);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void takeAnAnswerThatIsTooShortForAnError(Chip chip) {
        Wire mute = new GarblingWire(new Random(1), 0) {
            @Override
            byte[] bytes(int count) {
                return new byte[count - 1];
            }
        };
        assertThatThrownBy(() -> chip.open(mute, chip.defaults()).read(chip.channels(), new RecordedReadings()))
                .isInstanceOf(IOException.class);
    }

    /** Only to be asked for, and never what a scan of a bus could break. */
    @ParameterizedTest
    @MethodSource("all")
    void areIdentifiedWithoutWriting(Chip chip) throws Exception {
        if (chip.buses().contains(Chip.Bus.SPI)) {
            return;
        }
        for (Map.Entry<String, Boolean> other :
                Map.of("bme280", true, "bmp280", true, "ds3231", false).entrySet()) {
            SimulatedWire wire = new SimulatedWire(SimulatedChips.named(other.getKey()));
            assertThat(chip.identify(wire))
                    .isEqualTo(other.getValue() && chip.name().equals(other.getKey()));
            assertThat(wire.writes).isEmpty();
        }
    }

    /** Random bytes in place of right ones: all of them, or one in so many. */
    private static class GarblingWire implements Wire {
        private final Random random;
        private final int oneIn;
        private Wire good;
        private boolean disturbed = true;

        GarblingWire(Random random, int oneIn) {
            this.random = random;
            this.oneIn = oneIn;
        }

        byte[] bytes(int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }

        private byte[] garbled(byte[] right) {
            if (!disturbed || good == null) {
                return right;
            }
            byte[] wrong = bytes(right.length);
            for (int i = 0; i < right.length && oneIn > 0; i++) {
                wrong[i] = random.nextInt(oneIn) == 0 ? wrong[i] : right[i];
            }
            return wrong;
        }

        @Override
        public void write(byte... out) throws IOException {
            if (good != null) {
                good.write(out);
            }
        }

        @Override
        public byte[] writeRead(byte[] out, int count) throws IOException {
            return garbled(good == null ? bytes(count) : good.writeRead(out, count));
        }

        @Override
        public byte[] transfer(byte... out) throws IOException {
            return garbled(good == null ? bytes(out.length) : good.transfer(out));
        }

        @Override
        public void pause(Duration time) {
            assertThat(time).isBetween(Duration.ofNanos(1), Duration.ofSeconds(1));
        }
    }
}
